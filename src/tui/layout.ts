/** How the screen is divided, by its size. Every breakpoint stands here. */
import type { AppState, Size } from './state.js'

/** From so many columns on, two panes stand beside each other. */
const TWO_PANES = 100
/** Less than this shows only how much is needed. */
export const LEAST: Size = { columns: 60, rows: 15 }

export interface Layout {
  readonly isTooSmall: boolean
  /** Whether two panes stand beside each other. */
  readonly isWide: boolean
  /** Rows between the header and what stands below. */
  readonly bodyRows: number
  /** Rows of text below the body: the notice, if any, and the keys or the line that is typed. */
  readonly footRows: number
  /** Columns of the left pane with its frame, where two stand beside each other. */
  readonly leftWidth: number
  readonly rightWidth: number
  /** Rows of revisions that are seen. */
  readonly treeRows: number
  /** Rows of the detail's text that are seen. */
  readonly detailRows: number
}

/** Rows above the text of the detail: which file, and where it stands. */
export const DETAIL_HEAD = 2

/** The layout of the tree and of every screen with a list and a detail. */
export function layoutOf(app: Pick<AppState, 'size' | 'notice' | 'tree'>): Layout {
  const { columns, rows } = app.size
  const isWide = columns >= TWO_PANES
  const footRows = app.notice === null ? 1 : 2
  const bodyRows = Math.max(1, rows - 1 - footRows)
  const leftWidth = isWide && !app.tree.isZoomed ? Math.floor(columns * 0.43) : columns
  // Narrow: a row of tabs, and below the revisions a line and a summary of the selected one.
  const treeRows = isWide ? bodyRows - 2 : bodyRows - 3
  const detailRows = (isWide ? bodyRows - 2 : bodyRows - 1) - DETAIL_HEAD
  return {
    isTooSmall: columns < LEAST.columns || rows < LEAST.rows,
    isWide,
    bodyRows,
    footRows,
    leftWidth,
    rightWidth: isWide && !app.tree.isZoomed ? columns - leftWidth : columns,
    treeRows: Math.max(1, treeRows),
    detailRows: Math.max(1, detailRows),
  }
}
