/** Reads the tokens of an expression one after the other. */
import type { Token } from './tokens.js'
import { unquoted } from './tokens.js'

/** What `||` means: joining text, as in standard SQL, or `or`, as MariaDB reads it by default. */
export type Pipes = 'concat' | 'or'

/** Something in the text that is left to the server. */
export class NotUnderstood extends Error {}

/** Where the reading stands. */
export interface TokenReader {
  readonly tokens: readonly Token[]
  readonly pipes: Pipes
  at: number
}

/** The name that a token is. */
export function nameOf(token: Token): string {
  if (token.kind === 'quoted') return unquoted(token.text)
  if (token.kind === 'word') return token.text
  throw new NotUnderstood()
}

/** The word or sign that comes next, in lower case; null where it is neither. */
export function wordAt(reader: TokenReader): string | null {
  const token = reader.tokens[reader.at]
  return token?.kind === 'word' || token?.kind === 'sign' ? token.text.toLowerCase() : null
}

/** Whether the word or sign comes next; then it is read. */
export function accept(reader: TokenReader, word: string): boolean {
  if (wordAt(reader) !== word) return false
  reader.at += 1
  return true
}

/** @throws NotUnderstood where the word or sign does not come next */
export function expect(reader: TokenReader, word: string): void {
  if (!accept(reader, word)) throw new NotUnderstood()
}

/** The next token. @throws NotUnderstood at the end */
export function take(reader: TokenReader): Token {
  const token = reader.tokens[reader.at]
  if (token === undefined) throw new NotUnderstood()
  reader.at += 1
  return token
}
