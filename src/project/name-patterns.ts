/** Which tables and columns are the tool's business: `include` and `exclude`. */
import type { NamePattern } from './config.js'

/**
 * Whether a table, or a column of it, is looked at. `include` is held against table names;
 * `exclude` against table names and against `table.column`.
 */
export function inclusion(
  include: readonly NamePattern[],
  exclude: readonly NamePattern[],
): (table: string, column: string | null) => boolean {
  const included = include.map(matcher)
  const excluded = exclude.map(matcher)
  return (table, column) => {
    if (included.length > 0 && !included.some((matches) => matches(table))) return false
    if (excluded.some((matches) => matches(table))) return false
    return column === null || !excluded.some((matches) => matches(`${table}.${column}`))
  }
}

function matcher(pattern: NamePattern): (name: string) => boolean {
  const source =
    typeof pattern === 'string'
      ? `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replace(/\*/g, '[^.]*')
          .replace(/\?/g, '[^.]')}$`
      : pattern.source
  // Without `g` and `y`, whose `lastIndex` would make the second question answer differently.
  const flags = typeof pattern === 'string' ? '' : pattern.flags.replace(/[gy]/g, '')
  const expression = new RegExp(source, flags)
  return (name) => expression.test(name)
}
