/** What a review lists: open rename questions, then the changes in the order in which they run. */
import { columnWord } from '../../../answer-word.js'
import type { ChangeDocument, RenameQuestion } from '../../../workflows/documents.js'
import type { FillQuestion } from '../../../workflows/io.js'
import type { ReviewDocument, ReviewPart } from '../../../workflows/screens/screen-documents.js'
import { comparedDocument } from '../../comparison.js'
import type { AppState } from '../../state.js'
import type { ReviewScreen } from './state.js'

export type ReviewRow =
  | { readonly kind: 'question'; readonly key: string; readonly question: RenameQuestion }
  | { readonly kind: 'change'; readonly key: string; readonly change: ChangeDocument }

interface Known {
  readonly order: ReviewScreen['order']
  readonly rows: readonly ReviewRow[]
}

/** The rows of the last order: a key asks for them several times. */
const known = new WeakMap<ReviewDocument, Known>()

/** The rows, questions first. */
export function reviewRows(app: AppState, screen: ReviewScreen): readonly ReviewRow[] {
  const document = comparedDocument(app)
  if (document === null) return []
  const there = known.get(document)
  if (there?.order === screen.order) return there.rows
  const rows = rowsOf(document, screen)
  known.set(document, { order: screen.order, rows })
  return rows
}

function rowsOf(document: ReviewDocument, screen: ReviewScreen): readonly ReviewRow[] {
  return [
    ...document.renames.map((question) => ({
      kind: 'question' as const,
      key: `? ${question.flag}`,
      question,
    })),
    ...orderedChanges(document, screen).map((change) => ({
      kind: 'change' as const,
      key: change.id,
      change,
    })),
  ]
}

/** The place of the selected row; where it is gone, of what stands there now. */
export function selectedIndex(app: AppState, screen: ReviewScreen): number {
  const rows = reviewRows(app, screen)
  const found = rows.findIndex((row) => row.key === screen.selected)
  return found === -1 ? Math.max(0, Math.min(screen.place, rows.length - 1)) : found
}

/** The selected row; null in an empty review. */
export function selectedRow(app: AppState, screen: ReviewScreen): ReviewRow | null {
  return reviewRows(app, screen)[selectedIndex(app, screen)] ?? null
}

/** The selected change; null where a question is selected, or nothing. */
export function selectedChange(app: AppState, screen: ReviewScreen): ChangeDocument | null {
  const row = selectedRow(app, screen)
  return row?.kind === 'change' ? row.change : null
}

/** The changes in the order in which they are to run. */
export function orderedChanges(
  { changes }: ReviewDocument,
  { order }: ReviewScreen,
): readonly ChangeDocument[] {
  if (order === null) return changes
  const byId = new Map(changes.map((change) => [change.id, change]))
  return order.flatMap((id) => byId.get(id) ?? [])
}

/** An order that the person made, for other changes: a new one runs right behind what comes before it. */
export function orderKept(
  order: readonly string[],
  { changes }: ReviewDocument,
): readonly string[] {
  const ids = changes.map(({ id }) => id)
  const kept = order.filter((id) => ids.includes(id))
  return ids.reduce<readonly string[]>((all, id, index) => {
    if (all.includes(id)) return all
    const before = ids[index - 1]
    const at = before === undefined ? 0 : all.indexOf(before) + 1
    return all.toSpliced(at, 0, id)
  }, kept)
}

/** Whether a change is written. */
export function isTicked({ leftOut }: ReviewScreen, id: string): boolean {
  return !leftOut.has(id)
}

/** Whether the ticked changes go into two revisions. */
export function isSplit({ changes }: ReviewDocument, screen: ReviewScreen): boolean {
  if (screen.second.size === 0) return false
  const ticked = changes.filter(({ id }) => isTicked(screen, id))
  const later = ticked.filter(({ id }) => screen.second.has(id)).length
  return later > 0 && later < ticked.length
}

/** What is written: the ticked changes by part, in order; parts without changes are left out. */
export function partsOf(document: ReviewDocument, screen: ReviewScreen): readonly ReviewPart[] {
  const ticked = orderedChanges(document, screen)
    .map(({ id }) => id)
    .filter((id) => isTicked(screen, id))
  const parts = [
    { message: screen.messages[0], changes: ticked.filter((id) => !screen.second.has(id)) },
    { message: screen.messages[1], changes: ticked.filter((id) => screen.second.has(id)) },
  ]
  return parts.filter(({ changes }) => changes.length > 0)
}

/** The column whose rows need a value once a change is made; null where none do. */
export function fillFor(
  document: ReviewDocument | null,
  { kind, table, name }: ChangeDocument,
): FillQuestion | null {
  if (kind !== 'addColumn' && kind !== 'alterColumn') return null
  return document?.fills.find((fill) => fill.table === table && fill.column === name) ?? null
}

/** The questions for values that the ticked changes need and nobody answered yet. */
export function openFills(document: ReviewDocument, screen: ReviewScreen): readonly FillQuestion[] {
  return orderedChanges(document, screen)
    .filter(({ id }) => isTicked(screen, id))
    .flatMap((change) => fillFor(document, change) ?? [])
    .filter((fill) => !screen.fills.has(fillKey(fill)))
}

/** A column as the fills name it. */
export function fillKey({ table, column }: Pick<FillQuestion, 'table' | 'column'>): string {
  return columnWord({ table, column })
}
