/** How the diff is divided, and which of its rows are seen. */
import type { ComparisonRow } from '../../../compare/comparison.js'
import { rowLabel } from '../../../present/diff-lines.js'
import { widthOf } from '../../../present/text-width.js'
import { comparedDocument } from '../../comparison.js'
import { clamp, scrolledTop } from '../../draw/scroll.js'
import { layoutOf } from '../../layout.js'
import type { AppState } from '../../state.js'
import type { DiffEntry } from './entries.js'
import { diffEntries, entryIndex, selectedEntry, shownRows } from './entries.js'
import type { DiffScreen } from './state.js'

export interface DiffPlaces {
  readonly isWide: boolean
  readonly bodyRows: number
  /** Columns of the list, with its frame where it has one. */
  readonly listWidth: number
  /** Entries that are seen. */
  readonly listRows: number
  /** Columns of a line of rows or of the explanation. */
  readonly rowWidth: number
  /** Lines for rows. */
  readonly rowLines: number
  /** Lines for the explanation below the rows. */
  readonly bandLines: number
}

/** The division of the body. Its heights do not depend on what is selected, so that nothing jumps. */
export function diffPlaces(app: AppState): DiffPlaces {
  const { isWide, bodyRows } = layoutOf(app)
  const { columns } = app.size
  const entries = diffEntries(comparedDocument(app))
  if (isWide) {
    const widest = entries.reduce((most, entry) => Math.max(most, entryWidth(entry)), 0)
    const listWidth = clamp(widest + 5, 24, Math.floor(columns * 0.3))
    // The frame, the heading of the sides, and the line over the explanation.
    const room = bodyRows - 4
    const bandLines = clamp(Math.floor(room * 0.35), 3, 10)
    return {
      isWide,
      bodyRows,
      listWidth,
      listRows: bodyRows - 2,
      rowWidth: columns - listWidth - 2,
      rowLines: Math.max(1, room - bandLines),
      bandLines,
    }
  }
  const listRows = clamp(entries.length, 1, Math.max(2, Math.floor(bodyRows * 0.25)))
  // The title, the line over the rows, and the line over the explanation.
  const room = bodyRows - 3 - listRows
  const bandLines = clamp(Math.floor(room * 0.42), 3, 8)
  return {
    isWide,
    bodyRows,
    listWidth: columns,
    listRows,
    rowWidth: columns,
    rowLines: Math.max(1, room - bandLines),
    bandLines,
  }
}

/** How many lines a row takes: where both sides stand under each other, one each. */
function linesOfRow(row: ComparisonRow, isWide: boolean): number {
  return !isWide && row.model !== null && row.database !== null && !isOneText(row) ? 2 : 1
}

/** The selection as it can be, and both lists scrolled so that it is seen. */
export function settled(app: AppState, screen: DiffScreen): DiffScreen {
  const { isWide, listRows, rowLines } = diffPlaces(app)
  const count = diffEntries(comparedDocument(app)).length
  const index = entryIndex(app, screen)
  const rows = shownRows(selectedEntry(app, screen), screen)
  const row = clamp(screen.row, 0, Math.max(0, rows.length - 1))
  const heights = rows.map((one) => linesOfRow(one, isWide))
  const before = heights.slice(0, row).reduce((sum, height) => sum + height, 0)
  const own = heights[row] ?? 1
  const all = heights.reduce((sum, height) => sum + height, 0)
  const size = { height: rowLines, count: all + 1 }
  const first = scrolledTop(screen.rowTop, before + own - 1, size)
  return {
    ...screen,
    row,
    top: scrolledTop(screen.top, index, { height: listRows, count }),
    rowTop: Math.min(scrolledTop(first, before, size), before),
  }
}

/** Whether both sides say the same to the letter. */
export function isOneText({ status, model, database }: ComparisonRow): boolean {
  return status === 'same' && model === database
}

/** Columns that the names of rows take. */
export function labelWidth(
  rows: readonly ComparisonRow[],
  { rowWidth, isWide }: DiffPlaces,
): number {
  const widest = rows.reduce((most, row) => Math.max(most, widthOf(rowLabel(row))), 0)
  return Math.min(widest, Math.max(8, Math.floor(rowWidth * (isWide ? 0.28 : 0.36))))
}

function entryWidth(entry: DiffEntry): number {
  switch (entry.kind) {
    case 'table':
      // The counts beside the name: `~1 +1 -1 ?1`.
      return widthOf(entry.name) + 12
    case 'failure':
      return widthOf(entry.failure.file) + 3
    case 'notes':
      return 10
  }
}
