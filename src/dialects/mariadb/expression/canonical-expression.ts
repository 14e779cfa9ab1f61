/** The one text of all expressions that the server prints alike, or would. */
import type { Node } from './expression-tree.js'
import { parseExpression } from './expression-tree.js'
import { printExpression } from './print-expression.js'
import { quoteText } from '../quote.js'
import { remembered } from '../../../operations/remembered.js'
import { solidTokens, stringValue, unquoted } from './tokens.js'

/** Functions under the name that the server prints, or the other way round: one of each. */
const ALIASES: Readonly<Record<string, string>> = {
  lcase: 'lower',
  ucase: 'upper',
  octet_length: 'length',
  character_length: 'char_length',
  substring: 'substr',
  mid: 'substr',
  now: 'current_timestamp',
  localtime: 'current_timestamp',
  localtimestamp: 'current_timestamp',
  curdate: 'current_date',
  curtime: 'current_time',
  power: 'pow',
  ceil: 'ceiling',
  dayofmonth: 'day',
}

const NEGATED: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

const CONDITIONS = new Set([
  ...Object.keys(NEGATED),
  ...['<=>', 'and', 'or', 'xor', 'not', 'in', 'like', 'regexp', 'is', 'between'],
])

/**
 * The one text of all spellings of an expression: spaces, case, quotes, parentheses, names of
 * functions, `not` in front of a comparison, `in` with one value. Idempotent. `isCondition` tells that
 * its value is only true or false.
 */
export function canonicalExpression(sql: string, isCondition = false): string {
  return isCondition ? canonicalCondition(sql) : canonicalValue(sql)
}

const canonicalCondition = remembered((sql) => canonicalText(sql, true))
const canonicalValue = remembered((sql) => canonicalText(sql, false))

function canonicalText(sql: string, isCondition: boolean): string {
  const tree = parseExpression(sql)
  if (tree === null) return canonicalTokens(sql)
  const simple = simplified(tree)
  return printExpression(isCondition ? condition(simple) : simple, {
    name: nameText,
    text: (value) => quoteText(value),
  })
}

/** Where a text is not understood: its pieces a blank apart, words in lower case, strings one way. */
function canonicalTokens(sql: string): string {
  return solidTokens(sql)
    .map(({ kind, text }) => {
      if (kind === 'string') return quoteText(stringValue(text))
      if (kind === 'quoted') return nameText(unquoted(text))
      return text.toLowerCase()
    })
    .join(' ')
}

function simplified(node: Node): Node {
  switch (node.kind) {
    case 'name':
    case 'string':
      return node
    case 'plain':
      if (node.text === 'true') return { kind: 'plain', text: '1' }
      return node.text === 'false' ? { kind: 'plain', text: '0' } : node
    case 'function': {
      const args = node.args.map(simplified)
      const op = ALIASES[node.op] ?? node.op
      return op === 'mod' && args.length === 2
        ? { kind: 'operator', op: '%', args }
        : { kind: 'function', op, args }
    }
    case 'operator':
      return simplifiedOperator(node.op, node.args)
  }
}

function simplifiedOperator(op: string, given: readonly Node[]): Node {
  const args = given.map(simplified)
  const [first, second] = args
  if (op === 'not' && first !== undefined) return negation(first)
  if (op === 'and' || op === 'or') {
    const parts = args
      .map(condition)
      .flatMap((each) => (each.kind === 'operator' && each.op === op ? each.args : [each]))
    return { kind: 'operator', op, args: parts }
  }
  if (op === 'xor') return { kind: 'operator', op, args: args.map(condition) }
  if (op === 'in' && args.length === 2 && first !== undefined && second !== undefined) {
    return { kind: 'operator', op: '=', args: [first, second] }
  }
  return { kind: 'operator', op, args }
}

/** What is the case exactly when a condition is not; nulls stay nulls. */
function negation(node: Node): Node {
  if (node.kind === 'operator') {
    const { op, args } = node
    if (op === 'not') return args[0] === undefined ? node : condition(args[0])
    const opposite = NEGATED[op]
    if (opposite !== undefined) return { kind: 'operator', op: opposite, args }
    if (op === 'and' || op === 'or') {
      return simplifiedOperator(op === 'and' ? 'or' : 'and', args.map(negation))
    }
    if (CONDITIONS.has(op)) return { kind: 'operator', op: 'not', args: [node] }
  }
  return { kind: 'operator', op: '=', args: [node, { kind: 'plain', text: '0' }] }
}

/** A value as the condition that it is not 0. */
function condition(node: Node): Node {
  if (node.kind === 'operator' && CONDITIONS.has(node.op)) return node
  return { kind: 'operator', op: '<>', args: [node, { kind: 'plain', text: '0' }] }
}

/** Columns are found whatever the case of their names. */
function nameText(name: string): string {
  const folded = name.toLowerCase()
  return /^[a-z_][a-z0-9_]*$/.test(folded) ? folded : `"${folded.replaceAll('"', '""')}"`
}
