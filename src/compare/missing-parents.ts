/** Foreign keys that are about to be made and lead nowhere. */
import type { Operation } from '../operations/operation.js'
import type { Note } from '../schema/desired.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import { parentMissing } from './notes.js'

/** A note for each new foreign key whose parent is none of the tables that there will be. */
export function missingParents(
  operations: readonly Operation[],
  after: readonly Table[],
  reportedName: (name: TableName) => TableName,
): readonly Note[] {
  const known = new Set(after.map((table) => table.name))
  return operations.flatMap(newKeys).flatMap(({ table, key }) => {
    const { refTable, columns } = key
    if (known.has(refTable) || known.has(reportedName(refTable))) return []
    return [parentMissing(`${table}.${columns.join(', ')}`, refTable)]
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
