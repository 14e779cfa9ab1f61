/** Reads tokens one after the other: what the parsers of CREATE TABLE and CREATE INDEX share. */
import type { Token } from './tokens.js'
import { isSign, isWord, nameOf, tokensOf } from './tokens.js'

/** A text of the database that our parsers do not understand: a fault of ours, named by the caller. */
export class UnreadableText extends Error {}

export interface Reader {
  readonly sql: string
  peek(ahead?: number): Token | undefined
  next(): Token
  /** Takes these bare words when they come next; they are in lower case. */
  words(...words: readonly string[]): boolean
  sign(sign: string): boolean
  /** Takes an identifier and gives what it names. */
  name(): string
  /** Takes `( … )` and gives what is inside, verbatim and trimmed. */
  inParentheses(): string
  /** The end of the last token that was taken. */
  end(): number
  isDone(): boolean
}

export function readerOf(sql: string): Reader {
  const tokens = tokensOf(sql)
  let at = 0
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead]
  const next = (): Token => {
    const token = tokens[at]
    if (token === undefined) throw new UnreadableText(`The text ends early: ${sql}`)
    at += 1
    return token
  }
  return {
    sql,
    peek,
    next,
    words(...words) {
      if (!words.every((word, i) => isWord(peek(i), word))) return false
      at += words.length
      return true
    },
    sign(sign) {
      if (!isSign(peek(), sign)) return false
      at += 1
      return true
    },
    name() {
      const token = next()
      if (token.kind === 'sign' || token.kind === 'number' || token.kind === 'blob') {
        throw new UnreadableText(`No name at ${token.start}: ${sql}`)
      }
      return nameOf(token)
    },
    inParentheses() {
      const open = next()
      if (!isSign(open, '(')) throw new UnreadableText(`No parenthesis at ${open.start}: ${sql}`)
      for (let depth = 1; ;) {
        const token = next()
        if (isSign(token, '(')) depth += 1
        else if (isSign(token, ')')) depth -= 1
        if (depth === 0) return sql.slice(open.end, token.start).trim()
      }
    },
    end: () => tokens[at - 1]?.end ?? 0,
    isDone: () => at >= tokens.length,
  }
}

/** The texts between commas that are in no parentheses, verbatim. */
export function splitAtCommas(sql: string): readonly string[] {
  const pieces: string[] = []
  let depth = 0
  let from = 0
  for (const token of tokensOf(sql)) {
    if (isSign(token, '(')) depth += 1
    else if (isSign(token, ')')) depth -= 1
    else if (depth === 0 && isSign(token, ',')) {
      pieces.push(sql.slice(from, token.start))
      from = token.end
    }
  }
  return [...pieces, sql.slice(from)]
}
