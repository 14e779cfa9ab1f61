/** SQL expressions read into trees, by the precedence of MariaDB's operators. */
import type { Pipes, TokenReader } from './token-reader.js'
import { accept, expect, nameOf, NotUnderstood, take, wordAt } from './token-reader.js'
import type { Token } from './tokens.js'
import { solidTokens, stringValue } from './tokens.js'

/** An expression; `op` of a `call` is a function's or an operator's name in lower case. */
export type Node =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string'; readonly value: string }
  /** A number, `null`, `x'61'`, `interval`'s unit: what stands as it is. */
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'function'; readonly op: string; readonly args: readonly Node[] }
  | { readonly kind: 'operator'; readonly op: string; readonly args: readonly Node[] }

/** The tree of an expression; null where something in it is not understood. */
export function parseExpression(sql: string): Node | null {
  const tokens = solidTokens(sql)
  const tree = parseTokens(tokens, 'concat')
  // `a > 1 || b > 2` read as joined text compares a comparison: then `or` was meant.
  const isOr = tree !== null && tokens.some(({ text }) => text === '||') && comparesComparison(tree)
  return isOr ? parseTokens(tokens, 'or') : tree
}

const BINARY: Readonly<Record<string, number>> = {
  or: 1,
  xor: 2,
  and: 3,
  '&&': 3,
  '=': 6,
  '==': 6,
  '<=>': 6,
  '>=': 6,
  '>': 6,
  '<=': 6,
  '<': 6,
  '<>': 6,
  '!=': 6,
  '|': 7,
  '&': 8,
  '<<': 9,
  '>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '%': 11,
  div: 11,
  mod: 11,
  '^': 12,
}
const NOT = 4
const COMPARISON = 6
const CONCAT = 13
const SIGN = 14
const COLLATE = 15

const COMPARISONS = new Set(['=', '<=>', '>=', '>', '<=', '<', '<>', 'between', 'in', 'like', 'is'])

function parseTokens(tokens: readonly Token[], pipes: Pipes): Node | null {
  const reader: TokenReader = { tokens, pipes, at: 0 }
  try {
    const tree = readBinary(reader, 0)
    return reader.at === tokens.length ? tree : null
  } catch (thrown) {
    if (thrown instanceof NotUnderstood) return null
    throw thrown
  }
}

function comparesComparison(tree: Node): boolean {
  if (tree.kind !== 'operator' && tree.kind !== 'function') return false
  const isComparison = tree.kind === 'operator' && COMPARISONS.has(tree.op)
  const below = tree.args.some(
    (each) => each.kind === 'operator' && COMPARISONS.has(each.op) && isComparison,
  )
  return below || tree.args.some(comparesComparison)
}

function readBinary(reader: TokenReader, least: number): Node {
  let left = readPrefix(reader)
  for (;;) {
    const further = readFurther(reader, left, least)
    if (further === null) return left
    left = further
  }
}

/** `left` with the operator that follows it; null where none follows that binds at least so tightly. */
function readFurther(reader: TokenReader, left: Node, least: number): Node | null {
  const word = wordAt(reader)
  if (word === null) return null
  if (word === '||') {
    const [level, op] = reader.pipes === 'concat' ? [CONCAT, 'concat'] : [1, 'or']
    if (level < least) return null
    reader.at += 1
    const args = [left, readBinary(reader, level + 1)]
    return op === 'concat' ? { kind: 'function', op, args } : { kind: 'operator', op, args }
  }
  const level = BINARY[word]
  if (level !== undefined) {
    if (level < least) return null
    reader.at += 1
    return { kind: 'operator', op: operatorName(word), args: [left, readBinary(reader, level + 1)] }
  }
  if (word === 'collate' && COLLATE >= least) {
    reader.at += 1
    const name = take(reader)
    return operator('collate', left, { kind: 'plain', text: nameOf(name).toLowerCase() })
  }
  return COMPARISON >= least ? readPredicate(reader, left) : null
}

/** `is`, `in`, `like`, `between` and their kin, with or without `not`. */
function readPredicate(reader: TokenReader, left: Node): Node | null {
  const start = reader.at
  const isNot = accept(reader, 'not')
  const negated = (node: Node): Node => (isNot ? operator('not', node) : node)
  if (accept(reader, 'between')) {
    const low = readBinary(reader, COMPARISON + 1)
    expect(reader, 'and')
    return negated(operator('between', left, low, readBinary(reader, COMPARISON + 1)))
  }
  if (accept(reader, 'in')) {
    expect(reader, '(')
    return negated(operator('in', left, ...readList(reader)))
  }
  if (accept(reader, 'like')) {
    const pattern = readBinary(reader, COMPARISON + 1)
    const escape = accept(reader, 'escape') ? [readBinary(reader, COMPARISON + 1)] : []
    return negated(operator('like', left, pattern, ...escape))
  }
  if (accept(reader, 'regexp') || accept(reader, 'rlike')) {
    return negated(operator('regexp', left, readBinary(reader, COMPARISON + 1)))
  }
  if (!isNot && accept(reader, 'is')) {
    const isIsNot = accept(reader, 'not')
    const what = operator('is', left, { kind: 'plain', text: take(reader).text.toLowerCase() })
    return isIsNot ? operator('not', what) : what
  }
  reader.at = start
  return null
}

function readPrefix(reader: TokenReader): Node {
  if (accept(reader, 'not')) return operator('not', readBinary(reader, NOT + 1))
  if (accept(reader, '!')) return operator('not', readBinary(reader, SIGN))
  if (accept(reader, '+')) return readBinary(reader, SIGN)
  if (accept(reader, '-')) {
    const of = readBinary(reader, SIGN)
    const isNumber = of.kind === 'plain' && /^[\d.]/.test(of.text)
    return isNumber ? { kind: 'plain', text: `-${of.text}` } : operator('negative', of)
  }
  if (accept(reader, '~')) return operator('~', readBinary(reader, SIGN))
  return readPrimary(reader)
}

function readPrimary(reader: TokenReader): Node {
  const token = take(reader)
  switch (token.kind) {
    case 'number':
    case 'binary':
      return { kind: 'plain', text: token.text.toLowerCase() }
    case 'string':
      return { kind: 'string', value: stringValue(token.text) }
    case 'sign': {
      if (token.text !== '(') throw new NotUnderstood()
      const inside = readList(reader)
      const [only] = inside
      return only !== undefined && inside.length === 1 ? only : operator('row', ...inside)
    }
    default:
      return readNamed(reader, token)
  }
}

function readNamed(reader: TokenReader, token: Token): Node {
  const word = token.kind === 'word' ? token.text.toLowerCase() : ''
  if (word === 'case') return readCase(reader)
  if (word === 'interval') {
    const amount = readBinary(reader, 0)
    return operator('interval', amount, { kind: 'plain', text: take(reader).text.toLowerCase() })
  }
  const next = reader.tokens[reader.at]
  if (token.kind === 'word' && next?.text === '(') return readCall(reader, word)
  // `_utf8mb4'a'` is the string, `date '2026-01-01'` a date.
  if (next?.kind === 'string' && token.kind === 'word') {
    const value = readPrimary(reader)
    return word.startsWith('_') ? value : operator(`literal ${word}`, value)
  }
  if (/^(?:select|exists|with|any|all|some|distinct|array|row)$/.test(word))
    throw new NotUnderstood()
  if (/^(?:null|true|false)$/.test(word)) return { kind: 'plain', text: word }
  if (/^(?:current_(?:timestamp|date|time|user)|local(?:time|timestamp))$/.test(word)) {
    return { kind: 'function', op: word, args: [] }
  }
  let name = nameOf(token)
  // A column's table in front of it says nothing in a table's own expressions.
  while (accept(reader, '.')) name = nameOf(take(reader))
  return { kind: 'name', name }
}

function readCall(reader: TokenReader, name: string): Node {
  expect(reader, '(')
  if (name === 'cast' || name === 'convert') {
    const what = readBinary(reader, 0)
    if (!accept(reader, 'as') && !accept(reader, ',')) throw new NotUnderstood()
    const type: string[] = []
    for (let depth = 0; !(depth === 0 && accept(reader, ')'));) {
      const { text } = take(reader)
      depth += text === '(' ? 1 : text === ')' ? -1 : 0
      type.push(text.toLowerCase())
    }
    return operator('cast', what, { kind: 'plain', text: castType(type.join(' ')) })
  }
  if (accept(reader, ')')) return { kind: 'function', op: name, args: [] }
  return { kind: 'function', op: name, args: readList(reader) }
}

function castType(type: string): string {
  return type
    .replace(/ ?\b(?:charset|character set) (?!binary\b)\w+/, '')
    .replace(/\b(signed|unsigned) integer\b/, '$1')
    .replaceAll(/ ?([(),]) ?/g, '$1')
}

function readCase(reader: TokenReader): Node {
  const parts: Node[] = []
  if (!accept(reader, 'when')) {
    parts.push(operator('of', readBinary(reader, 0)))
    expect(reader, 'when')
  }
  do {
    const when = readBinary(reader, 0)
    expect(reader, 'then')
    parts.push(operator('when', when, readBinary(reader, 0)))
  } while (accept(reader, 'when'))
  if (accept(reader, 'else')) parts.push(operator('else', readBinary(reader, 0)))
  expect(reader, 'end')
  return operator('case', ...parts)
}

/** Expressions up to the `)` that closes them. */
function readList(reader: TokenReader): readonly Node[] {
  const list = [readBinary(reader, 0)]
  while (accept(reader, ',')) list.push(readBinary(reader, 0))
  expect(reader, ')')
  return list
}

function operator(op: string, ...args: readonly Node[]): Node {
  return { kind: 'operator', op, args }
}

function operatorName(word: string): string {
  const names: Readonly<Record<string, string>> = { '&&': 'and', '==': '=', '!=': '<>', mod: '%' }
  return names[word] ?? word
}
