/** What the diff lists: tables that differ or are left alone, models that could not be read, notes. */
import type { ComparisonRow, TableComparison } from '../../../compare/comparison.js'
import type { LoadFailure, Note } from '../../../schema/desired.js'
import type { RenameQuestion } from '../../../workflows/documents.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { comparedDocument } from '../../comparison.js'
import { namesOf, openRenames } from '../../renames.js'
import type { AppState } from '../../state.js'
import type { DiffScreen } from './state.js'

/** How many rows of a table stand how. */
export interface Counts {
  readonly changed: number
  readonly added: number
  readonly removed: number
  /** Rename questions about it that nobody answered. */
  readonly asked: number
  readonly undeclared: number
}

export interface TableEntry {
  readonly kind: 'table'
  readonly key: string
  readonly name: string
  readonly status: TableComparison['status']
  readonly rows: readonly ComparisonRow[]
  readonly counts: Counts
  /** Whether its model has no `defineTable`, as far as its rows show. */
  readonly isInferred: boolean
}

export type DiffEntry =
  | TableEntry
  | { readonly kind: 'failure'; readonly key: string; readonly failure: LoadFailure }
  | { readonly kind: 'notes'; readonly key: string; readonly notes: readonly Note[] }

const known = new WeakMap<ReviewDocument, readonly DiffEntry[]>()

/** What could not be read first, then what differs, then what is left alone, then notes. */
export function diffEntries(document: ReviewDocument | null): readonly DiffEntry[] {
  if (document === null) return []
  const there = known.get(document)
  if (there !== undefined) return there
  const made = entriesOf(document)
  known.set(document, made)
  return made
}

/** The place of the selected entry; 0 where it is gone. */
export function entryIndex(app: AppState, screen: DiffScreen): number {
  const entries = diffEntries(comparedDocument(app))
  return Math.max(
    0,
    entries.findIndex((entry) => entry.key === screen.entry),
  )
}

/** The selected entry; null where there is none. */
export function selectedEntry(app: AppState, screen: DiffScreen): DiffEntry | null {
  return diffEntries(comparedDocument(app))[entryIndex(app, screen)] ?? null
}

/** The selected entry where it is a table. */
export function selectedTable(app: AppState, screen: DiffScreen): TableEntry | null {
  const entry = selectedEntry(app, screen)
  return entry?.kind === 'table' ? entry : null
}

/** The rows of an entry that are shown; equal ones only on request. */
export function shownRows(
  entry: DiffEntry | null,
  { showsEqual }: Pick<DiffScreen, 'showsEqual'>,
): readonly ComparisonRow[] {
  if (entry?.kind !== 'table') return []
  return showsEqual ? entry.rows : entry.rows.filter((row) => row.status !== 'same')
}

/** The selected row; null where the keys are not among the rows, or there is none. */
export function selectedRow(app: AppState, screen: DiffScreen): ComparisonRow | null {
  if (screen.focus !== 'rows') return null
  const rows = shownRows(selectedEntry(app, screen), screen)
  return rows[Math.min(screen.row, rows.length - 1)] ?? null
}

/** The open question that a row is part of; null where there is none. */
export function questionOn(
  document: ReviewDocument | null,
  { name, rows }: Pick<TableEntry, 'name' | 'rows'>,
  row: ComparisonRow,
): RenameQuestion | null {
  if (document === null || row.facet !== 'column') return null
  if (row.status !== 'onlyDatabase' && row.status !== 'onlyModel') return null
  const asked = openRenames(document).find(
    ({ pair }) =>
      pair.column !== null &&
      row.name === (row.status === 'onlyDatabase' ? pair.column : pair.to) &&
      namesOf({ table: name, rows }).includes(pair.table),
  )
  return asked?.question ?? null
}

/** The open question whether a table is another one renamed; null where there is none. */
export function questionOnTable(
  document: ReviewDocument | null,
  name: string,
): RenameQuestion | null {
  return (
    document?.renames.find(({ kind, from, to }) => kind === 'table' && [from, to].includes(name)) ??
    null
  )
}

function entriesOf(document: ReviewDocument): readonly DiffEntry[] {
  const tables = document.tables.map((table) => tableEntry(document, table))
  const isLeft = ({ status, counts }: TableEntry): boolean =>
    status === 'unmanaged' || (status === 'same' && counts.undeclared > 0)
  const notes = document.notes.filter(({ code }) => code !== 'MODEL_FAILED')
  return [
    ...document.failures.map((failure) => ({
      kind: 'failure' as const,
      key: `failure ${failure.file} ${failure.model ?? ''}`,
      failure,
    })),
    ...tables.filter((table) => !isLeft(table)),
    ...tables.filter(isLeft).sort((a, b) => Number(isUnmanaged(a)) - Number(isUnmanaged(b))),
    ...(notes.length === 0 ? [] : [{ kind: 'notes' as const, key: 'notes', notes }]),
  ]
}

function isUnmanaged({ status }: TableEntry): boolean {
  return status === 'unmanaged'
}

function tableEntry(document: ReviewDocument, table: TableComparison): TableEntry {
  const { rows, status } = table
  const questions = rows.flatMap((row) => {
    const question = questionOn(document, { name: table.table, rows }, row)
    return question === null ? [] : [{ question, row }]
  })
  const asking = new Set(questions.map(({ row }) => row))
  const count = (wanted: ComparisonRow['status']): number =>
    rows.filter((row) => row.status === wanted && !asking.has(row)).length
  const ofTable = questionOnTable(document, table.table) === null ? 0 : 1
  return {
    kind: 'table',
    key: `table ${table.table}`,
    name: table.table,
    status,
    rows,
    counts: {
      changed: count('changed'),
      added: count('onlyModel'),
      removed: count('onlyDatabase'),
      asked: new Set(questions.map(({ question }) => question)).size + ofTable,
      undeclared: count('undeclared'),
    },
    isInferred: document.models.some(
      (model) =>
        model.source === 'inferred' && namesOf({ table: table.table, rows }).includes(model.table),
    ),
  }
}
