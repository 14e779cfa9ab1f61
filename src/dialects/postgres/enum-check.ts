/** An enum as Knex makes it: a text column with a check of its own that lists the values. */
import type { Column } from '../../schema/column.js'
import type { Check } from '../../schema/table.js'
import { valueListOf } from './expression/canonical.js'
import type { Surroundings } from './expression/simplify.js'
import { splitName } from './names.js'
import { storedType } from './types.js'

/** Only a check that nobody named is an enum's: one with a name of its own is meant as a check. */
const AUTOMATIC = /_check\d*$/

export interface FoldedChecks {
  readonly columns: readonly Column[]
  /** Those that are no enum's. */
  readonly checks: readonly Check[]
  /** The check of each enum, by column. */
  readonly enums: ReadonlyMap<string, Check>
}

/** Makes text columns enums whose values a check lists, and takes that check out. */
export function foldEnumChecks(
  columns: readonly Column[],
  checks: readonly Check[],
  around: Surroundings,
): FoldedChecks {
  const texts = new Set(columns.filter(isPlainText).map(({ name }) => name))
  const enums = new Map<string, Check>()
  const values = new Map<string, readonly string[]>()
  for (const check of checks) {
    const list = AUTOMATIC.test(check.name) ? valueListOf(check.sql, around) : null
    if (list === null || !texts.has(list.column) || enums.has(list.column)) continue
    enums.set(list.column, check)
    values.set(list.column, list.values)
  }
  const folded = new Set(enums.values())
  return {
    columns: columns.map((column) => {
      const listed = values.get(column.name)
      return listed === undefined
        ? column
        : { ...column, type: { kind: 'enum', values: listed, native: null } }
    }),
    checks: checks.filter((check) => !folded.has(check)),
    enums,
  }
}

function isPlainText({ type }: Column): boolean {
  return type.kind !== 'enum' && type.kind !== 'set' && storedType(type) === 'text'
}

/** What the expressions of a table are over. */
export function surroundingsOf(table: string, columns: readonly Column[]): Surroundings {
  return {
    table: splitName(table).bare,
    types: new Map(columns.map((column) => [column.name, storedType(column.type)])),
  }
}

/** The condition that keeps a column to the values of its enum. */
export function enumCondition(
  column: string,
  values: readonly string[],
  quoted: (text: string) => string,
): string {
  return `"${column.replaceAll('"', '""')}" in (${values.map(quoted).join(', ')})`
}
