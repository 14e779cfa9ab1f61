/** The diff as lines: entries, rows of the selected one, and what is to be said of the selection. */
import { cleanLine } from '../../../present/clean.js'
import { counted, grouped, widthOf } from '../../../present/text-width.js'
import { comparedDocument } from '../../comparison.js'
import type { Part } from '../../draw/line.js'
import { fitLine, piece } from '../../draw/line.js'
import { fitted, wrapped } from '../../draw/overlay.js'
import { besideEachOther, paneLines } from '../../draw/pane.js'
import { placeText } from '../../draw/scroll.js'
import type { View } from '../../draw/view.js'
import type { DiffEntry, TableEntry } from './entries.js'
import { diffEntries, entryIndex, selectedEntry, selectedRow } from './entries.js'
import { rowBand, tableBand } from './explain-lines.js'
import { countParts, entryLines } from './list-lines.js'
import { nothingLines } from './nothing-lines.js'
import { diffPlaces, settled } from './places.js'
import { allRowLines, isCut, sidesHeading } from './row-lines.js'
import type { DiffScreen } from './state.js'

/** The body of the diff: `bodyRows` lines of the whole width. */
export function diffScreenLines(view: View, screen: DiffScreen): readonly string[] {
  const { app } = view
  const entries = diffEntries(comparedDocument(app))
  if (entries.length === 0) return nothingLines(view, 'Models and database')
  const shown = settled(app, screen)
  return diffPlaces(app).isWide ? wideLines(view, shown) : narrowLines(view, shown)
}

function wideLines(view: View, screen: DiffScreen): readonly string[] {
  const { app, theme } = view
  const { bodyRows, listWidth, listRows, rowWidth } = diffPlaces(app)
  const entry = selectedEntry(app, screen)
  const inner = listWidth - 2
  return besideEachOther([
    paneLines(
      {
        title: [listTitle(view, screen)],
        foot: app.comparison.isLoading ? 'comparing …' : '',
        lines: entryLines(view, screen, { width: inner, height: listRows }),
        isActive: screen.focus === 'entries',
        width: listWidth,
        height: bodyRows,
      },
      theme,
    ),
    paneLines(
      {
        title: entryTitle(view, entry),
        foot: '',
        lines: entry === null ? [] : detailLines(view, screen, entry),
        isActive: screen.focus === 'rows',
        width: rowWidth + 2,
        height: bodyRows,
      },
      theme,
    ),
  ])
}

function narrowLines(view: View, screen: DiffScreen): readonly string[] {
  const { app, theme } = view
  const { bodyRows, listRows, rowWidth } = diffPlaces(app)
  const entry = selectedEntry(app, screen)
  const list = entryLines(view, screen, { width: rowWidth, height: listRows })
  const loading = app.comparison.isLoading ? [piece('  comparing …', theme.faint)] : []
  const lines = [
    fitLine([piece(listTitle(view, screen), theme.strong), ...loading], rowWidth),
    ...list,
    ...(entry === null ? [] : detailLines(view, screen, entry)),
  ]
  return Array.from({ length: bodyRows }, (_, index) => lines[index] ?? ' '.repeat(rowWidth))
}

function listTitle({ app }: View, screen: DiffScreen): string {
  const document = comparedDocument(app)
  const count = diffEntries(document).length
  const place = placeText(entryIndex(app, screen), count)
  return `Differences ${place}`
}

function entryTitle({ theme }: View, entry: DiffEntry | null): readonly Part[] {
  switch (entry?.kind) {
    case 'table':
      return [entry.name, '  ', ...countParts(entry, theme)]
    case 'failure':
      return [entry.failure.file]
    case 'notes':
      return ['Notes']
    case undefined:
      return []
  }
}

/** Below the title: the sides with the explanation under them, or a text. */
function detailLines(view: View, screen: DiffScreen, entry: DiffEntry): readonly string[] {
  const { isWide, rowWidth, rowLines, bandLines } = diffPlaces(view.app)
  const heading = isWide ? null : titleLine(view, entry, rowWidth)
  if (entry.kind !== 'table') {
    const lines = fitted(textOf(view, entry, rowWidth), rowWidth)
    return heading === null ? lines : [heading, ...lines]
  }
  const rows = allRowLines(view, screen, entry)
  const seen = rows.slice(screen.rowTop, screen.rowTop + rowLines)
  const band = bandOf(view, screen, entry)
  const isLong = band.length > bandLines
  const shown = isLong
    ? [
        ...band.slice(0, bandLines - 1),
        moreLine(view, band.length - bandLines + 1, screen.focus === 'rows'),
      ]
    : band
  const below = rows.length - screen.rowTop - rowLines
  return [
    heading ?? sidesHeading(view, screen, entry),
    ...filled(seen, rowWidth, rowLines),
    dividerLine(view, below > 0 ? `${grouped(below)} more below` : '', rowWidth),
    ...filled(fitted(shown, rowWidth), rowWidth, bandLines),
  ]
}

function moreLine({ theme }: View, count: number, isRow: boolean): readonly Part[] {
  return [
    piece(
      ` ${theme.signs.more} ${counted(count, 'more line')}${isRow ? ', enter shows all' : ''}`,
      theme.faint,
    ),
  ]
}

function bandOf(view: View, screen: DiffScreen, entry: TableEntry): readonly (readonly Part[])[] {
  const { app, theme } = view
  const document = comparedDocument(app)
  if (document === null) return []
  const looks = { theme, width: diffPlaces(app).rowWidth }
  const row = selectedRow(app, screen)
  return row === null
    ? tableBand(document, entry, looks)
    : rowBand(document, { entry, row, isCut: isCut(view, screen, entry, row) }, looks)
}

/** The name of the entry in the line over its rows. */
function titleLine(view: View, entry: DiffEntry, width: number): string {
  const { theme } = view
  const { across } = theme.borders
  const parts = [
    piece(`${across.repeat(2)} `, theme.faint),
    ...entryTitle(view, entry).map((part) =>
      typeof part === 'string' ? piece(part, theme.strong) : part,
    ),
    ' ',
  ]
  const used = parts.reduce(
    (sum, part) => sum + widthOf(cleanLine(typeof part === 'string' ? part : part.text)),
    0,
  )
  const rest = piece(across.repeat(Math.max(0, width - used)), theme.faint)
  return fitLine([...parts, rest], width)
}

function dividerLine({ theme }: View, text: string, width: number): string {
  const { across } = theme.borders
  const words = text === '' ? '' : ` ${text} ${across}`
  return theme.faint(across.repeat(Math.max(0, width - words.length)) + words)
}

function textOf(
  { theme }: View,
  entry: Exclude<DiffEntry, TableEntry>,
  width: number,
): readonly (readonly Part[])[] {
  const say = (text: string, style: typeof theme.bad | null): readonly (readonly Part[])[] =>
    wrapped(text, width - 2).map((line) => [' ', piece(line, style)])
  if (entry.kind === 'notes') {
    return entry.notes.flatMap(({ where, message }) => [
      ...say(where, theme.strong),
      ...say(message, null),
      [],
    ])
  }
  const { model, reason, output } = entry.failure
  return [
    ...say(
      `${model === null ? 'This file' : `The model ${model}`} could not be read.`,
      theme.strong,
    ),
    ...say(reason, theme.bad),
    [],
    ...say(
      'What it asks for is not known, so nothing is dropped. e opens the file; saving it compares again.',
      null,
    ),
    ...(output === undefined || output === ''
      ? []
      : [[], ...say('It printed:', theme.faint), ...say(output, null)]),
  ]
}

function filled(lines: readonly string[], width: number, height: number): readonly string[] {
  return Array.from({ length: height }, (_, index) => lines[index] ?? ' '.repeat(width))
}
