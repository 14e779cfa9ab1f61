/** The change of a primary key, beside what the columns of the table bring with them. */
import { isCounter } from '../operations/counter.js'
import { isSame } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import type { PrimaryKey } from '../schema/table.js'
import type { ComparedColumns, FourForms } from './compare-columns.js'

/**
 * The operations that give a table its primary key. The key's name is no difference: engines choose
 * it, and a key is too much to rebuild for a name. A counting column that is added becomes the key
 * of a table without one, and one that is dropped takes its key with it: neither is said again.
 */
export function primaryKeyOperations(
  { current, wanted, before, after }: FourForms,
  { added, dropped, recreated }: ComparedColumns,
  allowDrops: boolean,
): readonly Operation[] {
  const table = current.name
  const change = (from: PrimaryKey | null, to: PrimaryKey | null): Operation => ({
    kind: 'alterPrimaryKey',
    table,
    from,
    to,
  })
  const old = current.primaryKey
  const next = wanted.primaryKey
  if (isSame(before.primaryKey?.columns, after.primaryKey?.columns)) {
    const isMadeAnew = old?.columns.some((column) => recreated.has(column)) === true
    return isMadeAnew ? [change(old, null), change(null, next)] : []
  }
  if (next === null && !allowDrops) return []
  const leaves = dropped.some((column) => isCounter(column) && isAlone(old, column.name))
  const left = leaves ? null : old
  const enters = added.find(isCounter)
  if (enters !== undefined && next?.name === null && isAlone(next, enters.name)) {
    return left === null ? [] : [change(left, null)]
  }
  const standing =
    left === null && enters !== undefined ? { name: null, columns: [enters.name] } : left
  return isSame(standing?.columns, next?.columns) ? [] : [change(standing, next)]
}

function isAlone(key: PrimaryKey | null, column: string): boolean {
  return key !== null && key.columns.length === 1 && key.columns[0] === column
}
