/** One part of an index as SQL text: a column or an expression, and what stands behind it. */
import type { IndexPart } from '../schema/table.js'
import type { Piece } from './sql-text.js'
import {
  closingPlace,
  piecesOf,
  quotedName,
  solidPieces,
  textOf,
  unquotedName,
} from './sql-text.js'

/** A whole column in ascending order. */
export function columnPart(column: string): IndexPart {
  return {
    on: { column },
    order: 'asc',
    nulls: null,
    collation: null,
    opclass: null,
    prefix: null,
  }
}

/**
 * The part in a neutral text: `"age" desc nulls last`, `lower("email")`, `"body"(10)`,
 * `"data" jsonb_path_ops`, `("a" + "b") collate "C"`. What follows no such form is one expression.
 */
export function parsePart(text: string): IndexPart {
  const pieces = solidPieces(piecesOf(text))
  const end = headEnd(pieces)
  const tail = parseTail(pieces.slice(end))
  if (tail !== null) {
    const head = text.slice(0, placeOf(text, end)).trim()
    return { ...columnPart(''), ...headOf(head, pieces.slice(0, end)), ...tail }
  }
  // An expression over operators: only an order can stand behind it.
  const order = orderTail(pieces)
  const sql = order === null ? text : text.slice(0, placeOf(text, order.start)).trim()
  return { ...columnPart(''), on: { sql }, ...order?.says }
}

/** The neutral text that `parsePart` reads back as the part. */
export function partText(part: IndexPart): string {
  const tail = tailText(part)
  if ('column' in part.on) return quotedName(part.on.column) + tail
  const plain = part.on.sql + tail
  const read = parsePart(plain)
  // A function call needs no parentheses around it; every engine wants them around the rest.
  const isCall = 'sql' in read.on && read.on.sql === part.on.sql && isSameTail(read, part)
  return isCall && isFunctionCall(part.on.sql) ? plain : `(${part.on.sql})${tail}`
}

function tailText(part: IndexPart): string {
  return [
    part.prefix === null ? '' : `(${part.prefix})`,
    part.collation === null ? '' : ` collate ${quotedName(part.collation)}`,
    part.opclass === null ? '' : ` ${part.opclass}`,
    part.order === 'asc' ? '' : ' desc',
    part.nulls === null ? '' : ` nulls ${part.nulls}`,
  ].join('')
}

function isSameTail(a: IndexPart, b: IndexPart): boolean {
  return tailText(a) === tailText(b)
}

function isFunctionCall(sql: string): boolean {
  const pieces = solidPieces(piecesOf(sql))
  return pieces[0]?.kind === 'word' && headEnd(pieces) === pieces.length
}

/** Operators that look like an operator class behind a name, and like a name before one. */
const POSTFIX = new Set(['isnull', 'notnull'])
const PREFIX = new Set(['not', 'case'])

/** How many pieces the head has: a name, a call, or what stands in parentheses. */
function headEnd(pieces: readonly Piece[]): number {
  const [first, second] = pieces
  if (first === undefined) return 0
  if (first.text === '(') return closingPlace(pieces, 0) + 1
  if (first.kind !== 'name' && first.kind !== 'word') return 1
  if (PREFIX.has(word(first) ?? '')) return pieces.length
  return second?.text === '(' ? closingPlace(pieces, 1) + 1 : 1
}

function headOf(text: string, pieces: readonly Piece[]): Pick<IndexPart, 'on' | 'prefix'> {
  const [first, , size] = pieces
  const isName = first?.kind === 'name' || first?.kind === 'word'
  if (first?.text === '(') return { on: { sql: text.slice(1, -1).trim() }, prefix: null }
  if (first === undefined || !isName) return { on: { sql: text }, prefix: null }
  const column = first.kind === 'name' ? unquotedName(first.text) : first.text
  if (pieces.length === 1) return { on: { column }, prefix: null }
  if (pieces[1]?.text !== '(') return { on: { sql: text }, prefix: null }
  // No function over a number alone is worth an index: this is so many characters of a column.
  if (pieces.length === 4 && size?.kind === 'number') {
    return { on: { column }, prefix: Number(size.text) }
  }
  return { on: { sql: text }, prefix: null }
}

type Tail = Pick<IndexPart, 'collation' | 'opclass' | 'order' | 'nulls'>

/** What stands behind a head: `[collate name] [opclass] [asc|desc] [nulls first|last]`; null for anything else. */
function parseTail(pieces: readonly Piece[]): Tail | null {
  let at = 0
  let collation: string | null = null
  if (word(pieces[at]) === 'collate' && pieces[at + 1] !== undefined) {
    const name = pieces[at + 1]
    collation = name?.kind === 'name' ? unquotedName(name.text) : (name?.text ?? '')
    at += 2
  }
  const order = orderTail(pieces.slice(at))
  const end = at + (order === null ? pieces.length - at : order.start)
  const opclass = opclassIn(pieces.slice(at, end))
  if (opclass === undefined) return null
  return { collation, opclass, order: 'asc', nulls: null, ...order?.says }
}

/** An operator class: a name, dotted or with parameters; null for none, undefined for anything else. */
function opclassIn(pieces: readonly Piece[]): string | null | undefined {
  if (pieces.length === 0) return null
  if (POSTFIX.has(word(pieces[0]) ?? '')) return undefined
  const other = pieces.findIndex((piece, at) =>
    at % 2 === 0 ? piece.kind !== 'word' : piece.text !== '.',
  )
  if (other === -1) return textOf(pieces)
  const isOpen = other > 0 && pieces[other]?.text === '('
  return isOpen && closingPlace(pieces, other) === pieces.length - 1 ? textOf(pieces) : undefined
}

/** The order at the end of the pieces, and where it starts; null where there is none. */
function orderTail(
  pieces: readonly Piece[],
): { readonly start: number; readonly says: Pick<IndexPart, 'order' | 'nulls'> } | null {
  let start = pieces.length
  let nulls: IndexPart['nulls'] = null
  const last = word(pieces[start - 1])
  if ((last === 'first' || last === 'last') && word(pieces[start - 2]) === 'nulls') {
    nulls = last
    start -= 2
  }
  const order = word(pieces[start - 1])
  const isOrder = order === 'asc' || order === 'desc'
  if (isOrder) start -= 1
  if (start === pieces.length) return null
  return { start, says: { order: isOrder ? order : 'asc', nulls } }
}

function word(piece: Piece | undefined): string | null {
  return piece?.kind === 'word' ? piece.text.toLowerCase() : null
}

/** The place in the text where the solid piece of that number begins. */
function placeOf(text: string, number: number): number {
  let seen = 0
  let place = 0
  for (const piece of piecesOf(text)) {
    if (piece.kind !== 'blank') {
      if (seen === number) return place
      seen += 1
    }
    place += piece.text.length
  }
  return place
}
