/** The columns of a table on both sides. */
import { isSame } from '../operations/equal.js'
import { columnsIn } from '../operations/expression.js'
import type { Operation } from '../operations/operation.js'
import type { Column } from '../schema/column.js'
import type { Note } from '../schema/desired.js'
import type { Table } from '../schema/table.js'
import { computedNoMore, withheldDrop } from './notes.js'

/** A table in four forms: neutral (`current`, `wanted`) and canonical (`before`, `after`). */
export interface FourForms {
  readonly current: Table
  readonly wanted: Table
  readonly before: Table
  readonly after: Table
}

export interface ColumnDifference {
  readonly name: string
  readonly current: Column | null
  readonly wanted: Column | null
  readonly isSame: boolean
}

export interface ComparedColumns {
  /** Every column once: the wanted ones in their order, then those that only the database has. */
  readonly differences: readonly ColumnDifference[]
  readonly operations: readonly Operation[]
  /** Columns that are dropped and added again under the same name. */
  readonly recreated: ReadonlySet<string>
  readonly added: readonly Column[]
  readonly dropped: readonly Column[]
  readonly notes: readonly Note[]
}

/** Compares by name; the order of columns is no difference. Every changed column is one operation. */
export function compareColumns(forms: FourForms, allowDrops: boolean): ComparedColumns {
  const table = forms.current.name
  const differences = differencesOf(forms)
  const recreated = new Set(recreatedOf(forms, differences))
  const onlyCurrent = differences.flatMap((each) => (each.wanted === null ? [each.current] : []))
  const dropped = onlyCurrent.filter((column) => column !== null)
  const added = differences.flatMap((each) =>
    each.current === null && each.wanted !== null ? [each.wanted] : [],
  )
  const required = requiredBySurroundings(forms)
  const operations = differences.flatMap((each): readonly Operation[] => {
    const { current: from, wanted: to, name } = each
    if (each.isSame || (to === null && !allowDrops)) return []
    if (from !== null && to !== null && !recreated.has(name)) {
      const next = required.has(name) ? { ...to, nullable: false } : to
      // What both sides say alike differs by its surroundings: by the primary key, which changes itself.
      return isSame(from, next) ? [] : [{ kind: 'alterColumn', table, from, to: next }]
    }
    return [
      ...(from === null ? [] : [{ kind: 'dropColumn' as const, table, column: from }]),
      ...(to === null ? [] : [{ kind: 'addColumn' as const, table, column: to }]),
    ]
  })
  return {
    differences,
    operations,
    recreated,
    added,
    dropped: allowDrops ? dropped : [],
    notes: [
      ...(allowDrops ? [] : dropped.map(({ name }) => withheldDrop(name, `${table}.${name}`))),
      ...differences
        .filter((each) => recreated.has(each.name) && each.wanted?.generated === null)
        .map(({ name }) => computedNoMore(`${table}.${name}`)),
    ],
  }
}

function differencesOf({ current, wanted, before, after }: FourForms): readonly ColumnDifference[] {
  const live = byName(current)
  const canonicalLive = byName(before)
  const canonicalWanted = byName(after)
  const names = new Set(wanted.columns.map((column) => column.name))
  return [
    ...wanted.columns.map((column) => ({
      name: column.name,
      current: live.get(column.name) ?? null,
      wanted: withKeptNullability(column, {
        live: live.get(column.name),
        before: canonicalLive.get(column.name),
        after: canonicalWanted.get(column.name),
      }),
      isSame: isSame(canonicalLive.get(column.name), canonicalWanted.get(column.name)),
    })),
    ...current.columns
      .filter((column) => !names.has(column.name))
      .map((column) => ({ name: column.name, current: column, wanted: null, isSame: false })),
  ]
}

/**
 * The columns that may be null, and may not once they are in the primary key. That is said: rows
 * without a value need one, and a key that is dropped leaves a column as it made it.
 */
function requiredBySurroundings({ before, after }: FourForms): ReadonlySet<string> {
  const key = after.primaryKey?.columns ?? []
  const was = byName(before)
  const becomes = byName(after)
  return new Set(
    key.filter((name) => was.get(name)?.nullable === true && becomes.get(name)?.nullable === false),
  )
}

/**
 * A column that is never null by its surroundings, as in a primary key, need not say so in the model:
 * an alteration of anything else would take it away.
 */
function withKeptNullability(
  wanted: Column,
  { live, before, after }: Readonly<Record<'live' | 'before' | 'after', Column | undefined>>,
): Column {
  const isKept = before !== undefined && before.nullable === after?.nullable
  return isKept && live !== undefined ? { ...wanted, nullable: live.nullable } : wanted
}

/**
 * A column that becomes computed, is no more, or is kept in another way is made again: not every engine
 * changes that in place. So is one whose expression changes together with a column that it names: the
 * old expression would have to fit the new column for a while. Any other expression is changed like
 * all else, and what stands on the column, such as a view, stays.
 */
function recreatedOf(
  { before, after }: FourForms,
  differences: readonly ColumnDifference[],
): readonly string[] {
  const was = byName(before)
  const becomes = byName(after)
  const kept = differences.filter(({ current, wanted }) => current !== null && wanted !== null)
  const changed = kept.filter((each) => !each.isSame).map(({ name }) => name)
  return kept
    .map(({ name }) => name)
    .filter((name) => {
      const [from, to] = [was.get(name)?.generated ?? null, becomes.get(name)?.generated ?? null]
      if (from?.stored !== to?.stored) return true
      if (from === null || to === null || from.sql === to.sql) return false
      const others = changed.filter((other) => other !== name)
      return [from, to].some(({ sql }) => columnsIn(sql, others).length > 0)
    })
}

function byName(table: Table): ReadonlyMap<string, Column> {
  return new Map(table.columns.map((column) => [column.name, column]))
}
