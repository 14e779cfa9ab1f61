/** Foreign keys that are about to be made and cannot do their work. */
import type { Operation } from '../operations/operation.js'
import type { Note } from '../schema/desired.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import { parentMissing, parentNotUnique } from './notes.js'

/**
 * A note for each new foreign key whose parent is none of the tables that there will be, or whose
 * columns there no key covers: SQLite makes such a key, and then refuses to write rows under it.
 */
export function referenceNotes(
  operations: readonly Operation[],
  after: readonly Table[],
  reportedName: (name: TableName) => TableName,
): readonly Note[] {
  const known = new Map(after.map((table) => [table.name, table]))
  return operations.flatMap(newKeys).flatMap(({ table, key }) => {
    const { refTable, refColumns, columns } = key
    const where = `${table}.${columns.join(', ')}`
    const parent = known.get(refTable) ?? known.get(reportedName(refTable))
    if (parent === undefined) return [parentMissing(where, refTable)]
    return isUnique(parent, refColumns) ? [] : [parentNotUnique(where, refTable, refColumns)]
  })
}

function isUnique({ primaryKey, uniques, indexes }: Table, columns: readonly string[]): boolean {
  const whole = indexes.filter((index) => index.unique && index.where === null)
  const keys = [
    primaryKey?.columns ?? [],
    ...uniques.map((unique) => unique.columns),
    ...whole.map(({ parts }) => parts.map(({ on }) => ('column' in on ? on.column : null))),
  ]
  const isOver = (key: readonly (string | null)[]): boolean =>
    key.length === columns.length && columns.every((column) => key.includes(column))
  // Without columns a reference is one to the primary key.
  return columns.length === 0 || keys.some(isOver)
}

function newKeys(
  operation: Operation,
): readonly { readonly table: TableName; readonly key: ForeignKey }[] {
  if (operation.kind === 'addForeignKey') {
    return [{ table: operation.table, key: operation.foreignKey }]
  }
  if (operation.kind !== 'createTable') return []
  const { name, foreignKeys } = operation.table
  return foreignKeys.map((key) => ({ table: name, key }))
}
