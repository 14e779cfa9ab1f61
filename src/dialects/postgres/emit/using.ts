/** How the values of a column become values of another type. */
import type { TypeFamily } from '../type-spelling.js'
import { familyOf } from '../type-spelling.js'

/**
 * What stands behind `using`; null where the server converts by itself on assignment (manual, 10.4).
 * Assignment is better where there is one: it refuses values that are too long, a cast cuts them.
 */
export function conversion(column: string, from: string, to: string): string | null {
  const [before, after] = [familyOf(from), familyOf(to)]
  if (from === to || after === 'text')
    return before === 'bytes' && after === 'text' ? `convert_from(${column}, 'UTF8')` : null
  if (before === after && before === 'time') return timeConversion(column, from, to)
  if (before === after && ['number', 'json'].includes(before)) return null
  return special(column, { from, to, before, after }) ?? `${column}::${viaText(before, after)}${to}`
}

/**
 * Times that the server does not assign to each other (`select * from pg_cast`): a date is midnight
 * by way of a timestamp, and a time of day has no day, so that its text is refused where rows hold one.
 */
function timeConversion(column: string, from: string, to: string): string | null {
  const isClock = (type: string): boolean => /^time(?!stamp)/.test(type)
  const isZoned = (type: string): boolean => type.endsWith('with time zone')
  if (isClock(from)) return isClock(to) ? null : `${column}::text::${to}`
  if (!isClock(to)) return null
  if (isZoned(to)) return isZoned(from) ? null : `${column}::timestamptz::${to}`
  return from === 'date' ? `${column}::timestamp::${to}` : null
}

interface Types {
  readonly from: string
  readonly to: string
  readonly before: TypeFamily
  readonly after: TypeFamily
}

function special(column: string, { from, to, before, after }: Types): string | null {
  if (after === 'json' && before !== 'text')
    return to === 'json' ? `to_json(${column})` : `to_jsonb(${column})`
  if (before === 'boolean' && after === 'number') {
    return to === 'integer' ? `${column}::integer` : `${column}::integer::${to}`
  }
  if (before === 'number' && after === 'boolean') return `${column} <> 0`
  if (before === 'text' && after === 'bytes') return `convert_to(${column}, 'UTF8')`
  if (after === 'array' && before !== 'array' && familyOf(to.slice(0, -2)) === before) {
    return `case when ${column} is null then null else array[${column}]::${to} end`
  }
  if (before === 'bytes' && to === 'uuid') return `encode(${column}, 'hex')::uuid`
  if (from === 'uuid' && after === 'bytes')
    return `decode(replace(${column}::text, '-', ''), 'hex')`
  return null
}

/** Between types that know nothing of each other the text is what both understand. */
function viaText(before: TypeFamily, after: TypeFamily): string {
  return before === 'text' || before === after ? '' : 'text::'
}
