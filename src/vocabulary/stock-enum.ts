/** Enum types by plain SQL, for scripts that run under stock Knex. Engines without them need nothing. */
import type { Knex } from 'knex'
import { MigrateError } from '../errors.js'
import type { EnumType } from '../schema/schema.js'
import { isRecord } from './knex/knex-fields.js'
import { quotedString } from './sql-text.js'

export interface EnumValues {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly renamed: Readonly<Record<string, string>>
}

/** Creates the type. */
export async function createStockEnum(knex: Knex, { name, values }: EnumType): Promise<void> {
  if (!hasEnumTypes(knex)) return
  await knex.raw(`create type ?? as enum (${values.map(literal).join(', ')})`, [name])
}

/** Drops the type. */
export async function dropStockEnum(knex: Knex, name: string): Promise<void> {
  if (!hasEnumTypes(knex)) return
  await knex.raw('drop type ??', [name])
}

/** @throws MigrateError `STOCK_KNEX` where values are removed or stand in another order */
export async function alterStockEnum(
  knex: Knex,
  name: string,
  { from, to, renamed }: EnumValues,
): Promise<void> {
  if (!hasEnumTypes(knex)) return
  const kept = from.map((value) => (Object.hasOwn(renamed, value) ? renamed[value] : value))
  const isKept = kept.join('\0') === to.filter((value) => kept.includes(value)).join('\0')
  if (!isKept) throw removesValues(name)
  for (const [before, after] of Object.entries(renamed)) {
    const rename = `alter type ?? rename value ${literal(before)} to ${literal(after)}`
    await knex.raw(rename, [name])
  }
  for (const [at, value] of to.entries()) {
    if (!kept.includes(value)) await knex.raw(addition(value, to, at), [name])
  }
}

function addition(value: string, all: readonly string[], at: number): string {
  const [before, after] = [all[at - 1], all[at + 1]]
  const first = after === undefined ? '' : ` before ${literal(after)}`
  const place = before === undefined ? first : ` after ${literal(before)}`
  return `alter type ?? add value ${literal(value)}${place}`
}

function removesValues(name: string): MigrateError {
  return new MigrateError(
    'STOCK_KNEX',
    1,
    `Stock Knex cannot remove or reorder values of the enum ${name}.`,
    {
      why: 'PostgreSQL has no statement for it: every column of the type has to be rewritten.',
      fix: 'Run this revision with migrate-tui upgrade.',
    },
  )
}

function hasEnumTypes(knex: Knex): boolean {
  const client: unknown = knex.client
  return isRecord(client) && client.dialect === 'postgresql'
}

/** Knex reads a question mark as a binding unless it is escaped. */
function literal(value: string): string {
  return quotedString(value).replaceAll('?', '\\?')
}
