/** Expressions and defaults as source text that means the same on every client of Knex. */
import type { ColumnType, DefaultValue, LiteralValue } from '../../schema/column.js'
import type { Call, Source } from './source-text.js'
import { array, call, chain, data, string, strings, text } from './source-text.js'
import { piecesOf, unquotedName } from '../sql-text.js'

/** SQL around an expression that holds no names of its own. */
export interface Around {
  readonly before: string
  readonly after: string
}

const NOTHING: Around = { before: '', after: '' }

/** `knex.raw('lower(??)', ['email'])` */
export function rawSource(sql: string): Source {
  return chain('knex', rawCall('raw', sql, NOTHING))
}

/** `knex.whereRaw('?? > 0', ['age'])` */
export function predicateSource(sql: string): Source {
  return chain('knex', rawCall('whereRaw', sql, NOTHING))
}

/** The arguments of a call that takes SQL and its bindings. */
export function boundArgs(sql: string): readonly Source[] {
  return rawCall('', sql, NOTHING).args
}

/**
 * SQL where Knex takes a text only: a literal, or `knex.raw('?? > 0', ['age']).toString()` where
 * names have to be quoted in the client's own way.
 */
export function textSource(sql: string, around: Around = NOTHING): Source {
  const { pattern, names } = bind(sql)
  if (names.length === 0) return string(around.before + pattern + around.after)
  return chain('knex', rawCall('raw', sql, around), call('toString'))
}

/** The argument of `defaultTo` for a column of a type. */
export function defaultSource(value: DefaultValue, type: ColumnType): Source {
  switch (value.kind) {
    case 'literal':
      return type.kind === 'boolean' && !isTruth(value.value)
        ? chain('knex', call('raw', string('?'), array([data(value.value)])))
        : data(value.value)
    case 'now':
      return chain(
        'knex.fn',
        value.precision === null ? call('now') : call('now', text(String(value.precision))),
      )
    case 'uuid':
      return chain('knex.fn', call('uuid'))
    case 'sql':
      return rawSource(value.text)
  }
}

/** Of any other value for a boolean Knex makes true or false. */
function isTruth(value: LiteralValue): boolean {
  return typeof value === 'boolean' || value === 0 || value === 1
}

function rawCall(name: string, sql: string, around: Around): Call {
  const { pattern, names } = bind(sql)
  if (names.length === 0) return call(name, string(escapeSigns(pattern)))
  return call(
    name,
    string(bindSigns(around.before) + bindPattern(pattern) + bindSigns(around.after)),
    strings(names),
  )
}

/** Stands for a `??` until the question marks of the text are escaped. */
const MARK = '\ue000'

/** The text with a mark for each name that `??` can quote, and those names. */
function bind(sql: string): { readonly pattern: string; readonly names: readonly string[] } {
  const names: string[] = []
  const parts = piecesOf(sql).map((piece) => {
    if (piece.kind !== 'name') return piece.text
    const name = unquotedName(piece.text)
    if (!isPlain(name) || sql.includes(MARK)) return `\`${name.replaceAll('`', '``')}\``
    names.push(name)
    return MARK
  })
  return { pattern: parts.join(''), names }
}

/** Knex splits what it quotes at dots and at ` as `, and trims it. */
function isPlain(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name)
}

function bindPattern(pattern: string): string {
  return pattern.split(MARK).map(bindSigns).join('??')
}

/** Beside bindings every question mark of the text itself is escaped, as Knex wants it. */
function bindSigns(sql: string): string {
  return sql.replaceAll('?', '\\?')
}

/** Without bindings Knex leaves a question mark alone, but takes `\?` for one. */
function escapeSigns(sql: string): string {
  return sql.replaceAll('\\?', '\\\\?')
}
