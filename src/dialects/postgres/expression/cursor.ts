/** A place in a list of tokens, for the parsers of expressions and types. */
import type { Token } from './lexer.js'

/** The text is no expression that the parser knows. It never leaves this folder. */
export class UnknownSyntax extends Error {}

export interface Cursor {
  /** The token here, or `ahead` places further; undefined behind the last. */
  peek(ahead?: number): Token | undefined
  /** The token here, and goes on. @throws UnknownSyntax behind the last */
  next(): Token
  /** Whether these bare words or signs come next, one after the other. */
  isNext(...values: readonly string[]): boolean
  /** Goes on behind them where they come next. */
  skip(...values: readonly string[]): boolean
  /** Goes on behind them. @throws UnknownSyntax where something else comes */
  expect(...values: readonly string[]): void
}

export function createCursor(tokens: readonly Token[]): Cursor {
  let at = 0
  const isAt = (place: number, value: string): boolean => {
    const token = tokens[place]
    return token?.value === value && token.kind !== 'string' && token.kind !== 'quoted'
  }
  const isNext = (...values: readonly string[]): boolean =>
    values.every((value, i) => isAt(at + i, value))
  const skip = (...values: readonly string[]): boolean => {
    const found = isNext(...values)
    if (found) at += values.length
    return found
  }
  return {
    peek: (ahead = 0) => tokens[at + ahead],
    next() {
      const token = tokens[at]
      if (token === undefined) throw new UnknownSyntax('it ends too early')
      at += 1
      return token
    },
    isNext,
    skip,
    expect(...values) {
      if (!skip(...values)) throw new UnknownSyntax(`${values.join(' ')} is missing`)
    },
  }
}
