/** Raw SQL of a client, read into the neutral form of expressions: bindings written in, names in double quotes. */
import { MigrateError } from '../../errors.js'
import type { DefaultValue, LiteralValue } from '../../schema/column.js'
import type { CompiledSql, RawFields } from '../knex/knex-fields.js'
import { isRaw } from '../knex/knex-fields.js'
import type { Spelling } from '../sql-text.js'
import {
  piecesOf,
  quotedName,
  quotedString,
  solidPieces,
  STANDARD,
  unquotedName,
} from '../sql-text.js'

/** What reading expressions needs of a Knex client. */
export interface ExpressionClient {
  raw(sql: unknown, bindings?: unknown): RawFields
  queryCompiler(builder: unknown): { toSQL(): CompiledSql }
}

export interface Expressions {
  readonly spelling: Spelling
  /** The neutral text of raw SQL. */
  readonly raw: (raw: RawFields) => string
  /** The neutral text of SQL with Knex's bindings (`?`, `??`, `:name`). */
  readonly bound: (sql: string, bindings: unknown) => string
  /** The neutral text of SQL as it stands. */
  readonly plain: (sql: string) => string
  /** The condition of a query builder: `knex.whereNotNull('x')`. */
  readonly condition: (builder: unknown) => string
  /** A value as a literal. */
  readonly literal: (value: unknown) => string
  /** What a default's value means; null for none. */
  readonly defaultValue: (value: unknown) => DefaultValue | null
  /** What a default's neutral text means. */
  readonly defaultOf: (text: string) => DefaultValue
}

/** Reads expressions of one client; `uuid` is the SQL of its `fn.uuid()`. */
export function createExpressions(
  client: ExpressionClient,
  spelling: Spelling,
  uuid: string | null,
): Expressions {
  const bare = uuid === null ? null : withoutParentheses(uuid)
  const literal = (value: unknown): string => literalText(value, spelling)
  const inlined = ({ sql, bindings }: CompiledSql): string =>
    neutralText(sql, bindings.map(literal), spelling)

  function raw(value: RawFields): string {
    // Another Knex may have made it, of another dialect: ours says how names are quoted.
    return inlined(ownedBy(value, client).toSQL())
  }

  function defaultOf(text: string): DefaultValue {
    const now = /^current_timestamp(?:\(\s*(\d*)\s*\))?$/i.exec(text)
    if (now !== null) return { kind: 'now', precision: now[1] ? Number(now[1]) : null }
    return bare !== null && withoutParentheses(text) === bare
      ? { kind: 'uuid' }
      : { kind: 'sql', text }
  }

  return {
    spelling,
    raw,
    bound: (sql, bindings) => inlined(client.raw(sql, bindings).toSQL()),
    plain: (sql) => neutralText(sql, null, spelling),
    condition: (builder) => {
      const text = inlined(client.queryCompiler(builder).toSQL())
      return text.slice(text.indexOf(' where ') + ' where '.length)
    },
    literal,
    defaultValue: (value) => (isRaw(value) ? defaultOf(raw(value)) : literalDefault(value)),
    defaultOf,
  }
}

function ownedBy(raw: RawFields, client: ExpressionClient): RawFields {
  if ('client' in raw && raw.client === client) return raw
  // Inherits everything but the client from the builder, which is left as it is.
  return Object.create(raw, { client: { value: client } }) as RawFields
}

/** `values` are the literals for `?`, in order; null leaves every sign as it stands. */
function neutralText(sql: string, values: readonly string[] | null, spelling: Spelling): string {
  const pieces = piecesOf(sql, spelling)
  let used = 0
  let text = ''
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === 'string') text += neutralString(piece.text, values !== null)
    else if (piece.kind === 'name') text += neutralName(piece.text, values !== null)
    else if (values === null || piece.kind !== 'sign') text += piece.text
    // Knex's own escape: `\?` is a question mark.
    else if (piece.text === '\\' && pieces[at + 1]?.text === '?') continue
    else if (piece.text === '?' && pieces[at - 1]?.text !== '\\') text += values[used++] ?? '?'
    else text += piece.text
  }
  return text.trim()
}

function neutralName(text: string, isBound: boolean): string {
  return quotedName(unquotedName(isBound ? text.replaceAll('\\?', '?') : text))
}

function neutralString(text: string, isBound: boolean): string {
  const string = isBound ? text.replaceAll('\\?', '?') : text
  if (!string.startsWith('"')) return string
  return `'${string.slice(1, -1).replaceAll('""', '"').replaceAll("'", "''")}'`
}

function literalText(value: unknown, spelling: Spelling): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value)
  }
  if (value instanceof Date) return quotedString(value.toISOString(), spelling)
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  if (Array.isArray(value)) return value.map((item) => literalText(item, spelling)).join(', ')
  if (typeof value === 'object') return quotedString(JSON.stringify(value), spelling)
  if (typeof value === 'string') return quotedString(value, spelling)
  throw unusableValue(value)
}

function literalDefault(value: unknown): DefaultValue | null {
  switch (typeof value) {
    case 'undefined':
      return null
    case 'string':
    case 'number':
    case 'boolean':
      return { kind: 'literal', value }
    case 'bigint':
      return Number.isSafeInteger(Number(value))
        ? { kind: 'literal', value: Number(value) }
        : { kind: 'sql', text: String(value) }
    case 'object':
      return value === null ? null : objectDefault(value)
    default:
      throw unusableValue(value)
  }
}

function objectDefault(value: object): DefaultValue {
  if (value instanceof Date) return { kind: 'literal', value: value.toISOString() }
  if (value instanceof Uint8Array) return { kind: 'sql', text: literalText(value, STANDARD) }
  // Knex writes such a default as JSON, so what JSON keeps of it is the value.
  return { kind: 'literal', value: JSON.parse(JSON.stringify(value)) as LiteralValue }
}

function unusableValue(value: unknown): MigrateError {
  return new MigrateError('VOCABULARY_VALUE', 1, `A ${typeof value} is no value for a database.`, {
    why: 'A default or a binding in a table definition is one.',
    fix: 'Use a text, a number, a boolean, JSON-like data, or knex.raw(…).',
  })
}

/** An expression without the parentheses around the whole of it. */
function withoutParentheses(sql: string): string {
  const pieces = solidPieces(piecesOf(sql))
  if (pieces[0]?.text !== '(' || pieces.at(-1)?.text !== ')') return sql
  let depth = 0
  for (const piece of pieces.slice(0, -1)) {
    if (piece.text === '(') depth += 1
    if (piece.text === ')') depth -= 1
    if (depth === 0) return sql
  }
  return withoutParentheses(sql.slice(sql.indexOf('(') + 1, sql.lastIndexOf(')')).trim())
}
