/** SQL text in pieces, in the spellings of the clients that write it. */

/** How a client's SQL is spelled where that decides what a quote means. */
export interface Spelling {
  /** A backslash in a string escapes the character after it. */
  readonly backslashEscapes: boolean
  /** Double quotes hold a string, not a name. */
  readonly doubleQuotedStrings: boolean
}

/** Standard SQL: what the neutral form of an expression is written in. */
export const STANDARD: Spelling = { backslashEscapes: false, doubleQuotedStrings: false }

/** A piece of SQL; the texts of all pieces joined are the whole. */
export interface Piece {
  readonly kind: 'blank' | 'string' | 'name' | 'word' | 'number' | 'sign'
  readonly text: string
}

const BLANK = String.raw`--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+`
const ESCAPE_STRING = String.raw`[eE]'(?:[^'\\]|\\[\s\S]|'')*'`
const DOLLAR_STRING = String.raw`\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$`
const PLAIN_STRING = String.raw`'(?:[^']|'')*'`
const BACKSLASH_STRING = String.raw`'(?:[^'\\]|\\[\s\S]|'')*'`
const DOUBLE_STRING = String.raw`"(?:[^"\\]|\\[\s\S]|"")*"`
const DOUBLE_NAME = String.raw`"(?:[^"]|"")*"`
const BACKTICK_NAME = '`(?:[^`]|``)*`'
const REST = String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|::|[\s\S]`

const PATTERNS = new Map<string, RegExp>()

/** The pieces of SQL text, in order; a quote that never closes is a sign of its own. */
export function piecesOf(sql: string, spelling: Spelling = STANDARD): readonly Piece[] {
  const pieces: Piece[] = []
  for (const match of sql.matchAll(patternFor(spelling))) {
    pieces.push({ kind: kindOf(match.groups ?? {}), text: match[0] })
  }
  return pieces
}

/** The pieces that are neither white space nor comments. */
export function solidPieces(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece) => piece.kind !== 'blank')
}

/** The pieces of each statement, without the semicolons between them; none for one that says nothing. */
export function statementsIn(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const statements: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'sign' && piece.text === ';') statements.push([])
    else statements.at(-1)?.push(piece)
  }
  return statements.filter((statement) => statement.some(({ kind }) => kind !== 'blank'))
}

/** The text of a statement without its comments and with its strings emptied: every word is its own. */
export function bareText(pieces: readonly Piece[]): string {
  const texts = pieces.map(({ kind, text }) =>
    kind === 'blank' ? ' ' : kind === 'string' ? "''" : text,
  )
  return texts.join('').trim()
}

/** A name in double quotes, as expressions hold it in their neutral form. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The name in a quoted piece. */
export function unquotedName(text: string): string {
  const quote = text.charAt(0)
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

/** A string literal of standard SQL; in a spelling with escapes, its backslashes doubled. */
export function quotedString(value: string, spelling: Spelling = STANDARD): string {
  const text = value.replaceAll("'", "''")
  return `'${spelling.backslashEscapes ? text.replaceAll('\\', '\\\\') : text}'`
}

/** The place of the `)` that closes the `(` at `open`; -1 where none does. */
export function closingPlace(pieces: readonly Piece[], open: number): number {
  let depth = 0
  for (let at = open; at < pieces.length; at += 1) {
    const text = pieces[at]?.text
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    if (depth === 0) return at
  }
  return -1
}

/** The text of the pieces from `start` up to `end`, without white space at either end. */
export function textOf(pieces: readonly Piece[], start = 0, end = pieces.length): string {
  return pieces
    .slice(start, end)
    .map((piece) => piece.text)
    .join('')
    .trim()
}

function patternFor(spelling: Spelling): RegExp {
  const key = `${spelling.backslashEscapes}${spelling.doubleQuotedStrings}`
  const known = PATTERNS.get(key)
  if (known !== undefined) return known
  const strings = spelling.backslashEscapes
    ? [BACKSLASH_STRING]
    : [ESCAPE_STRING, DOLLAR_STRING, PLAIN_STRING]
  if (spelling.doubleQuotedStrings) strings.push(DOUBLE_STRING)
  const names = spelling.doubleQuotedStrings ? BACKTICK_NAME : `${DOUBLE_NAME}|${BACKTICK_NAME}`
  const made = new RegExp(
    `(?<blank>${BLANK})|(?<string>${strings.join('|')})|(?<name>${names})|${REST}`,
    'gu',
  )
  PATTERNS.set(key, made)
  return made
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Piece['kind'] {
  if (groups.word !== undefined) return 'word'
  if (groups.blank !== undefined) return 'blank'
  if (groups.string !== undefined) return 'string'
  if (groups.name !== undefined) return 'name'
  return groups.number === undefined ? 'sign' : 'number'
}
