/** Revisions as rows: lanes, sign, id, message, and what is to be said of each. */
import { laneText } from '../../../present/lane-text.js'
import type { TreeRevision } from '../../../workflows/screens/screen-documents.js'
import type { Part } from '../../draw/line.js'
import { piece, spreadLine } from '../../draw/line.js'
import type { Style, UiTheme } from '../../draw/theme.js'
import type { View } from '../../draw/view.js'
import { shortId } from '../../draw/words.js'
import type { AppState } from '../../state.js'
import {
  indexOfRevision,
  laneWidth,
  selectedIndex,
  type TreeRow,
  treeRows,
  wordsOf,
} from './rows.js'
import { syntaxProblem } from './syntax.js'

/** Lanes beyond so many columns are cut: a row is for its revision. */
const WIDEST_LANES = 24

/** The rows that are seen, each of `width` columns. */
export function rowLines(
  view: View,
  { width, height }: { readonly width: number; readonly height: number },
): readonly string[] {
  const { app } = view
  const { top } = app.tree
  const selected = selectedIndex(app)
  return treeRows(app)
    .slice(top, top + height)
    .map((row, index) => rowLine(view, row, { width, isSelected: top + index === selected }))
}

function rowLine(
  { app, theme }: View,
  row: TreeRow,
  { width, isSelected }: { readonly width: number; readonly isSelected: boolean },
): string {
  const { revision } = row
  const lanes = laneText(row.lane, theme.lanes, signOf(app, revision, theme))
  const room = Math.min(WIDEST_LANES, laneWidth(app) * 2)
  const marker = isSelected ? theme.signs.marker : ' '
  const style = isSelected ? null : styleOf(app, revision, theme)
  const left: readonly Part[] = [
    `${marker} `,
    piece(lanes.slice(0, room).padEnd(room + 1), style),
    piece(`${shortId(revision.revision, app.idLength)} `, isSelected ? null : theme.name),
    revision.message,
  ]
  const line = spreadLine(left, rightParts(revision, { app, theme }, isSelected), width)
  return isSelected && app.tree.focus === 'revisions'
    ? theme.inverse(line)
    : isSelected
      ? theme.strong(line)
      : line
}

function rightParts(
  revision: TreeRevision,
  { app, theme }: View,
  isSelected: boolean,
): readonly Part[] {
  const own = ownLabels(app, revision)
  const labels = own.length === 0 ? [] : [`(${own.join(', ')})`]
  const needs =
    revision.dependsOn.length === 0
      ? []
      : [`needs ${revision.dependsOn.map((id) => shortId(id, app.idLength)).join(', ')}`]
  const style = (one: Style): Style | null => (isSelected ? null : one)
  const words = [
    ...labels.map((text) => piece(text, style(theme.note))),
    ...needs.map((text) => piece(text, style(theme.faint))),
    ...stateParts(revision, { app, theme }, isSelected),
  ]
  return words.flatMap((part, index) => (index === 0 ? [part] : [' ', part]))
}

/** The labels that begin here: those that no revision before it has. */
function ownLabels(app: AppState, revision: TreeRevision): readonly string[] {
  const before = revision.downRevision.flatMap((id) => {
    const at = indexOfRevision(app, id)
    return at === null ? [] : (treeRows(app)[at]?.revision.branchLabels ?? [])
  })
  return revision.branchLabels.filter((label) => !before.includes(label))
}

/** The state in words where it matters, and always on the selected row. */
function stateParts(
  revision: TreeRevision,
  { app, theme }: View,
  isSelected: boolean,
): readonly Part[] {
  const style = (one: Style): Style | null => (isSelected ? null : one)
  const unread =
    syntaxProblem(app, revision) === null ? [] : [piece('syntax error', style(theme.bad))]
  const losing =
    !revision.applied && app.tree.losing.has(revision.revision)
      ? [piece(`${theme.signs.danger}loses data`, style(theme.bad))]
      : []
  if (revision.state === 'current') return [...unread, piece('← current', style(theme.strong))]
  if (revision.state === 'fileMissing') return [piece('file missing', style(theme.bad))]
  if (revision.state === 'failed' || revision.state === 'partial') {
    return [...unread, ...losing, piece(revision.state, style(theme.bad))]
  }
  const fill = revision.fillIn && !revision.applied ? [piece('to fill in', style(theme.warn))] : []
  const words = isSelected ? wordsOf(revision).filter((word) => word !== 'to fill in') : []
  // A loss or an open place says already that it is pending.
  const said = losing.length + fill.length > 0 ? [] : words.slice(0, 1)
  return [...unread, ...losing, ...fill, ...said.map((word) => piece(word))]
}

/** Whether it cannot run as its script stands; of what is applied the place in the history says more. */
function isBroken(app: AppState, revision: TreeRevision): boolean {
  return revision.state === 'pending' && syntaxProblem(app, revision) !== null
}

function signOf(app: AppState, revision: TreeRevision, { signs }: UiTheme): string {
  if (isBroken(app, revision)) return signs.failed
  switch (revision.state) {
    case 'fileMissing':
      return signs.missing
    case 'failed':
    case 'partial':
      return signs.failed
    case 'current':
      return signs.current
    case 'applied':
    case 'pending':
      if (revision.downRevision.length > 1) return signs.merge
      return revision.applied ? signs.applied : signs.pending
  }
}

function styleOf(app: AppState, revision: TreeRevision, theme: UiTheme): Style | null {
  if (isBroken(app, revision)) return theme.bad
  switch (revision.state) {
    case 'fileMissing':
    case 'failed':
    case 'partial':
      return theme.bad
    case 'current':
      return theme.strong
    case 'applied':
      return theme.good
    case 'pending':
      return null
  }
}
