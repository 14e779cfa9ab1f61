/** The text of `specificType`, read as the definition of a column: its type and the clauses behind it. */
import type { DefaultValue, Generated } from '../../schema/column.js'
import type { Expressions } from './read-expression.js'
import type { Piece } from '../sql-text.js'
import { typeOfSql } from '../sql-type.js'
import { closingPlace, piecesOf, textOf, unquotedName } from '../sql-text.js'

/** A constraint of a definition; its name is null where nobody named it. */
export interface NamedClause {
  readonly name: string | null
}

/** What a definition says; null where it does not say it. */
export interface Definition {
  readonly type: string
  readonly nullable: boolean | null
  readonly default: DefaultValue | null
  readonly collation: string | null
  readonly generated: Generated | null
  readonly identity: 'always' | 'byDefault' | null
  readonly comment: string | null
  /** MySQL's `auto_increment`, SQLite's `autoincrement`. */
  readonly counts: boolean
  readonly primary: NamedClause | null
  readonly unique: NamedClause | null
  readonly checks: readonly (NamedClause & { readonly sql: string })[]
}

/** The definition in a text; one that is not understood whole is a type and nothing else. */
export function readDefinition(text: string, expressions: Expressions): Definition {
  const pieces = piecesOf(text, expressions.spelling)
  const isWhole = typeOfSql(text).kind !== 'native'
  const start = isWhole ? -1 : pieces.findIndex((_, at) => at > 0 && startsClause(pieces, at))
  const bare = { ...NOTHING, type: text.trim() }
  if (start === -1 || pieces.slice(0, start).every((piece) => piece.kind === 'blank')) return bare
  let said: Definition = { ...NOTHING, type: textOf(pieces, 0, start) }
  let name: string | null = null
  for (let at = start; at < pieces.length;) {
    if (pieces[at]?.kind === 'blank') {
      at += 1
      continue
    }
    const clause = clauseAt({ pieces, expressions, name }, at)
    if (clause === null) return bare
    said = {
      ...said,
      ...clause.says,
      checks: clause.check === undefined ? said.checks : [...said.checks, clause.check],
    }
    name = clause.name ?? null
    at = clause.end
  }
  return said
}

const NOTHING: Omit<Definition, 'type'> = {
  nullable: null,
  default: null,
  collation: null,
  generated: null,
  identity: null,
  comment: null,
  counts: false,
  primary: null,
  unique: null,
  checks: [],
}

interface Reading {
  readonly pieces: readonly Piece[]
  readonly expressions: Expressions
  /** The name that `constraint` gave to the clause here. */
  readonly name: string | null
}

/** What a clause says, and the place behind it. */
interface Clause {
  readonly says: Partial<Definition>
  readonly check?: Definition['checks'][number]
  readonly name?: string
  readonly end: number
}

function clauseAt(reading: Reading, at: number): Clause | null {
  const { pieces, name } = reading
  switch (wordAt(pieces, at)) {
    case 'not':
      return { says: { nullable: false }, end: next(pieces, at) + 1 }
    case 'null':
      return { says: { nullable: true }, end: at + 1 }
    case 'default':
      return defaultClause(reading, at)
    case 'collate':
      return collateClause(pieces, next(pieces, at))
    case 'generated':
      return generatedClause(reading, at)
    case 'as':
      return expressionClause(reading, next(pieces, at))
    case 'primary':
      return { says: { primary: { name } }, end: next(pieces, at) + 1 }
    case 'unique':
      return { says: { unique: { name } }, end: at + 1 }
    case 'check':
      return checkClause(reading, next(pieces, at))
    case 'constraint': {
      const piece = pieces[next(pieces, at)]
      return piece === undefined
        ? null
        : { says: {}, name: nameIn(piece), end: next(pieces, at) + 1 }
    }
    case 'comment':
      return commentClause(pieces, next(pieces, at))
    case 'auto_increment':
    case 'autoincrement':
      return { says: { counts: true }, end: at + 1 }
    default:
      return null
  }
}

/** Whether a clause begins here, outside of parentheses. */
function startsClause(pieces: readonly Piece[], at: number): boolean {
  const word = wordAt(pieces, at)
  if (word === null || isInside(pieces, at)) return false
  const after = wordAt(pieces, next(pieces, at))
  switch (word) {
    case 'not':
      return after === 'null'
    case 'primary':
      return after === 'key'
    case 'as':
    case 'check':
      return pieces[next(pieces, at)]?.text === '('
    case 'comment':
      return pieces[next(pieces, at)]?.kind === 'string'
    case 'null':
    case 'default':
    case 'collate':
    case 'generated':
    case 'unique':
    case 'constraint':
    case 'auto_increment':
    case 'autoincrement':
    case 'references':
      return true
    default:
      return false
  }
}

function isInside(pieces: readonly Piece[], at: number): boolean {
  let depth = 0
  for (const piece of pieces.slice(0, at)) {
    if (piece.text === '(') depth += 1
    if (piece.text === ')') depth -= 1
  }
  return depth !== 0
}

function defaultClause({ pieces, expressions }: Reading, at: number): Clause {
  const first = next(pieces, at)
  let end = first + 1
  while (end < pieces.length && !startsClause(pieces, end)) end += 1
  return { says: { default: defaultOf(textOf(pieces, first, end), expressions) }, end }
}

function defaultOf(sql: string, expressions: Expressions): DefaultValue | null {
  if (/^null$/i.test(sql)) return null
  if (/^-?\d+(\.\d+)?$/.test(sql)) return { kind: 'literal', value: Number(sql) }
  if (/^(true|false)$/i.test(sql)) return { kind: 'literal', value: /^true$/i.test(sql) }
  const text = expressions.plain(sql)
  const [only, ...others] = piecesOf(text, expressions.spelling)
  const isString = only?.kind === 'string' && only.text.startsWith("'") && others.length === 0
  return isString && !text.includes('\\')
    ? { kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'") }
    : expressions.defaultOf(text)
}

function collateClause(pieces: readonly Piece[], at: number): Clause | null {
  const piece = pieces[at]
  return piece === undefined ? null : { says: { collation: nameIn(piece) }, end: at + 1 }
}

function generatedClause(reading: Reading, at: number): Clause | null {
  const { pieces } = reading
  const how = next(pieces, at)
  const isAlways = wordAt(pieces, how) === 'always'
  const as = next(pieces, isAlways ? how : next(pieces, how))
  if (wordAt(pieces, as) !== 'as') return null
  const what = next(pieces, as)
  if (wordAt(pieces, what) !== 'identity') return expressionClause(reading, what)
  // Options of the sequence have no place in a column.
  if (pieces[next(pieces, what)]?.text === '(') return null
  return { says: { identity: isAlways ? 'always' : 'byDefault' }, end: what + 1 }
}

function expressionClause({ pieces, expressions }: Reading, open: number): Clause | null {
  const close = closingPlace(pieces, open)
  if (pieces[open]?.text !== '(' || close === -1) return null
  const sql = expressions.plain(textOf(pieces, open + 1, close))
  const kind = wordAt(pieces, next(pieces, close))
  const isStored = kind === 'stored' || kind === 'persistent'
  const end = isStored || kind === 'virtual' ? next(pieces, close) + 1 : close + 1
  return { says: { generated: { sql, stored: isStored } }, end }
}

function checkClause({ pieces, expressions, name }: Reading, open: number): Clause | null {
  const close = closingPlace(pieces, open)
  if (close === -1) return null
  const sql = expressions.plain(textOf(pieces, open + 1, close))
  return { says: {}, check: { name, sql }, end: close + 1 }
}

function commentClause(pieces: readonly Piece[], at: number): Clause {
  const text = pieces[at]?.text ?? ''
  return { says: { comment: text.slice(1, -1).replaceAll("''", "'") }, end: at + 1 }
}

function nameIn(piece: Piece): string {
  return piece.kind === 'name' || piece.kind === 'string' ? unquotedName(piece.text) : piece.text
}

/** The place of the next piece that is no white space. */
function next(pieces: readonly Piece[], at: number): number {
  let place = at + 1
  while (pieces[place]?.kind === 'blank') place += 1
  return place
}

function wordAt(pieces: readonly Piece[], at: number): string | null {
  const piece = pieces[at]
  return piece?.kind === 'word' ? piece.text.toLowerCase() : null
}
