/** One text for all expressions that mean the same to the server, as far as rules can tell. */
import { tokensOf } from './lexer.js'
import type { Node } from './node.js'
import { printNode } from './node.js'
import { parseExpression } from './parse.js'
import type { Surroundings } from './simplify.js'
import { simplify } from './simplify.js'

/** The tree of an expression without what is no difference; null where it is not understood. */
export function simplified(sql: string, around: Surroundings): Node | null {
  const node = parseExpression(sql)
  return node === null ? null : simplify(node, around)
}

/** The canonical text of an expression. */
export function canonicalExpression(sql: string, around: Surroundings): string {
  const node = simplified(sql, around)
  return node === null ? byTokens(sql) : printNode(node)
}

/** For what the parser does not know: white space, case and quotes are no difference. */
function byTokens(sql: string): string {
  const tokens = tokensOf(sql)
  if (tokens === null) return sql.trim()
  return tokens
    .map(({ kind, value }) => {
      if (kind === 'string') return `'${value.replaceAll("'", "''")}'`
      return kind === 'quoted' && !/^[a-z_][a-z0-9_]*$/.test(value)
        ? `"${value.replaceAll('"', '""')}"`
        : value
    })
    .join(' ')
}

/** A column and the values that a check lets it have: `c in ('a', 'b')`. */
export interface ValueList {
  readonly column: string
  readonly values: readonly string[]
}

/** What a check that lists the values of one column lists; null for any other check. */
export function valueListOf(sql: string, around: Surroundings): ValueList | null {
  const node = simplified(sql, around)
  if (node === null || !('left' in node) || node.operator !== '=') return null
  if (node.kind === 'quantified' && (node.of !== 'any' || node.right.kind !== 'array')) return null
  const { left, right } = node
  const [column, ...more] = left.kind === 'name' ? left.parts : []
  if (column === undefined || more.length > 0) return null
  const items = right.kind === 'array' && node.kind === 'quantified' ? right.items : [right]
  const values = items.flatMap((item) => (item.kind === 'string' ? [item.text] : []))
  return values.length === items.length ? { column, values } : null
}
