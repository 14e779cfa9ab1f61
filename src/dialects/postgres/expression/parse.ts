/** Parses expressions by PostgreSQL's precedence (manual, 4.1.6), as far as the tree of `node.ts` goes. */
import { createCursor, type Cursor, UnknownSyntax } from './cursor.js'
import { tokensOf } from './lexer.js'
import type { Node } from './node.js'
import { parsePrimary } from './parse-primary.js'
import { parseType } from './parse-type.js'

/** The tree of an expression; null where it is written in ways that are not known here. */
export function parseExpression(sql: string): Node | null {
  const tokens = tokensOf(sql)
  if (tokens === null || tokens.length === 0) return null
  const cursor = createCursor(tokens)
  try {
    const node = parseUpTo(cursor, 0)
    return cursor.peek() === undefined ? node : null
  } catch (thrown) {
    if (thrown instanceof UnknownSyntax) return null
    throw thrown
  }
}

/** How tightly each binds; what is on the right of a left-associative operator must bind tighter. */
const BINDS = {
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  compare: 5,
  match: 6,
  other: 7,
  add: 8,
  multiply: 9,
  power: 10,
  at: 11,
  collate: 12,
  sign: 13,
  subscript: 14,
  cast: 15,
} as const

const COMPARISONS = new Set(['<', '>', '=', '<=', '>=', '<>', '!='])

function parseUpTo(cursor: Cursor, least: number): Node {
  let left = parsePrefix(cursor)
  for (;;) {
    const more = parseSuffix(cursor, left, least)
    if (more === null) return left
    left = more
  }
}

function parsePrefix(cursor: Cursor): Node {
  const token = cursor.peek()
  if (token?.kind === 'operator') {
    cursor.next()
    const bind = token.value === '-' || token.value === '+' ? BINDS.sign : BINDS.other
    return { kind: 'unary', operator: token.value, value: parseUpTo(cursor, bind) }
  }
  if (cursor.skip('not')) return { kind: 'not', value: parseUpTo(cursor, BINDS.not) }
  return parsePrimary(cursor, (least = 0) => parseUpTo(cursor, least))
}

/** `left` with one more operator behind it, where one comes that binds at least so tightly. */
function parseSuffix(cursor: Cursor, left: Node, least: number): Node | null {
  const token = cursor.peek()
  if (token === undefined) return null
  if (token.kind === 'operator') return parseOperator(cursor, left, least)
  if (token.kind === 'sign') return parseSign(cursor, left, least)
  if (token.kind !== 'name') return null
  return parseWord(cursor, left, least)
}

function parseOperator(cursor: Cursor, left: Node, least: number): Node | null {
  const operator = cursor.peek()?.value ?? ''
  const bind = bindOf(operator)
  if (bind <= least) return null
  cursor.next()
  const quantifier = (['any', 'some', 'all'] as const).find((word) => cursor.isNext(word, '('))
  if (quantifier !== undefined) {
    cursor.expect(quantifier, '(')
    const right = parseUpTo(cursor, 0)
    cursor.expect(')')
    return { kind: 'quantified', operator, of: quantifier === 'all' ? 'all' : 'any', left, right }
  }
  return { kind: 'binary', operator, left, right: parseUpTo(cursor, bind) }
}

function bindOf(operator: string): number {
  if (COMPARISONS.has(operator)) return BINDS.compare
  if (operator === '+' || operator === '-') return BINDS.add
  if (operator === '*' || operator === '/' || operator === '%') return BINDS.multiply
  return operator === '^' ? BINDS.power : BINDS.other
}

function parseSign(cursor: Cursor, left: Node, least: number): Node | null {
  if (cursor.isNext('::') && BINDS.cast > least) {
    cursor.next()
    return { kind: 'cast', value: left, type: parseType(cursor) }
  }
  if (cursor.isNext('[') && BINDS.subscript > least) {
    cursor.next()
    const at = [parseUpTo(cursor, 0)]
    while (cursor.skip(':')) at.push(parseUpTo(cursor, 0))
    cursor.expect(']')
    return { kind: 'subscript', value: left, at }
  }
  if (cursor.skip('.')) return { kind: 'field', value: left, name: cursor.next().value }
  return null
}

function parseWord(cursor: Cursor, left: Node, least: number): Node | null {
  if (cursor.isNext('or')) return parseLogic(cursor, left, { kind: 'or', least })
  if (cursor.isNext('and')) return parseLogic(cursor, left, { kind: 'and', least })
  if (BINDS.is > least) {
    if (cursor.skip('isnull')) return { kind: 'is', value: left, what: 'null' }
    if (cursor.skip('notnull')) return { kind: 'is', value: left, what: 'not null' }
    if (cursor.skip('is')) return parseIs(cursor, left)
  }
  if (BINDS.match > least) {
    const negated =
      cursor.isNext('not') && /^(?:in|like|ilike|between)$/.test(cursor.peek(1)?.value ?? '')
    if (negated) cursor.next()
    const match = parseMatch(cursor, left, negated)
    if (match !== null) return match
  }
  if (BINDS.collate > least && cursor.skip('collate')) {
    const name = cursor.next().value
    return { kind: 'collate', value: left, name: cursor.skip('.') ? cursor.next().value : name }
  }
  if (BINDS.at > least && cursor.skip('at', 'time', 'zone')) {
    return { kind: 'call', name: 'timezone', args: [parseUpTo(cursor, BINDS.at), left] }
  }
  if (BINDS.other > least && cursor.isNext('operator', '(')) return parseNamedOperator(cursor, left)
  return null
}

/** `operator(schema.=)`: the server prints this where the operator's schema is not on the path. */
function parseNamedOperator(cursor: Cursor, left: Node): Node {
  cursor.expect('operator', '(')
  let operator = cursor.next().value
  while (cursor.skip('.')) operator = cursor.next().value
  cursor.expect(')')
  return { kind: 'binary', operator, left, right: parseUpTo(cursor, BINDS.other) }
}

function parseLogic(
  cursor: Cursor,
  left: Node,
  { kind, least }: { readonly kind: 'and' | 'or'; readonly least: number },
): Node | null {
  if (BINDS[kind] <= least) return null
  cursor.next()
  return { kind, items: [left, parseUpTo(cursor, BINDS[kind])] }
}

function parseIs(cursor: Cursor, value: Node): Node {
  const not = cursor.skip('not')
  if (cursor.skip('distinct', 'from')) {
    const operator = not ? 'is not distinct from' : 'is distinct from'
    return { kind: 'binary', operator, left: value, right: parseUpTo(cursor, BINDS.is) }
  }
  const what = cursor.next().value
  if (!/^(?:null|true|false|unknown|document|json)$/.test(what)) throw new UnknownSyntax(what)
  return { kind: 'is', value, what: `${not ? 'not ' : ''}${what}` }
}

function parseMatch(cursor: Cursor, left: Node, negated: boolean): Node | null {
  if (cursor.skip('between')) return parseBetween(cursor, left, negated)
  if (cursor.skip('in', '(')) {
    const items = [parseUpTo(cursor, 0)]
    while (cursor.skip(',')) items.push(parseUpTo(cursor, 0))
    cursor.expect(')')
    const right: Node = { kind: 'array', items }
    const [operator, of] = negated ? (['<>', 'all'] as const) : (['=', 'any'] as const)
    return { kind: 'quantified', operator, of, left, right }
  }
  for (const [word, sign] of [
    ['like', '~~'],
    ['ilike', '~~*'],
  ] as const) {
    if (!cursor.skip(word)) continue
    const operator = `${negated ? '!' : ''}${sign}`
    const right = parseUpTo(cursor, BINDS.match)
    if (!cursor.skip('escape')) return { kind: 'binary', operator, left, right }
    const args = [right, parseUpTo(cursor, BINDS.match)]
    return { kind: 'binary', operator, left, right: { kind: 'call', name: 'like_escape', args } }
  }
  if (negated) throw new UnknownSyntax('not')
  return null
}

function parseBetween(cursor: Cursor, value: Node, negated: boolean): Node {
  if (cursor.isNext('symmetric')) throw new UnknownSyntax('symmetric')
  cursor.skip('asymmetric')
  const low = parseUpTo(cursor, BINDS.match)
  cursor.expect('and')
  const high = parseUpTo(cursor, BINDS.match)
  const compare = (operator: string, right: Node): Node => ({
    kind: 'binary',
    operator,
    left: value,
    right,
  })
  return negated
    ? { kind: 'or', items: [compare('<', low), compare('>', high)] }
    : { kind: 'and', items: [compare('>=', low), compare('<=', high)] }
}
