/** Lines of exactly so many columns, made of styled pieces. Everything drawn passes through here, cleaned. */
import { cleanLine } from '../../present/clean.js'
import { cut, pieces, widthOf } from '../../present/text-width.js'
import type { Style } from './theme.js'

/** A piece of a line: text from anywhere, and how it looks once it is cut. */
export interface Piece {
  readonly text: string
  readonly style: Style | null
}

/** Text, or a piece of a line. */
export type Part = string | Piece

/** A styled piece; `null` leaves it as it is. */
export function piece(text: string, style: Style | null = null): Piece {
  return { text, style }
}

/** The parts on one line of exactly `width` columns: cut with `…` on the right, filled with spaces. */
export function fitLine(parts: readonly Part[], width: number): string {
  let line = ''
  let left = width
  const columns = parts.map((part) => widthOf(cleanOf(part)))
  for (const [index, part] of parts.entries()) {
    if (left <= 0) break
    const text = cleanOf(part)
    const wide = columns[index] ?? 0
    // What follows a cut piece would stand after its `…`, as if nothing were missing.
    const isCut = wide > left || (wide === left && columns.slice(index + 1).some((one) => one > 0))
    const shown = isCut ? cutTo(text, left) : text
    line += styledText(shown, part)
    left = isCut ? left - widthOf(shown) : left - wide
    if (isCut) break
  }
  return line + ' '.repeat(Math.max(0, left))
}

/** Left parts and right parts on one line; the right ones are kept whole where both do not fit. */
export function spreadLine(left: readonly Part[], right: readonly Part[], width: number): string {
  const wide = right.reduce((sum, part) => sum + widthOf(cleanOf(part)), 0)
  if (wide === 0) return fitLine(left, width)
  if (wide + 2 > width) return fitLine(right, width)
  return fitLine(left, width - wide - 1) + ' ' + fitLine(right, wide)
}

/** Text of at most `width` columns, cut in the middle: the start and the end of a name say most. */
export function cutMiddle(text: string, width: number): string {
  const clean = cleanLine(text)
  if (widthOf(clean) <= width) return clean
  if (width <= 3) return cut(clean, width)
  const head = Math.ceil((width - 1) / 2)
  const start = cut(clean, head + 1).slice(0, -1)
  const letters = Array.from(clean)
  let end = ''
  for (let index = letters.length - 1; index >= 0; index -= 1) {
    const next = (letters[index] ?? '') + end
    if (widthOf(next) > width - 1 - widthOf(start)) break
    end = next
  }
  return `${start}…${end}`
}

/**
 * Styled parts on as many lines as they need: broken between letters, since code has no words, and
 * continued under an indent of `hanging` columns.
 */
export function wrapParts(
  parts: readonly Part[],
  width: number,
  hanging = 0,
): readonly (readonly Part[])[] {
  const lines: Part[][] = [[]]
  let left = Math.max(1, width)
  for (const part of parts) {
    const style = typeof part === 'string' ? null : part.style
    let text = cleanOf(part)
    while (widthOf(text) > left) {
      const [head = ''] = left > 0 ? pieces(text, left) : ['']
      if (left > 0) lines.at(-1)?.push(piece(head, style))
      text = text.slice(left > 0 ? head.length : 0)
      lines.push([' '.repeat(hanging)])
      left = Math.max(1, width - hanging)
    }
    if (text !== '') lines.at(-1)?.push(piece(text, style))
    left -= widthOf(text)
  }
  return lines
}

/** The facts after one another as far as they are whole within `width` columns; the first always. */
export function factsText(
  start: string,
  [first = '', ...more]: readonly string[],
  width: number,
): string {
  return more.reduce((text, fact) => {
    const longer = `${text} · ${fact}`
    return widthOf(longer) < width ? longer : text
  }, `${start}${first}`)
}

function cutTo(text: string, width: number): string {
  const short = cut(text, width)
  return short === text ? cut(`${text} `, width) : short
}

function cleanOf(part: Part): string {
  return cleanLine(typeof part === 'string' ? part : part.text)
}

function styledText(text: string, part: Part): string {
  return typeof part === 'string' || part.style === null ? text : part.style(text)
}
