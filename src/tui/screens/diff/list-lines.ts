/** The entries of the diff as a list: what differs, with counts, and what is left alone. */
import { comparedDocument } from '../../comparison.js'
import type { Part } from '../../draw/line.js'
import { cutMiddle, piece, spreadLine } from '../../draw/line.js'
import type { Style, UiTheme } from '../../draw/theme.js'
import type { View } from '../../draw/view.js'
import type { DiffEntry, TableEntry } from './entries.js'
import { diffEntries, entryIndex } from './entries.js'
import type { DiffScreen } from './state.js'

/** The entries that are seen, each a line of `width` columns. */
export function entryLines(
  { app, theme }: View,
  screen: DiffScreen,
  { width, height }: { readonly width: number; readonly height: number },
): readonly string[] {
  const selected = entryIndex(app, screen)
  return diffEntries(comparedDocument(app))
    .slice(screen.top, screen.top + height)
    .map((entry, index) => {
      const isSelected = screen.top + index === selected
      const line = entryLine(entry, { theme, width, isSelected })
      if (!isSelected) return line
      return screen.focus === 'entries' ? theme.inverse(line) : theme.strong(line)
    })
}

interface Looks {
  readonly theme: UiTheme
  readonly width: number
  readonly isSelected: boolean
}

function entryLine(entry: DiffEntry, { theme, width, isSelected }: Looks): string {
  const { signs } = theme
  const style = (one: Style): Style | null => (isSelected ? null : one)
  const marker = isSelected ? `${signs.marker} ` : '  '
  switch (entry.kind) {
    case 'failure': {
      const file = cutMiddle(entry.failure.file, width - 4)
      return spreadLine([marker, piece(`${signs.failed} ${file}`, style(theme.bad))], [], width)
    }
    case 'notes':
      return spreadLine(
        [marker, piece('notes', style(theme.faint))],
        [`${entry.notes.length}`],
        width,
      )
    case 'table': {
      const counts = countParts(entry, theme).map((part) =>
        isSelected && typeof part !== 'string' ? part.text : part,
      )
      const isFaint = entry.status === 'unmanaged' || entry.status === 'same'
      return spreadLine(
        [marker, piece(entry.name, isFaint ? style(theme.faint) : null)],
        counts,
        width,
      )
    }
  }
}

/** `~1 +1 ?1`, or a word where the table as a whole is new, goes, or is left alone. */
export function countParts({ status, counts }: TableEntry, theme: UiTheme): readonly Part[] {
  const { signs } = theme
  const asked = counts.asked === 0 ? [] : [piece(`${signs.question}${counts.asked}`, theme.warn)]
  const words: readonly Part[] = [
    ...(status === 'onlyModel' ? [piece(`${signs.added} new`, theme.good)] : []),
    ...(status === 'onlyDatabase' ? [piece(`${signs.removed} dropped`, theme.bad)] : []),
    ...(status === 'unmanaged' ? [piece('unmanaged', theme.faint)] : []),
  ]
  if (words.length > 0) return joined([...words, ...asked])
  return joined([
    ...some(signs.changed, counts.changed, theme.note),
    ...some(signs.added, counts.added, theme.good),
    ...some(signs.removed, counts.removed, theme.bad),
    ...asked,
    ...(counts.undeclared === 0 ? [] : [piece(`${counts.undeclared} undeclared`, theme.faint)]),
  ])
}

function some(sign: string, count: number, style: Style): readonly Part[] {
  return count === 0 ? [] : [piece(`${sign}${count}`, style)]
}

function joined(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' ', part]))
}
