/** A value as SQL text, for offline SQL. */
import type { Binding } from '../connection.js'
import { quoteText } from './names.js'

/** As the driver would bind it: booleans as 0 and 1, dates as milliseconds. */
export function literal(value: Binding): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) return String(value.valueOf())
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? 'null' : value > 0 ? '9e999' : '-9e999'
  }
  return String(value)
}

/** SQL text ends at a NUL character, so such a text is written as its bytes. */
function textLiteral(value: string): string {
  return value.includes('\0')
    ? `cast(x'${Buffer.from(value).toString('hex')}' as text)`
    : quoteText(value)
}
