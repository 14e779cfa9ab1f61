/** SQL as SQLite's own tokenizer cuts it (https://sqlite.org/src/file/src/tokenize.c), with places in the text. */

export interface Token {
  /** `quoted` is an identifier in `"…"`, `` `…` `` or `[…]`; `sign` is an operator or punctuation. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'blob' | 'sign'
  readonly text: string
  readonly start: number
  /** The place behind the last character. */
  readonly end: number
}

/** Signs of more than one character, by their first. */
const LONG_SIGNS: Readonly<Record<string, readonly string[]>> = {
  '-': ['->>', '->'],
  '|': ['||'],
  '<': ['<<', '<=', '<>'],
  '>': ['>>', '>='],
  '=': ['=='],
  '!': ['!='],
}

/** The tokens of a text, without white space and comments. What nobody closed ends with the text. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < sql.length) {
    const code = sql.charCodeAt(at)
    const blank = blankEnd(sql, at, code)
    if (blank > at) {
      at = blank
      continue
    }
    const token = tokenAt(sql, at, code)
    tokens.push(token)
    at = token.end
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
  for (let at = 0; at < sql.length;) {
    const code = sql.charCodeAt(at)
    if (code === 40) {
      if (depth === 0) places.push(at)
      depth += 1
    } else if (code === 41) {
      depth -= 1
      if (depth === 0) return [...places, at]
    } else if (code === 44 && depth === 1) places.push(at)
    at = pieceEnd(sql, at, code)
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

function tokenAt(sql: string, start: number, code: number): Token {
  if (isNameStart(code)) {
    const isBlob = (code === 120 || code === 88) && sql.charCodeAt(start + 1) === 39
    return isBlob
      ? tokenOf('blob', sql, start, quotedEnd(sql, start + 1, 39))
      : tokenOf('word', sql, start, nameEnd(sql, start))
  }
  if (code === 39) return tokenOf('string', sql, start, quotedEnd(sql, start, 39))
  if (code === 34 || code === 96) {
    return tokenOf('quoted', sql, start, quotedEnd(sql, start, code))
  }
  if (code === 91) return tokenOf('quoted', sql, start, bracketEnd(sql, start))
  if (isDigit(code) || (code === 46 && isDigit(sql.charCodeAt(start + 1)))) {
    return tokenOf('number', sql, start, numberEnd(sql, start))
  }
  const long = LONG_SIGNS[sql.charAt(start)]?.find((sign) => sql.startsWith(sign, start))
  return tokenOf('sign', sql, start, start + (long?.length ?? 1))
}

function tokenOf(kind: Token['kind'], sql: string, start: number, end: number): Token {
  return { kind, text: sql.slice(start, end), start, end }
}

/** The end of a comment or of what is in quotes; else the next character. */
function pieceEnd(sql: string, at: number, code: number): number {
  if (code === 39 || code === 34 || code === 96) return quotedEnd(sql, at, code)
  if (code === 91) return bracketEnd(sql, at)
  return Math.max(at + 1, blankEnd(sql, at, code))
}

/** The end of white space or a comment that begins here; `at` where none does. */
function blankEnd(sql: string, at: number, code: number): number {
  if (code === 32 || (code >= 9 && code <= 13)) return at + 1
  if (code === 45 && sql.charCodeAt(at + 1) === 45) {
    const end = sql.indexOf('\n', at)
    return end === -1 ? sql.length : end + 1
  }
  if (code === 47 && sql.charCodeAt(at + 1) === 42) {
    const end = sql.indexOf('*/', at + 2)
    return end === -1 ? sql.length : end + 2
  }
  return at
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127
}

function nameEnd(sql: string, start: number): number {
  let end = start + 1
  for (let code = sql.charCodeAt(end); end < sql.length; code = sql.charCodeAt(++end)) {
    if (!isNameStart(code) && !isDigit(code) && code !== 36) break
  }
  return end
}

/** Digits, a point, an exponent, hexadecimal and `_` between digits. */
function numberEnd(sql: string, start: number): number {
  const match = /^(?:0[xX][\da-fA-F_]+|[\d_]*\.?[\d_]*(?:[eE][+-]?\d[\d_]*)?)/.exec(
    sql.slice(start, start + 400),
  )
  return start + Math.max(1, match?.[0].length ?? 1)
}

function quotedEnd(sql: string, start: number, quote: number): number {
  const sign = String.fromCharCode(quote)
  let end = sql.indexOf(sign, start + 1)
  while (end !== -1 && sql.charCodeAt(end + 1) === quote) end = sql.indexOf(sign, end + 2)
  return end === -1 ? sql.length : end + 1
}

function bracketEnd(sql: string, start: number): number {
  const end = sql.indexOf(']', start)
  return end === -1 ? sql.length : end + 1
}
