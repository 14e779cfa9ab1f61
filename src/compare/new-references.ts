/** Foreign keys that are about to be made and cannot do their work. */
import type { Operation } from '../operations/operation.js'
import type { Note } from '../schema/desired.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import { parentColumnMissing, parentMissing, parentNotUnique } from './notes.js'
import { nameSimilarity } from './similarity.js'
import { covers, uniqueKeys } from './unique-keys.js'

/** How much alike two names are of which one was probably meant for the other. */
const NEAR = 0.5

/**
 * A note for each new foreign key whose parent is none of the tables that there will be, or has not
 * the columns, or none of whose keys covers them: SQLite makes such a key, and then refuses to write rows under it.
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
    const missing = refColumns.filter((column) => !hasColumn(parent, column))
    if (missing.length > 0) {
      return missing.map((column) =>
        parentColumnMissing(where, { parent: refTable, column, near: nearColumn(parent, column) }),
      )
    }
    // Without columns a reference is one to the primary key.
    const isCovered =
      refColumns.length === 0 || uniqueKeys(parent).some((each) => covers(each, refColumns))
    return isCovered ? [] : [parentNotUnique(where, refTable, refColumns)]
  })
}

/** In whatever case: some engines make no difference. */
function hasColumn({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name.toLowerCase() === name.toLowerCase())
}

function nearColumn({ columns }: Table, name: string): string | null {
  const near = columns
    .map((column) => ({ name: column.name, likeness: nameSimilarity(column.name, name) }))
    .filter(({ likeness }) => likeness >= NEAR)
    .toSorted((one, other) => other.likeness - one.likeness)
  return near[0]?.name ?? null
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
