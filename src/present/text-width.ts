/** Text measured in columns of a terminal: cut, padded, set in tables. */
import truncatedWidth from 'fast-string-truncated-width'
import type { Look } from './look.js'

/** The columns that a text takes, styling not counted. */
export function widthOf(text: string): number {
  return isAscii(text) ? text.length : truncatedWidth(text).width
}

/** Unstyled text in at most `width` columns, with `…` where it was cut. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  if (width <= 0) return ''
  let kept = ''
  let used = 0
  for (const grapheme of graphemesOf(text)) {
    const columns = widthOf(grapheme)
    if (used + columns > width - 1) break
    kept += grapheme
    used += columns
  }
  return `${kept}…`
}

let segmenter: Intl.Segmenter | null = null

/** What a person takes for one character each, in order; unstyled text. */
export function graphemesOf(text: string): readonly string[] {
  if (isAscii(text)) return text.split('')
  // Made only where it is needed: the first one takes Node 8 ms.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function isAscii(text: string): boolean {
  return /^[\u0020-\u007e]*$/.test(text)
}

/** Text, styled or not, filled with spaces to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** A piece of a row: clean text, and how it is styled once it has its width. */
export interface Cell {
  readonly text: string
  readonly style?: (text: string) => string
}

/**
 * Rows as lines: columns aligned and the last one cut at a terminal; in a pipe separated by two
 * spaces and never padded, so that a line does not depend on its neighbours.
 */
export function tableLines(rows: readonly (readonly Cell[])[], look: Look): readonly string[] {
  const { width } = look
  if (width === null) {
    return rows.map((row) =>
      row
        .filter(({ text }) => text !== '')
        .map(styled)
        .join('  '),
    )
  }
  const widths = columnWidths(rows)
  return rows.map((row) => {
    let left = width
    const cells = row.map((cell, index) => {
      const columns = Math.min(index === row.length - 1 ? left : (widths[index] ?? 0), left)
      left = Math.max(0, left - columns - 2)
      const text = cut(cell.text, columns)
      return index === row.length - 1
        ? styled({ ...cell, text })
        : pad(styled({ ...cell, text }), columns)
    })
    return cells.join('  ').trimEnd()
  })
}

function columnWidths(rows: readonly (readonly Cell[])[]): readonly number[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach(({ text }, index) => {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(text))
    })
  }
  return widths
}

function styled({ text, style }: Cell): string {
  return style === undefined ? text : style(text)
}

/** Unstyled text in pieces of at most `width` columns; nothing is left out. */
export function pieces(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width) return [text]
  const all: string[] = []
  let piece = ''
  for (const grapheme of graphemesOf(text)) {
    if (piece !== '' && widthOf(piece) + widthOf(grapheme) > width) {
      all.push(piece)
      piece = ''
    }
    piece += grapheme
  }
  return [...all, piece]
}

/** Unstyled words in lines of at most `width` columns; null leaves them on one. */
export function wrap(text: string, width: number | null): readonly string[] {
  if (width === null) return text.split('\n')
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, Math.max(20, width)))
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** `3 tables`, `1 table`; `plural` where an s does not do. */
export function counted(n: number, one: string, plural = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : plural}`
}

/** A count as it is shown everywhere: `7,994`. */
export function grouped(n: number): string {
  // Node takes 25 ms for its first toLocaleString.
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
