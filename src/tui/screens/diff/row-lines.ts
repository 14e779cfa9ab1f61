/** The rows of one table, model and database beside each other, or under each other where there is no room. */
import type { ComparisonRow } from '../../../compare/comparison.js'
import { cleanLine } from '../../../present/clean.js'
import { rowLabel } from '../../../present/diff-lines.js'
import { cut, pad, widthOf } from '../../../present/text-width.js'
import { comparedDocument } from '../../comparison.js'
import type { Part } from '../../draw/line.js'
import { fitLine, piece } from '../../draw/line.js'
import type { Style, UiTheme } from '../../draw/theme.js'
import type { View } from '../../draw/view.js'
import type { TableEntry } from './entries.js'
import { questionOn, shownRows } from './entries.js'
import type { DiffPlaces } from './places.js'
import { diffPlaces, isOneText, labelWidth } from './places.js'
import type { DiffScreen } from './state.js'

interface Columns {
  readonly label: number
  readonly side: number
}

/** The line over both sides. */
export function sidesHeading(view: View, screen: DiffScreen, entry: TableEntry): string {
  const places = diffPlaces(view.app)
  const columns = columnsOf(shownRows(entry, screen), places)
  const { down } = view.theme.borders
  const parts = beside(
    columns,
    ['  ', 'model (what you wrote)', ' ', 'database (what is there)'],
    down,
  )
  return fitLine(
    parts.map((text) => piece(text, view.theme.faint)),
    places.rowWidth,
  )
}

/** The lines of all rows that are shown, each of `rowWidth` columns, and one for those that are folded. */
export function allRowLines(view: View, screen: DiffScreen, entry: TableEntry): readonly string[] {
  const { app, theme } = view
  const places = diffPlaces(app)
  const { isWide, rowWidth } = places
  const rows = shownRows(entry, screen)
  const columns = columnsOf(rows, places)
  const folded = entry.rows.length - rows.length
  return [
    ...rows.flatMap((row, index) => {
      const isSelected = screen.focus === 'rows' && index === screen.row
      const sign =
        questionOn(comparedDocument(app), entry, row) === null ? null : theme.signs.question
      const looks = { theme, sign: sign ?? signOf(row, theme), isSelected, isAsked: sign !== null }
      const lines = isWide
        ? [besideLine(row, columns, looks)]
        : stackedLines(row, columns.label, looks)
      return lines.map((parts) => {
        const line = fitLine(parts, rowWidth)
        return isSelected ? theme.inverse(line) : line
      })
    }),
    ...(folded === 0
      ? []
      : [fitLine([piece(`  ${theme.signs.more} ${folded} equal`, theme.faint)], rowWidth)]),
  ]
}

/** Whether a side of a row is cut where it is drawn. */
export function isCut(
  view: View,
  screen: DiffScreen,
  entry: TableEntry,
  row: ComparisonRow,
): boolean {
  const places = diffPlaces(view.app)
  const { isWide, rowWidth } = places
  const columns = columnsOf(shownRows(entry, screen), places)
  const room = isWide ? columns.side : rowWidth - columns.label - 15
  return (
    widthOf(rowLabel(row)) > columns.label ||
    [row.model, row.database].some((text) => text !== null && widthOf(cleanLine(text)) > room)
  )
}

interface Looks {
  readonly theme: UiTheme
  readonly sign: string
  readonly isAsked: boolean
  readonly isSelected: boolean
}

function besideLine(row: ComparisonRow, columns: Columns, looks: Looks): readonly Part[] {
  const { theme, sign, isSelected } = looks
  const marker = isSelected ? theme.signs.marker : ' '
  const [label, model, edge, middle, end, database] = beside(
    columns,
    [`${marker} ${rowLabel(row)}`, sideText(row.model, row), sign, sideText(row.database, row)],
    theme.borders.down,
  )
  const style = (one: Style | null): Style | null => (isSelected ? null : one)
  const isQuiet = row.status === 'same' || row.status === 'undeclared'
  const own = isQuiet ? theme.faint : null
  return [
    piece(label, style(own)),
    piece(model, style(own)),
    piece(edge, style(theme.faint)),
    piece(middle, style(styleOf(row, looks))),
    piece(end, style(theme.faint)),
    piece(database, style(own)),
  ]
}

/** Label, model, edge, sign, edge, database: each as wide as its column. */
function beside(
  { label, side }: Columns,
  [name, model, sign, database]: readonly [string, string, string, string],
  down: string,
): readonly [string, string, string, string, string, string] {
  return [
    cell(name, label + 2) + '  ',
    cell(model, side),
    ` ${down}`,
    sign,
    `${down} `,
    cell(database, side),
  ]
}

function stackedLines(
  row: ComparisonRow,
  label: number,
  looks: Looks,
): readonly (readonly Part[])[] {
  const { theme, sign, isSelected } = looks
  const style = (one: Style | null): Style | null => (isSelected ? null : one)
  const isQuiet = row.status === 'same' || row.status === 'undeclared'
  const sides: readonly (readonly [string, string])[] = isOneText(row)
    ? [['both     ', row.model ?? '']]
    : [
        ...(row.model === null ? [] : [['model    ', row.model] as const]),
        ...(row.database === null ? [] : [['database ', row.database] as const]),
      ]
  return sides.map(([side, text], index) => [
    index === 0 && isSelected ? theme.signs.marker : ' ',
    piece(index === 0 ? `${sign} ` : '  ', style(styleOf(row, looks))),
    piece(cell(index === 0 ? rowLabel(row) : '', label), style(isQuiet ? theme.faint : null)),
    piece(`  ${side} `, style(theme.faint)),
    piece(text, style(isQuiet ? theme.faint : null)),
  ])
}

function columnsOf(rows: readonly ComparisonRow[], places: DiffPlaces): Columns {
  const label = labelWidth(rows, places)
  // The marker and two spaces before, five columns between the sides.
  return { label, side: Math.max(4, Math.floor((places.rowWidth - label - 4 - 5) / 2)) }
}

function cell(text: string, width: number): string {
  return pad(cut(cleanLine(text), width), width)
}

function sideText(text: string | null, { status }: ComparisonRow): string {
  if (text !== null) return text
  return status === 'undeclared' ? '(undeclared)' : ''
}

function signOf({ status }: ComparisonRow, { signs }: UiTheme): string {
  switch (status) {
    case 'same':
      return signs.equal
    case 'changed':
      return signs.changed
    case 'onlyModel':
      return signs.added
    case 'onlyDatabase':
      return signs.removed
    case 'undeclared':
      return signs.waiting
  }
}

function styleOf({ status }: ComparisonRow, { theme, isAsked }: Looks): Style {
  if (isAsked) return theme.warn
  switch (status) {
    case 'changed':
      return theme.note
    case 'onlyModel':
      return theme.good
    case 'onlyDatabase':
      return theme.bad
    case 'same':
    case 'undeclared':
      return theme.faint
  }
}
