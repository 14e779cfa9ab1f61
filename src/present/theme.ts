/** How text is styled: words by their meaning, with or without colour, and the signs beside them. */
import { ASCII_LANES, UNICODE_LANES } from './lane-text.js'
import type { LaneGlyphs } from './lane-text.js'

type Style = (text: string) => string

/** Signs that stand beside words; each is one column wide. */
interface Glyphs {
  readonly applied: string
  readonly current: string
  readonly pending: string
  readonly missing: string
  readonly added: string
  readonly removed: string
  readonly changed: string
  readonly question: string
  readonly danger: string
  readonly done: string
  readonly failed: string
  readonly arrow: string
  readonly column: string
}

export interface Theme {
  readonly strong: Style
  readonly faint: Style
  readonly good: Style
  readonly bad: Style
  readonly note: Style
  readonly name: Style
  readonly glyphs: Glyphs
  readonly lanes: LaneGlyphs
}

const SIGNS: Glyphs = {
  applied: '●',
  current: '◆',
  pending: '○',
  missing: '✗',
  added: '+',
  removed: '-',
  changed: '~',
  question: '?',
  danger: '!',
  done: '✓',
  failed: '✗',
  arrow: '→',
  column: '│',
}

const ASCII_SIGNS: Glyphs = {
  ...SIGNS,
  applied: '*',
  current: '@',
  pending: 'o',
  missing: 'x',
  done: '*',
  failed: 'x',
  arrow: '->',
  column: '|',
}

/** What a stream can show. */
export interface Abilities {
  readonly colour: boolean
  readonly unicode: boolean
}

/** The theme for what a stream can show; without colour there is no escape sequence at all. */
export function themeFor({ colour, unicode }: Abilities): Theme {
  const style = (open: number, close: number): Style =>
    colour ? (text) => (text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`) : unstyled
  return {
    strong: style(1, 22),
    faint: style(2, 22),
    good: style(32, 39),
    bad: style(31, 39),
    note: style(35, 39),
    name: style(36, 39),
    glyphs: unicode ? SIGNS : ASCII_SIGNS,
    lanes: unicode ? UNICODE_LANES : ASCII_LANES,
  }
}

const unstyled: Style = (text) => text
