/** How the screen is divided, by its size. Every breakpoint stands here. */
import { wrapped } from './draw/overlay.js'
import type { AppState, Notice, Size } from './state.js'

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

/** Lines of a notice at most; the log has the rest of what failed. */
const NOTICE_LINES = 3

/** A notice as lines that a blank stands before; the last is cut where there are more. */
export function noticeTexts({ text }: Notice, { columns }: Size): readonly string[] {
  const lines = wrapped(text, columns - 2)
  if (lines.length <= NOTICE_LINES) return lines
  return [...lines.slice(0, NOTICE_LINES - 1), lines.slice(NOTICE_LINES - 1).join(' ')]
}

/** The layout of the tree and of every screen with a list and a detail. */
export function layoutOf(app: Pick<AppState, 'size' | 'notice' | 'tree'>): Layout {
  const { columns, rows } = app.size
  const isWide = columns >= TWO_PANES
  const footRows = 1 + (app.notice === null ? 0 : noticeTexts(app.notice, app.size).length)
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
