/** Every unanswered rename that is likely enough to ask for. */
import type { Table } from '../schema/table.js'
import { columnCandidates } from './column-candidates.js'
import type { GivenRename, RenameCandidate } from './comparison.js'
import type { PairedTable, Pairing } from './pair-tables.js'
import { tableCandidates } from './table-candidates.js'
import { wantedTable } from './wanted-table.js'
import type { Facets } from './comparison.js'

/** What candidates are looked for with. */
export interface CandidateRules {
  readonly canonical: (table: Table, like?: Table) => Table
  readonly facets: Facets
  /** Pairs that a person has said are not the same. */
  readonly apart: readonly GivenRename[]
}

/** Tables first, then columns in the models' order. Only a model that declares gives up columns. */
export function renameCandidates(
  { pairs, unclaimed }: Pairing,
  rules: CandidateRules,
): readonly RenameCandidate[] {
  const { canonical, apart } = rules
  const added = pairs.filter((pair) => pair.current === null)
  const isApart = (from: string, to: string): boolean =>
    apart.some((each) => each.column === null && each.table === from && each.to === to)
  const ofTables =
    added.length === 0 || unclaimed.length === 0
      ? []
      : tableCandidates(
          unclaimed.map((table) => canonical(table)),
          added.map((pair) => canonical(pair.desired.table)),
          isApart,
        )
  return [...ofTables, ...pairs.flatMap((pair) => ofColumns(pair, rules))]
}

function ofColumns(pair: PairedTable, rules: CandidateRules): readonly RenameCandidate[] {
  const { current, desired, renamedFrom } = pair
  if (current === null || desired.source === 'inferred') return []
  const live = new Set(current.columns.map((column) => column.name))
  const named = new Set(desired.table.columns.map((column) => column.name))
  // Most tables have the same columns: they need no canonical form.
  const isDropped = current.columns.some((column) => !named.has(column.name))
  if (!isDropped || !desired.table.columns.some((column) => !live.has(column.name))) return []
  const wanted = wantedTable(current, desired, rules.facets)
  const forms = {
    current,
    wanted,
    before: rules.canonical(current),
    after: rules.canonical(wanted),
  }
  const tables = [current.name, renamedFrom]
  return columnCandidates(forms, (from, to) =>
    rules.apart.some(
      (each) => tables.includes(each.table) && each.column === from && each.to === to,
    ),
  )
}
