/** The parts of a key or an index: columns or expressions, each with a collation and an order. */
import { withoutOuterParentheses } from '../expression.js'
import { splitAtCommas } from './reader.js'
import { isWord, nameOf, tokensOf } from './tokens.js'

export interface KeyPart {
  readonly on: { readonly column: string } | { readonly sql: string }
  /** As written; null where nothing is. */
  readonly collation: string | null
  readonly order: 'asc' | 'desc'
}

const NAMES: ReadonlySet<string> = new Set(['word', 'quoted', 'string'])

/** Reads what stands between the parentheses of a key. Expressions are verbatim. */
export function readKeyParts(inside: string): readonly KeyPart[] {
  return splitAtCommas(inside).map(readKeyPart)
}

function readKeyPart(text: string): KeyPart {
  const tokens = tokensOf(text)
  let end = tokens.length
  const isAt = (back: number, word: string): boolean => isWord(tokens[end - back], word)
  if (isAt(2, 'nulls')) end -= 2
  const order = isAt(1, 'desc') ? 'desc' : 'asc'
  if (order === 'desc' || isAt(1, 'asc')) end -= 1
  const collator = isAt(2, 'collate') ? tokens[end - 1] : undefined
  if (collator !== undefined) end -= 2
  const collation = collator === undefined ? null : nameOf(collator)
  const what = tokens.slice(0, end)
  // `((a))` is the column, not an expression.
  const [first, second] = withoutOuterParentheses(what)
  const isName = second === undefined && first !== undefined && NAMES.has(first.kind)
  if (isName) return { on: { column: nameOf(first) }, collation, order }
  return { on: { sql: text.slice(what[0]?.start, what.at(-1)?.end) }, collation, order }
}
