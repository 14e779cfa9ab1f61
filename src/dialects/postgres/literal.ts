/** Values as literals, for offline SQL. */
import type { Binding } from '../connection.js'
import { quoteText } from './names.js'

export function literal(value: Binding): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return quoteText(value)
    case 'number':
      return Number.isFinite(value) ? String(value) : `'${value}'::double precision`
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      return value instanceof Date
        ? `'${value.toISOString()}'::timestamptz`
        : `'\\x${Buffer.from(value).toString('hex')}'::bytea`
  }
}
