/** Cuts columns out of a line that is styled already. */
import { graphemesOf, widthOf } from '../../present/text-width.js'

const STYLING = /(\u001b\[[\d;:]*m)/

/**
 * What stands in the columns from `from` up to `to`, styled as it is in the line; a space where a wide
 * character is cut in two. Measured as the line was laid out: anything else would move what follows.
 */
export function columnsOf(line: string, from: number, to = Number.POSITIVE_INFINITY): string {
  let shown = ''
  let column = 0
  for (const part of line.split(STYLING)) {
    if (part.startsWith('\u001b')) {
      if (column < to) shown += part
      continue
    }
    for (const character of graphemesOf(part)) {
      const end = column + widthOf(character)
      const isWhole = column >= from && end <= to
      shown += isWhole ? character : ' '.repeat(overlap(column, end, from, to))
      column = end
    }
  }
  return shown === '' || to === Number.POSITIVE_INFINITY ? shown : `${shown}\u001b[0m`
}

function overlap(start: number, end: number, from: number, to: number): number {
  return Math.max(0, Math.min(end, to) - Math.max(start, from))
}
