/**
 * What is no difference between two expressions: the casts that the server adds to literals and to
 * columns, `in` written as `= any (array[…])`, `!=`, `between`, the current time by any of its names.
 */
import { canonicalTime } from '../time-text.js'
import { familyOf } from '../type-spelling.js'
import { canonicalJson, plainNumber } from '../literal-text.js'
import type { Node } from './node.js'
import { mapNode } from './node.js'

/** The table whose columns an expression is over. */
export interface Surroundings {
  /** The table's name without its schema. */
  readonly table: string | null
  /** The type of each column in the server's spelling. */
  readonly types: ReadonlyMap<string, string>
}

/** No table: the expression of a default. */
export const NO_TABLE: Surroundings = { table: null, types: new Map() }

/** The tree without what is no difference. */
export function simplify(node: Node, around: Surroundings): Node {
  return mapNode(node, (each) => simplifyOne(each, around))
}

function simplifyOne(node: Node, around: Surroundings): Node {
  switch (node.kind) {
    case 'name': {
      const [first, ...rest] = node.parts
      return rest.length === 1 && first === around.table ? { ...node, parts: rest } : node
    }
    case 'number':
      return { kind: 'number', text: plainNumber(node.text) }
    case 'unary':
      if (node.value.kind !== 'number') return node
      if (node.operator === '+') return node.value
      return node.operator === '-'
        ? { kind: 'number', text: plainNumber(`-${node.value.text}`) }
        : node
    case 'and':
    case 'or':
      return {
        kind: node.kind,
        items: node.items.flatMap((item) => (item.kind === node.kind ? item.items : [item])),
      }
    case 'binary': {
      const operator = node.operator === '!=' ? '<>' : node.operator
      const bare = (value: Node): Node =>
        /^[/%]$/.test(operator) ? value : withoutWidening(value, around)
      const [left, right] = [bare(node.left), bare(node.right)]
      return {
        ...node,
        operator,
        left: readAs(left, right, around),
        right: readAs(right, left, around),
      }
    }
    case 'quantified':
      return simplifyQuantified({ ...node, left: withoutWidening(node.left, around) }, around)
    case 'call':
      return simplifyCall({ ...node, args: node.args.map((arg) => withoutWidening(arg, around)) })
    case 'cast':
      return simplifyCast(node, around)
    case 'case':
      return node.otherwise?.kind === 'word' && node.otherwise.text === 'null'
        ? { ...node, otherwise: null }
        : node
    default:
      return node
  }
}

const NOW: Node = { kind: 'call', name: 'now', args: [] }

function simplifyCall(node: Extract<Node, { readonly kind: 'call' }>): Node {
  const isNow = node.name === 'current_timestamp' || node.name === 'transaction_timestamp'
  return isNow && node.args.length === 0 ? NOW : node
}

type Quantified = Extract<Node, { readonly kind: 'quantified' }>

/** A list of one value is a comparison, and columns in a list are compared one by one, as the server does. */
function simplifyQuantified(node: Quantified, around: Surroundings): Node {
  const isIn = node.of === 'any' && node.operator === '='
  const isNotIn = node.of === 'all' && (node.operator === '<>' || node.operator === '!=')
  const operator = isNotIn ? '<>' : node.operator
  if (node.right.kind !== 'array' || !(isIn || isNotIn)) return { ...node, operator }
  const compare = (right: Node): Node => ({ kind: 'binary', operator, left: node.left, right })
  const items = node.right.items.map((item) => readAs(item, node.left, around))
  const [only] = items
  if (items.length === 1 && only !== undefined) return compare(only)
  const constants = items.filter((item) => !hasName(item))
  if (constants.length === items.length) {
    return { ...node, operator, right: { kind: 'array', items } }
  }
  const kind = isIn ? 'or' : 'and'
  if (constants.length < 2) return { kind, items: items.map(compare) }
  const list: Node = { ...node, operator, right: { kind: 'array', items: constants } }
  return { kind, items: [list, ...items.filter(hasName).map(compare)] }
}

/** A literal beside a column is read as the column's type. */
function readAs(node: Node, beside: Node, around: Surroundings): Node {
  if (node.kind !== 'string') return node
  const type = typeOfNode(beside, around)
  return type !== null && ['time', 'json'].includes(familyOf(type))
    ? literalOfType(node.text, type)
    : node
}

function hasName(node: Node): boolean {
  let found = false
  mapNode(node, (each) => {
    found ||= each.kind === 'name'
    return each
  })
  return found
}

type Cast = Extract<Node, { readonly kind: 'cast' }>

function simplifyCast(node: Cast, around: Surroundings): Node {
  const { value, type } = node
  if (value.kind === 'string') return literalOfType(value.text, type)
  if (value.kind === 'number' && ['number', 'text'].includes(familyOf(type))) return value
  if (value.kind === 'word' && (value.text === 'null' || type === 'boolean')) return value
  if (value.kind === 'array' && value.items.every(isLiteral)) return value
  const isUnsizedText = ['text', 'character varying', 'bpchar'].includes(type)
  if (typeOfNode(value, around) === type || (isUnsizedText && isText(value, around))) return value
  return node
}

/** Whether a node gives a text, so that a cast to text says nothing. */
function isText(node: Node, around: Surroundings): boolean {
  switch (node.kind) {
    case 'string':
      return true
    case 'word':
      return node.text === 'null'
    case 'name': {
      const own = typeOfNode(node, around)
      return own !== null && own !== 'citext' && familyOf(own) === 'text'
    }
    case 'case':
      return [...node.whens.map(({ then }) => then), node.otherwise ?? NULL].every((each) =>
        isText(each, around),
      )
    case 'call':
      return node.name === 'coalesce' && node.args.every((arg) => isText(arg, around))
    default:
      return false
  }
}

const NULL: Node = { kind: 'word', text: 'null' }

/** A literal with the type that stands behind it: the type says how it is read, and no more. */
function literalOfType(text: string, type: string): Node {
  switch (familyOf(type)) {
    case 'number':
      return isNumber(text) ? { kind: 'number', text: plainNumber(text) } : { kind: 'string', text }
    case 'boolean':
      return { kind: 'word', text: /^(?:t|true|y|yes|on|1)$/i.test(text.trim()) ? 'true' : 'false' }
    case 'json':
      return { kind: 'string', text: canonicalJson(text) }
    case 'time':
      return { kind: 'string', text: canonicalTime(text, type) }
    default:
      return { kind: 'string', text }
  }
}

/** Types to which the server takes numbers without being told. */
const WIDER = new Set(['bigint', 'numeric', 'real', 'double precision'])

function withoutWidening(node: Node, around: Surroundings): Node {
  if (node.kind !== 'cast' || !WIDER.has(node.type)) return node
  return isNumeric(node.value, around) ? node.value : node
}

const NUMERIC_CALLS = new Set([
  'abs',
  'length',
  'char_length',
  'character_length',
  'octet_length',
  'extract',
  'mod',
  'round',
  'floor',
  'ceil',
  'ceiling',
  'cardinality',
  'array_length',
  'jsonb_array_length',
  'position',
])

function isNumeric(node: Node, around: Surroundings): boolean {
  switch (node.kind) {
    case 'number':
      return true
    case 'name':
      return familyOf(typeOfNode(node, around) ?? '') === 'number'
    case 'call':
      return NUMERIC_CALLS.has(node.name)
    case 'binary':
      return (
        /^[-+*/%]$/.test(node.operator) &&
        isNumeric(node.left, around) &&
        isNumeric(node.right, around)
      )
    case 'unary':
      return isNumeric(node.value, around)
    default:
      return false
  }
}

function typeOfNode(node: Node, around: Surroundings): string | null {
  const column = node.kind === 'name' && node.parts.length === 1 ? node.parts[0] : undefined
  return column === undefined ? null : (around.types.get(column) ?? null)
}

function isLiteral(node: Node): boolean {
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'word'
}

function isNumber(text: string): boolean {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text)
}
