/** Reads tokens one after the other: what the parsers of CREATE TABLE and CREATE INDEX share. */
import type { Token } from './tokens.js'
import { isSign, isWord, nameOf, tokensOf } from './tokens.js'

/** A text of the database that our parsers do not understand: a fault of ours, named by the caller. */
export class UnreadableText extends Error {}

/** A text and the place in it; the functions below move `at`. A thousand tables make ten thousand of them. */
export interface Reader {
  readonly sql: string
  readonly tokens: readonly Token[]
  at: number
}

export function readerOf(sql: string): Reader {
  return { sql, tokens: tokensOf(sql), at: 0 }
}

export function peek(reader: Reader, ahead = 0): Token | undefined {
  return reader.tokens[reader.at + ahead]
}

/** The bare word that comes next, in lower case; empty where none does. */
export function nextWord(reader: Reader): string {
  const token = peek(reader)
  return token?.kind === 'word' ? token.text.toLowerCase() : ''
}

export function take(reader: Reader): Token {
  const token = peek(reader)
  if (token === undefined) throw new UnreadableText(`The text ends early: ${reader.sql}`)
  reader.at += 1
  return token
}

/** Takes these bare words when they come next; they are in lower case. */
export function takeWords(reader: Reader, first: string, second?: string, third?: string): boolean {
  if (!isWord(peek(reader), first)) return false
  if (second !== undefined && !isWord(peek(reader, 1), second)) return false
  if (third !== undefined && !isWord(peek(reader, 2), third)) return false
  reader.at += third !== undefined ? 3 : second !== undefined ? 2 : 1
  return true
}

export function takeSign(reader: Reader, sign: string): boolean {
  if (!isSign(peek(reader), sign)) return false
  reader.at += 1
  return true
}

/** Takes an identifier and gives what it names. */
export function takeName(reader: Reader): string {
  const token = take(reader)
  if (token.kind === 'sign' || token.kind === 'number' || token.kind === 'blob') {
    throw new UnreadableText(`No name at ${token.start}: ${reader.sql}`)
  }
  return nameOf(token)
}

/** Takes `( … )` and gives what is inside, verbatim and trimmed. */
export function takeParentheses(reader: Reader): string {
  const open = take(reader)
  if (!isSign(open, '(')) {
    throw new UnreadableText(`No parenthesis at ${open.start}: ${reader.sql}`)
  }
  for (let depth = 1; ;) {
    const token = take(reader)
    if (isSign(token, '(')) depth += 1
    else if (isSign(token, ')')) depth -= 1
    if (depth === 0) return reader.sql.slice(open.end, token.start).trim()
  }
}

/** The end of the last token that was taken. */
export function endOf(reader: Reader): number {
  return reader.tokens[reader.at - 1]?.end ?? 0
}

export function isDone(reader: Reader): boolean {
  return reader.at >= reader.tokens.length
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
