/** A table as the statements that create it: the table itself, then its indexes. */
import type { Table } from '../../../schema/table.js'
import {
  checkDefinition,
  columnDefinition,
  createIndex,
  createUnique,
  expectStrictType,
  foreignKeyDefinition,
  isCounter,
  primaryKeyDefinition,
} from './column-definition.js'
import { isSameName, quote } from '../names.js'
import { refused } from './refusals.js'

/** @throws MigrateError `SQLITE_REFUSED` for what SQLite cannot hold */
export function createTable(table: Table): readonly string[] {
  expectNoSchema(table.name)
  const counter = countingColumn(table)
  const strict = isSet(table, 'strict')
  if (strict) for (const column of table.columns) expectStrictType(table.name, column)
  const key = table.primaryKey
  const items = [
    ...table.columns.map(columnDefinition),
    ...(key === null || counter !== null ? [] : [primaryKeyDefinition(key.name, key.columns)]),
    ...table.checks.map(checkDefinition),
    ...table.foreignKeys.map(foreignKeyDefinition),
  ]
  const options = tableOptions({ strict, withoutRowid: isSet(table, 'withoutRowid') })
  return [
    `create table ${quote(table.name)} (${items.join(', ')})${options}`,
    ...table.uniques.map((unique) => createUnique(table.name, unique)),
    ...table.indexes.map((index) => createIndex(table.name, index)),
  ]
}

/** What stands behind the last parenthesis. */
export function tableOptions(options: { strict: boolean; withoutRowid: boolean }): string {
  const words = [
    ...(options.withoutRowid ? ['without rowid'] : []),
    ...(options.strict ? ['strict'] : []),
  ]
  return words.length === 0 ? '' : ` ${words.join(', ')}`
}

/** @throws MigrateError `SQLITE_REFUSED` for a name with a schema in it */
export function expectNoSchema(table: string): void {
  if (!table.includes('.')) return
  throw refused(`SQLite has no schemas, so it cannot have a table ${table}.`, {
    why: 'A dot in a table name separates the schema from the table.',
    fix: `Name the table without a dot, or run this script on another database only.`,
  })
}

export function isSet(table: Pick<Table, 'options'>, option: 'strict' | 'withoutRowid'): boolean {
  return table.options[option] === 'yes'
}

/** The column that counts, which SQLite has only as the whole primary key. */
function countingColumn(table: Table): string | null {
  const [counter, second] = table.columns.filter(isCounter)
  if (counter === undefined) return null
  const [only, other] = table.primaryKey?.columns ?? [counter.name]
  const isKey = only !== undefined && other === undefined && isSameName(only, counter.name)
  if (isKey && second === undefined) return counter.name
  throw refused(`${table.name}.${counter.name} cannot count: it is not the primary key.`, {
    why: 'SQLite counts only in a column that is the whole primary key.',
    fix: `Make it an integer, or the primary key of ${table.name}.`,
  })
}
