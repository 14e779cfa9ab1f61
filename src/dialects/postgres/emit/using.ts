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
  if (before === after && ['number', 'time', 'json'].includes(before)) {
    return convertsTime(from, to) ? null : `${column}::text::${to}`
  }
  return special(column, { from, to, before, after }) ?? `${column}::${viaText(before, after)}${to}`
}

/** A time of day becomes no date; all other times become each other. */
function convertsTime(from: string, to: string): boolean {
  const isClock = (type: string): boolean => /^time(?!stamp)/.test(type)
  return !isClock(from) || isClock(to)
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
