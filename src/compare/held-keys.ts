/** Foreign keys that stay while what they reference is dropped and made again. */
import { groupBy } from '../operations/group-by.js'
import type { Operation } from '../operations/operation.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import { covers, uniqueColumns } from './unique-keys.js'

/**
 * The operations that free a dropped or changed key from the foreign keys that hold it, each dropped
 * and added again: databases drop no key while another table's rows rest on it.
 * @param staying the tables that stay, as they are and as they will be
 */
export function freeHeldKeys(
  operations: readonly Operation[],
  staying: readonly { readonly current: Table; readonly wanted: Table }[],
): readonly Operation[] {
  const going = operations.flatMap(freedBy)
  if (going.length === 0) return []
  const primaryKeys = new Map(
    staying.map(({ current, wanted }) => [wanted.name, current.primaryKey?.columns ?? []]),
  )
  // Where the primary key covers the same columns, it is the one that foreign keys rest on.
  const isSpare = ({ table, columns, by }: Freed): boolean =>
    by === 'unique' && covers(primaryKeys.get(table) ?? [], columns)
  const freed = groupBy(
    going.filter((each) => !isSpare(each)),
    ({ table }) => [table],
  )
  const moved = new Set(operations.flatMap(movedKey))
  return staying.flatMap(({ current, wanted }) =>
    current.foreignKeys
      .filter((key) => !moved.has(keyId(wanted.name, key)))
      .filter((key) => freed.get(key.refTable)?.some((each) => isHeld(key, each)) === true)
      .flatMap((key): readonly Operation[] => [
        { kind: 'dropForeignKey', table: wanted.name, foreignKey: key },
        { kind: 'addForeignKey', table: wanted.name, foreignKey: counterpart(key, wanted) },
      ]),
  )
}

/** The same key as it will be: some databases want its pairs in the order of what it references. */
function counterpart(key: ForeignKey, { foreignKeys }: Table): ForeignKey {
  return foreignKeys.find((each) => each.name === key.name) ?? key
}

/** The columns of a key that goes; with a column goes any key that names it. */
interface Freed {
  readonly table: TableName
  readonly columns: readonly string[]
  readonly by: 'primary' | 'unique' | 'column'
}

function freedBy(operation: Operation): readonly Freed[] {
  switch (operation.kind) {
    case 'alterPrimaryKey': {
      const { table, from } = operation
      return from === null ? [] : [{ table, columns: from.columns, by: 'primary' }]
    }
    case 'dropUnique':
      return [{ table: operation.table, columns: operation.unique.columns, by: 'unique' }]
    case 'dropIndex': {
      const { table, index } = operation
      return uniqueColumns(index).map((columns) => ({ table, columns, by: 'unique' }))
    }
    case 'dropColumn':
      return [{ table: operation.table, columns: [operation.column.name], by: 'column' }]
    default:
      return []
  }
}

function isHeld({ refColumns }: ForeignKey, { columns, by }: Freed): boolean {
  return by === 'column'
    ? columns.every((each) => refColumns.includes(each))
    : covers(refColumns, columns)
}

/** Keys that the comparison drops or adds for their own sake. */
function movedKey(operation: Operation): readonly string[] {
  const isKey = operation.kind === 'dropForeignKey' || operation.kind === 'addForeignKey'
  return isKey ? [keyId(operation.table, operation.foreignKey)] : []
}

function keyId(table: TableName, { name }: ForeignKey): string {
  return JSON.stringify([table, name])
}
