/** The size and the lines of what stands over a screen. */
import { cleanText } from '../../present/clean.js'
import { pieces, widthOf, wrap } from '../../present/text-width.js'
import type { Size } from '../state.js'
import { fitLine, type Part } from './line.js'

/** A popup's place: from which column and row, and how large with its frame. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** In the middle of the screen, no larger than it, for so many lines of so many columns. */
export function placeFor(
  { columns, rows }: Size,
  { width, height }: { readonly width: number; readonly height: number },
): Place {
  const wide = Math.min(columns, Math.max(24, width + 4))
  const high = Math.min(rows, height + 2)
  return {
    left: Math.max(0, Math.floor((columns - wide) / 2)),
    top: Math.max(0, Math.floor((rows - high) / 3)),
    width: wide,
    height: high,
  }
}

/** Foreign text wrapped into lines of at most `width` columns; nothing is left out. */
export function wrapped(text: string, width: number): readonly string[] {
  const room = Math.max(1, width)
  return cleanText(text)
    .split('\n')
    .flatMap((paragraph) => (widthOf(paragraph) <= room ? [paragraph] : wrap(paragraph, room)))
    .flatMap((line) => pieces(line, room))
}

/** Lines that are one part each, fitted. */
export function fitted(lines: readonly (readonly Part[])[], width: number): readonly string[] {
  return lines.map((parts) => fitLine(parts, width))
}
