/** Foreign keys that stay while what they reference is dropped and made again. */
import { groupBy } from '../operations/group-by.js'
import type { Operation } from '../operations/operation.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'

/**
 * The operations that free a dropped or changed key from the foreign keys that hold it, each dropped
 * and added again: databases drop no key while another table's rows rest on it.
 * @param staying the tables that stay, as they are and as they will be
 */
export function freeHeldKeys(
  operations: readonly Operation[],
  staying: readonly { readonly current: Table; readonly wanted: Table }[],
): readonly Operation[] {
  if (!operations.some((each) => FREEING.has(each.kind))) return []
  const before = new Map(staying.map(({ current, wanted }) => [wanted.name, current]))
  const all = operations.flatMap((operation) => freedBy(operation, before))
  const freed = groupBy(all, ({ table }) => [table])
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

const FREEING: ReadonlySet<Operation['kind']> = new Set([
  'alterPrimaryKey',
  'dropUnique',
  'dropColumn',
])

/** The columns of a key that goes; any key that names the column goes with a column. */
interface Freed {
  readonly table: TableName
  readonly columns: readonly string[]
  readonly isWholeKey: boolean
}

function freedBy(operation: Operation, before: ReadonlyMap<TableName, Table>): readonly Freed[] {
  switch (operation.kind) {
    case 'alterPrimaryKey': {
      const { table, from } = operation
      return from === null ? [] : [{ table, columns: from.columns, isWholeKey: true }]
    }
    case 'dropUnique': {
      const { table, unique } = operation
      // Where the primary key covers the same columns, it is the one that foreign keys rest on.
      const isSpare = covers(before.get(table)?.primaryKey?.columns ?? [], unique.columns)
      return isSpare ? [] : [{ table, columns: unique.columns, isWholeKey: true }]
    }
    case 'dropColumn':
      return [{ table: operation.table, columns: [operation.column.name], isWholeKey: false }]
    default:
      return []
  }
}

function isHeld({ refColumns }: ForeignKey, { columns, isWholeKey }: Freed): boolean {
  return isWholeKey
    ? covers(refColumns, columns)
    : columns.every((each) => refColumns.includes(each))
}

function covers(key: readonly string[], columns: readonly string[]): boolean {
  return key.length === columns.length && columns.every((column) => key.includes(column))
}

/** Keys that the comparison drops or adds for their own sake. */
function movedKey(operation: Operation): readonly string[] {
  const isKey = operation.kind === 'dropForeignKey' || operation.kind === 'addForeignKey'
  return isKey ? [keyId(operation.table, operation.foreignKey)] : []
}

function keyId(table: TableName, { name }: ForeignKey): string {
  return JSON.stringify([table, name])
}
