/** The leaves of expressions, and what stands in brackets: literals, names, calls, arrays, `case`. */
import type { Cursor } from './cursor.js'
import { UnknownSyntax } from './cursor.js'
import type { Node } from './node.js'
import { parseType } from './parse-type.js'

/** Words that stand for a value; those of the current time take a precision. */
const VALUES = new Set([
  'null',
  'true',
  'false',
  'current_date',
  'current_user',
  'session_user',
  'user',
])
const TIMES = new Set(['current_timestamp', 'current_time', 'localtimestamp', 'localtime'])

/** Types that may stand in front of a literal: `date '2026-01-01'`. */
const LITERAL_TYPES = new Set([
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'interval',
  'json',
  'jsonb',
  'uuid',
  'bytea',
  'numeric',
  'inet',
])

/** Words with which no operand begins: what follows them is syntax that is not known here. */
const SYNTAX = new Set([
  'select',
  'exists',
  'over',
  'filter',
  'from',
  'where',
  'then',
  'else',
  'when',
  'end',
  'and',
  'or',
  'in',
  'is',
  'distinct',
  'variadic',
])

/** Binds more loosely than this: `in`, comparisons, logic. */
const INSIDE = 6

/** Parses an operand; `least` is how tightly its operators must bind. */
type Parse = (least?: number) => Node

/** The operand that comes next. @throws UnknownSyntax where none does */
export function parsePrimary(cursor: Cursor, parse: Parse): Node {
  const token = cursor.next()
  switch (token.kind) {
    case 'string':
    case 'number':
      return { kind: token.kind, text: token.value }
    case 'quoted':
      return parseNamed(cursor, [token.value], parse)
    case 'sign':
      if (token.value === '(') return parseGroup(cursor, parse)
      throw new UnknownSyntax(token.value)
    case 'operator':
      throw new UnknownSyntax(token.value)
    case 'name':
      return parseWord(cursor, token.value, parse)
  }
}

function parseGroup(cursor: Cursor, parse: Parse): Node {
  const items = listUntil(cursor, ')', parse)
  const [only] = items
  if (only === undefined) throw new UnknownSyntax('()')
  return items.length === 1 ? only : { kind: 'row', items }
}

function parseWord(cursor: Cursor, word: string, parse: Parse): Node {
  if (cursor.peek()?.kind === 'string') {
    if (LITERAL_TYPES.has(word)) {
      return { kind: 'cast', value: { kind: 'string', text: cursor.next().value }, type: word }
    }
    throw new UnknownSyntax(word)
  }
  if (VALUES.has(word) && !cursor.isNext('(')) return { kind: 'word', text: word }
  if (TIMES.has(word))
    return { kind: 'call', name: word, args: cursor.skip('(') ? listUntil(cursor, ')', parse) : [] }
  if (word === 'array' && cursor.skip('['))
    return { kind: 'array', items: listUntil(cursor, ']', parse) }
  if (word === 'row' && cursor.skip('('))
    return { kind: 'row', items: listUntil(cursor, ')', parse) }
  if (word === 'case') return parseCase(cursor, parse)
  if (word === 'cast' && cursor.skip('(')) {
    const value = parse()
    cursor.expect('as')
    const type = parseType(cursor)
    cursor.expect(')')
    return { kind: 'cast', value, type }
  }
  if (SYNTAX.has(word)) throw new UnknownSyntax(word)
  return parseNamed(cursor, [word], parse)
}

/** A column or a call, perhaps qualified. */
function parseNamed(cursor: Cursor, first: readonly string[], parse: Parse): Node {
  const parts = [...first]
  while (cursor.isNext('.')) {
    const after = cursor.peek(1)
    if (after?.kind !== 'name' && after?.kind !== 'quoted') break
    cursor.next()
    parts.push(cursor.next().value)
  }
  if (!cursor.skip('(')) return { kind: 'name', parts }
  const name = parts.at(-1) ?? ''
  const special = parseSpecialCall(cursor, name, parse)
  if (special !== null) return special
  const args = listUntil(cursor, ')', parse)
  const qualified = parts.filter((part, at) => at > 0 || part !== 'pg_catalog').join('.')
  return { kind: 'call', name: qualified, args }
}

/** Functions with words between their arguments. */
function parseSpecialCall(cursor: Cursor, name: string, parse: Parse): Node | null {
  const call = (as: string, args: readonly Node[]): Node => {
    cursor.expect(')')
    return { kind: 'call', name: as, args }
  }
  switch (name) {
    case 'extract': {
      const field: Node = { kind: 'string', text: cursor.next().value }
      cursor.expect('from')
      return call(name, [field, parse()])
    }
    case 'position': {
      const part = parse(INSIDE)
      cursor.expect('in')
      return call(name, [part, parse()])
    }
    case 'trim': {
      const side =
        (['both', 'leading', 'trailing'] as const).find((word) => cursor.skip(word)) ?? 'both'
      const as = { both: 'btrim', leading: 'ltrim', trailing: 'rtrim' }[side]
      if (cursor.skip('from')) return call(as, [parse()])
      const text = parse()
      return cursor.skip('from') ? call(as, [parse(), text]) : call(as, [text])
    }
    case 'substring': {
      const text = parse()
      if (!cursor.isNext('from')) {
        const rest = cursor.skip(',') ? listUntil(cursor, ')', parse) : []
        return { kind: 'call', name, args: [text, ...rest] }
      }
      cursor.expect('from')
      const from = parse()
      return call(name, cursor.skip('for') ? [text, from, parse()] : [text, from])
    }
    default:
      return null
  }
}

function parseCase(cursor: Cursor, parse: Parse): Node {
  const subject = cursor.isNext('when') ? null : parse()
  const whens: { when: Node; then: Node }[] = []
  while (cursor.skip('when')) {
    const when = parse()
    cursor.expect('then')
    whens.push({ when, then: parse() })
  }
  const otherwise = cursor.skip('else') ? parse() : null
  cursor.expect('end')
  return { kind: 'case', subject, whens, otherwise }
}

/** Operands with commas between them, up to a closing sign. */
function listUntil(cursor: Cursor, close: string, parse: Parse): readonly Node[] {
  if (cursor.skip(close)) return []
  const items = [parse()]
  while (cursor.skip(',')) items.push(parse())
  cursor.expect(close)
  return items
}
