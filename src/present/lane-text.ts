/** Lanes as text, in the signs that a terminal can show. */
import type { LaneCell, LaneRow } from './lanes.js'

export type LaneGlyphs = Readonly<Record<LaneCell, string>>

export const UNICODE_LANES: LaneGlyphs = {
  empty: ' ',
  commit: '●',
  vertical: '│',
  broken: '┊',
  horizontal: '─',
  crossing: '┼',
  upLeft: '╯',
  upRight: '╰',
  downLeft: '╮',
  downRight: '╭',
  verticalLeft: '┤',
  verticalRight: '├',
  upHorizontal: '┴',
  downHorizontal: '┬',
}

export const ASCII_LANES: LaneGlyphs = {
  empty: ' ',
  commit: '*',
  vertical: '|',
  broken: ':',
  horizontal: '-',
  crossing: '+',
  upLeft: "'",
  upRight: '`',
  downLeft: '.',
  downRight: '.',
  verticalLeft: '+',
  verticalRight: '+',
  upHorizontal: '^',
  downHorizontal: 'v',
}

/** A row as text, two columns a lane, `commit` in place of its own sign. */
export function laneText(row: LaneRow, glyphs: LaneGlyphs, commit = glyphs.commit): string {
  let text = ''
  for (const [index, cell] of row.cells.entries()) {
    if (index > 0) {
      text += index > row.from && index <= row.to ? glyphs.horizontal : ' '
    }
    text += cell === 'commit' ? commit : glyphs[cell]
  }
  return text
}
