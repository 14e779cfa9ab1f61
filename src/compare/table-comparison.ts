/** Tables as they are shown side by side. */
import { typeText } from '../operations/describe.js'
import type { Table } from '../schema/table.js'
import type { TableDifference } from './compare-table.js'
import type { ComparisonRow, TableComparison, Undeclared } from './comparison.js'
import type { PairedTable } from './pair-tables.js'
import { inferredRows, oneSidedRows } from './one-sided-rows.js'
import { differenceRows, type RowContext } from './rows.js'

/** A table of the models with what became of it. */
export interface ComparedTable {
  readonly pair: PairedTable
  /** What the table will be. */
  readonly wanted: Table
  /** Null where there is none, and where the table is new. */
  readonly difference: TableDifference | null
}

/** A table that a model claims, both sides. */
export function pairComparison(
  { pair, wanted, difference }: ComparedTable,
  allowDrops: boolean,
): TableComparison {
  const { current, desired, renamedFrom, renamedColumns } = pair
  const table = wanted.name
  if (current === null) {
    return { table, status: 'onlyModel', rows: oneSidedRows(wanted, 'onlyModel') }
  }
  const ownRow = renamedFrom === null ? [] : [renamedRow(table, renamedFrom)]
  const context = { renamed: renamedColumns, allowDrops }
  const rows =
    desired.source === 'inferred'
      ? inferredRows(current, desired)
      : rowsOf(current, wanted, { difference, context })
  return { table, status: statusOf([...ownRow, ...rows]), rows: [...ownRow, ...rows] }
}

/** A table that no model claims. */
export function unclaimedComparison(table: Table, isDropped: boolean): TableComparison {
  return {
    table: table.name,
    status: isDropped ? 'onlyDatabase' : 'unmanaged',
    rows: oneSidedRows(table, 'onlyDatabase'),
  }
}

/** The columns that a model which only infers does not name. */
export function undeclaredIn({ current, desired }: PairedTable): readonly Undeclared[] {
  if (current === null || desired.source === 'declared') return []
  const named = new Set(desired.table.columns.map((column) => column.name))
  return current.columns
    .filter((column) => !named.has(column.name))
    .map(({ name, type }) => ({ table: current.name, column: name, type: typeText(type) }))
}

function renamedRow(table: string, from: string): ComparisonRow {
  return {
    facet: 'table',
    name: table,
    model: table,
    database: from,
    status: 'changed',
    reason: `renamed from ${from}`,
  }
}

/** Nothing is said of a table that is the same to the letter. */
function rowsOf(
  current: Table,
  wanted: Table,
  said: { readonly difference: TableDifference | null; readonly context: RowContext },
): readonly ComparisonRow[] {
  if (said.difference === null && said.context.renamed.size === 0) return []
  return differenceRows(current, wanted, said)
}

function statusOf(rows: readonly ComparisonRow[]): 'same' | 'changed' {
  return rows.every((row) => row.status === 'same' || row.status === 'undeclared')
    ? 'same'
    : 'changed'
}
