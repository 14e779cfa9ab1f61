/** Identifiers and values as MariaDB and MySQL spell them. */
import type { TableName } from '../../schema/table.js'
import type { Binding } from '../connection.js'

/** How a session reads strings; `sql_mode` decides. */
export interface StringSpelling {
  /** False under NO_BACKSLASH_ESCAPES. */
  readonly backslashEscapes: boolean
}

export const USUAL_SPELLING: StringSpelling = { backslashEscapes: true }

/** An identifier in backticks, which every `sql_mode` reads as one. */
export function quote(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``
}

/** A table's name, with the database that it names in front. */
export function quoteTable(table: TableName): string {
  const { database, name } = splitTable(table)
  return database === null ? quote(name) : `${quote(database)}.${quote(name)}`
}

/** A table's own name, and the database where it names one; a dot separates them. */
export function splitTable(table: TableName): {
  readonly database: string | null
  readonly name: string
} {
  const dot = table.indexOf('.')
  if (dot === -1) return { database: null, name: table }
  return { database: table.slice(0, dot), name: table.slice(dot + 1) }
}

/** A list of columns as it stands in parentheses. */
export function quoteList(columns: readonly string[]): string {
  return columns.map(quote).join(', ')
}

/** A text as a string literal. */
export function quoteText(text: string, spelling: StringSpelling = USUAL_SPELLING): string {
  const escaped = spelling.backslashEscapes ? text.replaceAll('\\', '\\\\') : text
  return `'${escaped.replaceAll("'", "''")}'`
}

/** A value as a literal; dates in the time zone of this process, as the driver sends them. */
export function literal(value: Binding, spelling: StringSpelling = USUAL_SPELLING): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quoteText(value, spelling)
  if (value instanceof Date) return `'${localTime(value)}'`
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  return String(value)
}

function localTime(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}
