/** Keys, indexes and checks that stand on their column, where that reads back in the same order. */
import type { Column } from '../../schema/column.js'
import type { Check, ForeignKey, Index, PrimaryKey, TableName, Unique } from '../../schema/table.js'
import { automaticName } from '../names.js'
import type { Call } from './source-text.js'
import { call } from './source-text.js'
import { checkWord } from './write-checks.js'
import { chainedForeignCalls, isNamedByColumns, isPlainPart } from './write-index.js'

/** Calls behind a column; on one column Knex runs those of lower rank first. */
export interface Chained {
  readonly column: string
  readonly rank: number
  readonly calls: readonly Call[]
}

/** Calls behind each column, and how many of the things at the front of the list they say. */
export interface ChainedList {
  readonly count: number
  readonly chained: readonly Chained[]
}

/**
 * The front of a list that can stand on columns. A builder runs what is chained in the order of its
 * columns, and everything else behind that; so the list is cut at the first that would move.
 */
export function chainFront<T>(
  list: readonly T[],
  columns: readonly string[],
  chainOf: (item: T) => Chained | null,
): ChainedList {
  const chained: Chained[] = []
  let [place, rank] = [-1, -1]
  for (const item of list) {
    const next = chainOf(item)
    const at = next === null ? -1 : columns.indexOf(next.column)
    if (next === null || at < place || (at === place && next.rank <= rank) || at === -1) break
    chained.push(next)
    ;[place, rank] = [at, next.rank]
  }
  return { count: chained.length, chained }
}

/** `.primary()` on the column of an unnamed key over one. */
export function chainPrimary({ name, columns }: PrimaryKey, isCounter: IsCounter): Chained | null {
  const [column, ...others] = columns
  const isPlain = name === null && column !== undefined && others.length === 0
  return isPlain && !isCounter(column) ? { column, rank: 10, calls: [call('primary')] } : null
}

/** Whether a column counts: Knex ignores keys and indexes that are chained on one. */
export type IsCounter = (column: string) => boolean

/** `.unique()` on the column of a unique over one, where its name is the automatic one. */
export function chainUnique(
  table: TableName,
  { name, columns, deferrable, nullsNotDistinct }: Unique,
  isCounter: IsCounter,
): Chained | null {
  const [column, ...others] = columns
  if (column === undefined || others.length > 0 || isCounter(column)) return null
  const isPlain = deferrable === null && !nullsNotDistinct
  return isPlain && name === automaticName(table, columns, 'unique')
    ? { column, rank: 11, calls: [call('unique')] }
    : null
}

/** `.references(…)` on the column of a foreign key over one, where its name is the automatic one. */
export function chainForeignKey(table: TableName, key: ForeignKey): Chained | null {
  const calls = chainedForeignCalls(table, key)
  const [column] = key.columns
  return calls === null || column === undefined ? null : { column, rank: 12, calls }
}

/** `.index()` on the column of a plain index over one, where its name is the automatic one. */
export function chainIndex(table: TableName, index: Index, isCounter: IsCounter): Chained | null {
  const [part, ...others] = index.parts
  if (part === undefined || others.length > 0 || !('column' in part.on)) return null
  const { column } = part.on
  const isPlain =
    isPlainPart(part) &&
    !index.unique &&
    index.where === null &&
    index.method === null &&
    index.include.length === 0 &&
    !index.nullsNotDistinct
  return isPlain && isNamedByColumns(table, index) && !isCounter(column)
    ? { column, rank: 13, calls: [call('index')] }
    : null
}

/** `isAutomatic`: whether the name is the one that a check without a name gets. */
export function chainCheck(
  columns: readonly Column[],
  check: Check,
  isAutomatic: (columns: readonly string[]) => boolean,
): Chained | null {
  for (const { name } of columns) {
    const word = checkWord(name, check, isAutomatic([name]))
    if (word !== null) return { column: name, rank: word.rank, calls: [word.call] }
  }
  return null
}
