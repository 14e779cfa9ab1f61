/** What differs between Knex's own clients: how their SQL is spelled and what their drivers answer. */
import type { Spelling } from '../sql-text.js'

export interface KnexDialect {
  readonly spelling: Spelling
  readonly regexOperator: string
  /** Whether its driver sees a `?` inside a string or a name as part of that. */
  readonly seesQuotes: boolean
  /** Whether its engine compares names of columns, indexes and constraints without their case. */
  readonly foldsNames: boolean
  /** A value as Knex's driver would send it, as a literal. */
  literal(value: unknown, timezone: string): string
  /** The answer of a driver to a statement that found and changed nothing. */
  emptyResponse(): unknown
  /** The rows that a statement changed, in its driver's answer. */
  changedRows(response: unknown): number
}

const STANDARD_SPELLING: Spelling = { backslashEscapes: false, doubleQuotedStrings: false }

const SQLITE: KnexDialect = {
  spelling: STANDARD_SPELLING,
  regexOperator: 'regexp',
  seesQuotes: true,
  foldsNames: true,
  literal(value) {
    if (typeof value === 'boolean') return value ? '1' : '0'
    // Both drivers bind a date as its milliseconds.
    if (value instanceof Date) return String(value.getTime())
    return common(value, (text) => `'${text.replaceAll("'", "''")}'`) ?? `x'${hexOf(value)}'`
  },
  emptyResponse: () => Object.assign([], { changes: 0, lastInsertRowid: 0 }),
  changedRows: (response) => numberIn(response, 'changes'),
}

const POSTGRES: KnexDialect = {
  spelling: STANDARD_SPELLING,
  regexOperator: '~',
  seesQuotes: false,
  foldsNames: false,
  literal(value) {
    if (value instanceof Date) return `'${value.toISOString()}'`
    if (Array.isArray(value)) return postgresString(postgresArray(value))
    return common(value, postgresString) ?? `'\\x${hexOf(value)}'::bytea`
  },
  emptyResponse: () => ({ command: '', rowCount: 0, rows: [], fields: [] }),
  changedRows: (response) => numberIn(response, 'rowCount'),
}

const MYSQL: KnexDialect = {
  spelling: { backslashEscapes: true, doubleQuotedStrings: true },
  regexOperator: 'regexp',
  seesQuotes: false,
  foldsNames: true,
  literal(value, timezone) {
    if (value instanceof Date) return `'${localTime(value, timezone)}'`
    if (Array.isArray(value)) return value.map((each) => MYSQL.literal(each, timezone)).join(', ')
    return common(value, mysqlString) ?? `x'${hexOf(value)}'`
  },
  emptyResponse: () => [{ affectedRows: 0, insertId: 0 }, []],
  changedRows: (response) => numberIn(Array.isArray(response) ? response[0] : null, 'affectedRows'),
}

/** By Knex's own word for a client's dialect. */
const DIALECTS: Readonly<Record<string, KnexDialect>> = {
  sqlite3: SQLITE,
  postgresql: POSTGRES,
  mysql: MYSQL,
}

/** The traits of a client; those of PostgreSQL, the nearest to the standard, for one that is not known. */
export function knexDialect(name: string): KnexDialect {
  return DIALECTS[name] ?? POSTGRES
}

/** The literal of a value that every engine writes alike; null for bytes. */
function common(value: unknown, quote: (text: string) => string): string | null {
  switch (typeof value) {
    case 'undefined':
      return 'null'
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      return value instanceof Uint8Array ? null : quote(JSON.stringify(value))
    default:
      return quote(String(value))
  }
}

function postgresString(text: string): string {
  const doubled = text.replaceAll("'", "''")
  // Right whatever standard_conforming_strings says.
  return text.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}

function postgresArray(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return postgresArray(value)
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value))
  })
  return `{${items.join(',')}}`
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\u001a': '\\Z',
  '\\': '\\\\',
  "'": "''",
}

function mysqlString(text: string): string {
  // MySQL's manual, "String Literals".
  return `'${text.replace(/[\0\n\r\u001a\\']/g, (character) => ESCAPED[character] ?? character)}'`
}

/** `2026-01-02 03:04:05.678` in the driver's time zone: `local`, `Z` or `+02:00`. */
function localTime(date: Date, timezone: string): string {
  const offset = offsetOf(timezone) ?? -date.getTimezoneOffset()
  return new Date(date.getTime() + offset * 60_000).toISOString().replace('T', ' ').slice(0, -1)
}

/** Minutes; null is the time zone of this machine. */
function offsetOf(timezone: string): number | null {
  if (timezone === 'Z') return 0
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(timezone)
  if (match === null) return null
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

function hexOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : ''
}

function numberIn(value: unknown, key: string): number {
  if (typeof value !== 'object' || value === null || !(key in value)) return 0
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'number' ? found : 0
}
