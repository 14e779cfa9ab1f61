/** Colours and signs of the screens, by meaning. Without colour weight, inversion and words remain. */
import { ASCII_LANES, UNICODE_LANES, type LaneGlyphs } from '../../present/lane-text.js'
import { asciiLine } from './ascii-line.js'

/** Puts a style around text; nested styles end by themselves, never by a reset of everything. */
export type Style = (text: string) => string

/** Signs that are drawn; each is one column wide. */
export interface Signs {
  readonly applied: string
  readonly current: string
  readonly pending: string
  readonly merge: string
  readonly missing: string
  readonly failed: string
  readonly done: string
  readonly running: readonly string[]
  readonly waiting: string
  readonly marker: string
  readonly danger: string
  readonly question: string
  readonly added: string
  readonly removed: string
  readonly changed: string
  readonly equal: string
  readonly ticked: string
  readonly unticked: string
  readonly arrow: string
  readonly more: string
  readonly cursor: string
}

/** The lines around panes. */
export interface Borders {
  readonly topLeft: string
  readonly topRight: string
  readonly bottomLeft: string
  readonly bottomRight: string
  readonly across: string
  readonly down: string
}

export interface UiTheme {
  readonly strong: Style
  readonly faint: Style
  readonly inverse: Style
  readonly underline: Style
  readonly good: Style
  readonly bad: Style
  readonly warn: Style
  readonly note: Style
  readonly name: Style
  readonly signs: Signs
  readonly borders: Borders
  readonly lanes: LaneGlyphs
  /** A line, or several, in the signs that the terminal can show. */
  readonly spell: (text: string) => string
}

const SIGNS: Signs = {
  applied: '●',
  current: '◆',
  pending: '○',
  merge: '◎',
  missing: '✗',
  failed: '✗',
  done: '✓',
  running: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  waiting: '·',
  marker: '▸',
  danger: '!',
  question: '?',
  added: '+',
  removed: '-',
  changed: '~',
  equal: '=',
  ticked: '[x]',
  unticked: '[ ]',
  arrow: '→',
  more: '…',
  cursor: '▌',
}

const ASCII_SIGNS: Signs = {
  ...SIGNS,
  applied: '*',
  current: '@',
  pending: 'o',
  merge: 'M',
  missing: 'x',
  failed: 'x',
  done: '*',
  running: ['|', '/', '-', '\\'],
  waiting: '.',
  marker: '>',
  arrow: '->',
  // Not `~`, which marks what differs.
  more: '...',
  cursor: '_',
}

const ROUND: Borders = {
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  across: '─',
  down: '│',
}

const PLAIN: Borders = {
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  across: '-',
  down: '|',
}

/** What the terminal can show. */
export interface UiAbilities {
  readonly colour: boolean
  readonly unicode: boolean
}

/**
 * The theme for a terminal. Only the 16 colours that every palette defines are used, on the
 * terminal's own background, so that light and dark both work.
 */
export function uiTheme({ colour, unicode }: UiAbilities): UiTheme {
  const hue = (open: number): Style => (colour ? styled(open, 39) : plain)
  return {
    strong: styled(1, 22),
    faint: colour ? styled(2, 22) : plain,
    inverse: styled(7, 27),
    underline: styled(4, 24),
    good: hue(32),
    bad: hue(31),
    warn: hue(33),
    note: hue(35),
    name: hue(36),
    signs: unicode ? SIGNS : ASCII_SIGNS,
    borders: unicode ? ROUND : PLAIN,
    lanes: unicode ? UNICODE_LANES : ASCII_LANES,
    spell: unicode ? plain : asciiLine,
  }
}

function styled(open: number, close: number): Style {
  return (text) => (text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`)
}

const plain: Style = (text) => text
