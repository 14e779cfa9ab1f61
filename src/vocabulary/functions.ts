/**
 * What Knex has no word for, for revision scripts: `import { … } from 'migrate-tui/operations'`.
 * Scripts that use it still run under stock Knex, by plain SQL where the engine has a word.
 */
import type { Knex } from 'knex'
import type { Operation } from '../operations/operation.js'
import type { TableExtras } from './reading/extras.js'
import type { RunnableTableBuilder } from './knex/knex-module.js'
import { isOurs } from './knex/our-client.js'
import { EXTRAS_GROUPING } from './reading/read-table.js'
import { OPERATION_METHOD } from './knex/schema-calls.js'
import { alterStockEnum, createStockEnum, dropStockEnum } from './stock-enum.js'
import { applyStockExtras } from './stock-extras.js'

export type { ColumnExtras, IndexExtras, TableExtras } from './reading/extras.js'

/** How the values of an enum type change; values that only change their spelling are renamed. */
export interface EnumChange {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** Old to new. */
  readonly renamed?: Readonly<Record<string, string>>
}

/**
 * Says more of the columns and indexes that the same `createTable` or `alterTable` call names:
 * included columns, operator classes, nulls that are not distinct, generated columns, options.
 * What an engine does not have is left out there.
 * @throws MigrateError `TABLE_EXTRAS` where they name what the call does not, `STOCK_KNEX` where
 * stock Knex cannot carry them out
 */
export function tableExtras(table: Knex.CreateTableBuilder, extras: TableExtras): void {
  const builder = table as unknown as BuilderOfKnex // Knex's types leave its fields out
  if (isOurs(builder.client)) {
    builder._statements.push({ grouping: EXTRAS_GROUPING, args: [extras] })
  } else {
    applyStockExtras(builder, extras)
  }
}

/** Creates an enum type; nothing on engines that have none. */
export async function createEnum(
  knex: Knex,
  name: string,
  values: readonly string[],
): Promise<void> {
  const operation: Operation = { kind: 'createEnum', enum: { name, values } }
  if (!(await recorded(knex, operation))) await createStockEnum(knex, { name, values })
}

/** Drops an enum type; the values are for whoever wants it back. */
export async function dropEnum(knex: Knex, name: string, values: readonly string[]): Promise<void> {
  const operation: Operation = { kind: 'dropEnum', enum: { name, values } }
  if (!(await recorded(knex, operation))) await dropStockEnum(knex, name)
}

/**
 * Changes the values of an enum type.
 * @throws MigrateError `STOCK_KNEX` where stock Knex is to remove or reorder values
 */
export async function alterEnum(knex: Knex, name: string, change: EnumChange): Promise<void> {
  const { from, to, renamed = {} } = change
  const operation: Operation = { kind: 'alterEnum', name, from, to, renamed }
  if (!(await recorded(knex, operation))) {
    await alterStockEnum(knex, name, { from, to, renamed })
  }
}

/** A table builder with the client that it belongs to. */
export interface BuilderOfKnex extends RunnableTableBuilder {
  readonly client: unknown
  readonly _statements: {
    readonly grouping: string
    readonly method?: string
    readonly args?: readonly unknown[]
  }[]
}

/** Puts an operation on a schema builder of ours; false where the Knex is not ours. */
async function recorded(knex: Knex, operation: Operation): Promise<boolean> {
  const client: unknown = knex.client
  if (!isOurs(client)) return false
  const builder = knex.schema
  const fields = builder as unknown as SequenceOfKnex // Knex's types leave its fields out
  fields._sequence.push({ method: OPERATION_METHOD, args: [operation] })
  await builder
  return true
}

interface SequenceOfKnex {
  readonly _sequence: { readonly method: string; readonly args: readonly unknown[] }[]
}
