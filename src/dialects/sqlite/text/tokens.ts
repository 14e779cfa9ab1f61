/** SQL as SQLite's own tokenizer cuts it (https://sqlite.org/src/file/src/tokenize.c), with places in the text. */

export interface Token {
  /** `quoted` is an identifier in `"…"`, `` `…` `` or `[…]`; `sign` is an operator or punctuation. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'blob' | 'sign'
  readonly text: string
  readonly start: number
  /** The place behind the last character. */
  readonly end: number
}

const SPACE = String.raw`[ \t-\r]+|--[^\n]*\n?|/\*[\s\S]*?(?:\*/|$)`
const IN_QUOTES = String.raw`'[^']*(?:''[^']*)*'?|"[^"]*(?:""[^"]*)*"?|\x60[^\x60]*(?:\x60\x60[^\x60]*)*\x60?|\[[^\]]*\]?`
const NUMBER = String.raw`0[xX][\da-fA-F_]+|(?:\d|\.\d)(?:[eE][+-]|[\w.])*`
const WORD = String.raw`[xX]'[^']*'?|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*`
const SIGN = String.raw`->>?|\|\||<[<=>]|>[>=]|==|!=|[\s\S]`

// A thousand tables are a million characters: regular expressions run at full speed from the first one on.
const PIECE = new RegExp(`${SPACE}|${WORD}|${IN_QUOTES}|${NUMBER}|${SIGN}`, 'y')
const OUTER = new RegExp(`${IN_QUOTES}|--[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)|[(),]`, 'g')

/** The tokens of a text, without white space and comments. What nobody closed ends with the text. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = []
  for (let start = 0; start < sql.length; start = PIECE.lastIndex) {
    PIECE.lastIndex = start
    PIECE.test(sql)
    const end = PIECE.lastIndex
    const kind = kindAt(sql, start)
    if (kind !== null) tokens.push({ kind, text: sql.slice(start, end), start, end })
  }
  return tokens
}

/**
 * The places of the first parenthesis, of the commas in it and in no other, and of the one that
 * closes it; empty where there is none. The same as by tokens, without making them.
 */
export function outerPlaces(sql: string): readonly number[] {
  const places: number[] = []
  let depth = 0
  OUTER.lastIndex = 0
  for (let match = OUTER.exec(sql); match !== null; match = OUTER.exec(sql)) {
    if (match[0] === '(') {
      if (depth === 0) places.push(match.index)
      depth += 1
    } else if (match[0] === ')') {
      depth -= 1
      if (depth === 0) return [...places, match.index]
    } else if (match[0] === ',' && depth === 1) places.push(match.index)
  }
  return []
}

/** Whether a token is this bare word, written in any case. `word` is in lower case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return (
    token?.kind === 'word' && token.text.length === word.length && token.text.toLowerCase() === word
  )
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign
}

/** What an identifier names, quotes taken off. SQLite reads a string in an identifier's place as one. */
export function nameOf(token: Token): string {
  if (token.kind === 'word') return token.text
  const inside = token.text.slice(1, -1)
  const quote = token.text.charAt(0)
  return quote === '[' ? inside : inside.replaceAll(quote + quote, quote)
}

/** What begins here, by its first characters; null for white space and comments. */
function kindAt(sql: string, at: number): Token['kind'] | null {
  const code = sql.charCodeAt(at)
  const next = sql.charCodeAt(at + 1)
  if (isNameStart(code)) return (code === 120 || code === 88) && next === 39 ? 'blob' : 'word'
  if (code === 32 || (code >= 9 && code <= 13)) return null
  if ((code === 45 && next === 45) || (code === 47 && next === 42)) return null
  if (code === 39) return 'string'
  if (code === 34 || code === 96 || code === 91) return 'quoted'
  return isDigit(code) || (code === 46 && isDigit(next)) ? 'number' : 'sign'
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127
}
