/** Foreign keys that are about to be made and cannot do their work. */
import type { Operation } from '../operations/operation.js'
import type { Note } from '../schema/desired.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import { parentMissing, parentNotUnique } from './notes.js'
import { covers, uniqueKeys } from './unique-keys.js'

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
    // Without columns a reference is one to the primary key.
    const isCovered =
      refColumns.length === 0 || uniqueKeys(parent).some((each) => covers(each, refColumns))
    return isCovered ? [] : [parentNotUnique(where, refTable, refColumns)]
  })
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
