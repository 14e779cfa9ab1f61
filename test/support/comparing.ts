/** Comparisons in tests: everything compared, everything managed, nothing normalised, unless said. */
import { compare } from '../../src/compare/compare.js'
import type {
  CompareInput,
  Comparison,
  ComparisonRow,
  Facets,
} from '../../src/compare/comparison.js'
import { summaryOf } from '../../src/operations/summary.js'
import type { DesiredTable } from '../../src/schema/desired.js'
import type { EnumType, Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'

export const ALL_FACETS: Facets = {
  types: true,
  nullability: true,
  defaults: true,
  generated: true,
  collations: true,
  comments: true,
  primaryKeys: true,
  uniques: true,
  indexes: true,
  foreignKeys: true,
  checks: true,
}

/** A table as a `defineTable` would say it. */
export function declared(table: Table): DesiredTable {
  return {
    table,
    source: 'declared',
    models: [{ model: 'Model', file: 'models/model.ts' }],
    offeredValues: {},
    assumed: [],
    expectations: [],
  }
}

/** A table as a jsonSchema would say it. */
export function inferred(table: Table, more: Partial<DesiredTable> = {}): DesiredTable {
  return { ...declared(table), source: 'inferred', ...more }
}

/** Compares a database that holds `current` with models that ask for `desired`. */
export function comparing(
  current: Schema,
  desired: readonly DesiredTable[],
  more: Partial<CompareInput> = {},
): Comparison {
  return compare({
    current,
    currentViews: [],
    desired,
    canonical: (table) => table,
    managed: new Set(current.tables.map((table) => table.name)),
    managedEnums: new Set(current.enums.map((each) => each.name)),
    dropUnmanaged: [],
    answers: { renames: [], apart: [] },
    facets: ALL_FACETS,
    isIncluded: () => true,
    allowDrops: true,
    ...more,
  })
}

export interface Sides {
  readonly current: readonly Table[]
  readonly models: readonly Table[]
  readonly enums?: readonly EnumType[]
}

/** Compares tables with the models of others. */
export function between(
  { current, models, enums = [] }: Sides,
  more: Partial<CompareInput> = {},
): Comparison {
  return comparing({ tables: current, enums }, models.map(declared), more)
}

/** The operations in words, in order. */
export function said(comparison: Comparison): readonly string[] {
  return comparison.operations.map(summaryOf)
}

/** One table side by side. */
export function rowsOf(comparison: Comparison, name = 'users'): readonly ComparisonRow[] {
  return comparison.tables().find((each) => each.table === name)?.rows ?? []
}
