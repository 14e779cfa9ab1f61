/**
 * What the engine itself says of tables that differ by the rules: two spellings that it prints alike
 * are one. It is asked about whole tables, since what an expression means depends on their columns.
 */
import { isSame } from '../operations/equal.js'
import type { Column } from '../schema/column.js'
import type { Table, TableName } from '../schema/table.js'
import type { CompareInput, DifferingTable } from './comparison.js'
import { textOf } from './constraints.js'

type Canonical = CompareInput['canonical']

/** A table that differs by the rules, with both sides as the engine prints them. */
export interface SettledTable extends DifferingTable {
  readonly printed: DifferingTable
}

/** The tables of which the engine may say otherwise: where a side merely lacks something, it cannot. */
export function doubtfulTables(
  differing: readonly DifferingTable[],
  canonical: Canonical,
): readonly DifferingTable[] {
  return differing.filter(({ current, wanted }) => {
    const [before, after] = [canonical(current, wanted), canonical(wanted)]
    const hasOtherColumn = after.columns.some((column) => {
      const live = columnNamed(before, column.name)
      return live !== undefined && FACETS.some((facet) => !isSame(live[facet], column[facet]))
    })
    return (
      hasOtherColumn ||
      !isSame(before.options, after.options) ||
      LISTS.some((list) => isOpen(before, after, list) && isOpen(after, before, list))
    )
  })
}

/**
 * The canonical forms with what the engine settled: in a table that it was asked about, what it prints
 * as it prints the database's own takes the form of that. What is equal by the rules stays equal.
 */
export function settledCanonical(
  canonical: Canonical,
  settled: readonly SettledTable[],
): Canonical {
  const known = new Map<TableName, Learned>(
    settled.map((each) => [each.wanted.name, learn(each, canonical)]),
  )
  return (table, like) => {
    const ruled = canonical(table, like)
    const learned = known.get(table.name)
    return learned === undefined ? ruled : translated(ruled, learned)
  }
}

/** Parts of canonical forms by the text of what they stand for: see `keyOf`. */
type Learned = ReadonlyMap<string, unknown>

const FACETS = ['type', 'nullable', 'default', 'generated', 'identity', 'collation'] as const
/** Foreign keys are what they are: no engine prints another. */
const LISTS = ['uniques', 'indexes', 'checks'] as const
type List = (typeof LISTS)[number]
type Named = Table[List][number]

function learn({ current, wanted, printed }: SettledTable, canonical: Canonical): Learned {
  const [before, after] = [canonical(current, wanted), canonical(wanted)]
  const learned = new Map<string, unknown>()
  const note = (place: readonly string[], value: unknown, form: unknown): void => {
    learned.set(keyOf(place, value), form)
  }
  for (const column of after.columns) {
    const live = columnNamed(before, column.name)
    if (live === undefined) continue
    const [own, liveOwn] = [printed.wanted, printed.current].map((table) =>
      columnNamed(table, column.name),
    )
    for (const facet of FACETS) {
      if (own === undefined || isSame(live[facet], column[facet])) continue
      const forms = [live[facet], liveOwn?.[facet]]
      if (forms.some((form) => isSame(form, own[facet])))
        note([column.name, facet], column[facet], live[facet])
    }
  }
  for (const list of LISTS) {
    for (const each of openIn(after, before, list)) {
      const own = objectNamed(printed.wanted, list, each.name)
      const live = before[list].find((candidate) =>
        [candidate, objectNamed(printed.current, list, candidate.name)].some(
          (form) => own !== undefined && form !== undefined && contentOf(form) === contentOf(own),
        ),
      )
      if (live !== undefined) note([list], { ...each, name: '' }, live)
    }
  }
  const { options } = printed.wanted
  if (isSame(options, before.options) || isSame(options, printed.current.options))
    note(['options'], after.options, before.options)
  return learned
}

function translated(table: Table, learned: Learned): Table {
  const formOf = <T>(place: readonly string[], value: T): T => {
    const key = keyOf(place, value)
    return learned.has(key) ? (learned.get(key) as T) : value // a part goes in and out at one place
  }
  const inList = <T extends Named>(list: List, objects: readonly T[]): readonly T[] =>
    objects.map((each) => ({ ...formOf([list], { ...each, name: '' }), name: each.name }))
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      ...Object.fromEntries(
        FACETS.map((facet) => [facet, formOf([column.name, facet], column[facet])]),
      ),
    })),
    uniques: inList('uniques', table.uniques),
    indexes: inList('indexes', table.indexes),
    checks: inList('checks', table.checks),
    options: formOf(['options'], table.options),
  }
}

function keyOf(place: readonly string[], value: unknown): string {
  return textOf([place, value])
}

function isOpen(table: Table, other: Table, list: List): boolean {
  return openIn(table, other, list).length > 0
}

/** The objects of which the other table has none of the same content. */
function openIn(table: Table, other: Table, list: List): readonly Named[] {
  const there = new Set(other[list].map(contentOf))
  return table[list].filter((each) => !there.has(contentOf(each)))
}

function contentOf(object: Named): string {
  return textOf({ ...object, name: '' })
}

function objectNamed(table: Table, list: List, name: string): Named | undefined {
  return table[list].find((each) => each.name === name)
}

function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name)
}
