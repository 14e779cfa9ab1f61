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
  const isMadeAnew = old?.columns.some((column) => recreated.has(column)) === true
  const hasSameColumns = isSame(before.primaryKey?.columns, after.primaryKey?.columns)
  if ((hasSameColumns && !isMadeAnew) || (next === null && !allowDrops)) return []
  const enters = added.find(isCounter)
  const gone = dropped.find(isCounter)
  // A key with a name is said: the way back could not know the name.
  const leaves = gone !== undefined && old?.name === null && isAlone(old, gone.name)
  // A table holds one counter, so the old key goes before the new counter comes.
  const goesFirst = !leaves && (isMadeAnew || (gone !== undefined && enters !== undefined))
  const first = goesFirst && old !== null ? [change(old, null)] : []
  const left = leaves || goesFirst ? null : old
  if (enters !== undefined && isAlone(next, enters.name)) {
    return left === null ? first : [...first, change(left, null)]
  }
  const standing =
    left === null && enters !== undefined ? { name: null, columns: [enters.name] } : left
  return isSame(standing?.columns, next?.columns) ? first : [...first, change(standing, next)]
}

function isAlone(key: PrimaryKey | null, column: string): boolean {
  return key !== null && key.columns.length === 1 && key.columns[0] === column
}
