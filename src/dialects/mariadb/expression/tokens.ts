/** SQL of MariaDB and of neutral expressions in pieces; both keep backslash escapes in strings. */
import { quoteText } from '../quote.js'

/** A piece of SQL; the texts of all pieces joined are the whole. */
export interface Token {
  readonly kind: 'blank' | 'string' | 'quoted' | 'word' | 'number' | 'binary' | 'sign'
  readonly text: string
}

const BLANK = String.raw`--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+`
const STRING = String.raw`'(?:[^'\\]|\\[\s\S]|'')*'`
const QUOTED = '`(?:[^`]|``)*`|"(?:[^"]|"")*"'
const BINARY = String.raw`[xXbB]'[\da-fA-F]*'`
const NUMBER = String.raw`\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?`
const WORD = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`
const SIGN = String.raw`<=>|<>|!=|<=|>=|==|\|\||&&|<<|>>|:=|[\s\S]`

const PIECE = new RegExp(
  `(?<blank>${BLANK})|(?<binary>${BINARY})|(?<string>${STRING})|(?<quoted>${QUOTED})|(?<number>${NUMBER})|(?<word>${WORD})|(?<sign>${SIGN})`,
  'gu',
)

const KINDS: readonly Token['kind'][] = ['blank', 'binary', 'string', 'quoted', 'number', 'word']

/** The pieces of a text, in order; a quote that never closes is a sign. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of sql.matchAll(PIECE)) {
    const groups = match.groups ?? {}
    const kind = KINDS.find((each) => groups[each] !== undefined) ?? 'sign'
    tokens.push({ kind, text: match[0] })
  }
  return tokens
}

/** The pieces that are neither white space nor comments. */
export function solidTokens(sql: string): readonly Token[] {
  return tokensOf(sql).filter((token) => token.kind !== 'blank')
}

/** The name in quotes of either kind. */
export function unquoted(text: string): string {
  const quote = text.at(-1) ?? ''
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
}

/** The value of a string literal (https://mariadb.com/kb/en/string-literals/). */
export function stringValue(text: string): string {
  return text.slice(1, -1).replaceAll(/''|\\([\s\S])/g, (both: string, escaped?: string) => {
    if (escaped === undefined) return "'"
    // `\%` and `\_` keep their backslash: they are for patterns.
    return ESCAPES[escaped] ?? (escaped === '%' || escaped === '_' ? both : escaped)
  })
}

/** The value as one spelling of it: `''` and `\\` and nothing else escaped. */
export function stringText(value: string): string {
  return quoteText(value)
}
