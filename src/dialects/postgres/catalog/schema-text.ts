/** SQL that the server printed with only pg_catalog on the path: the default schema is not said. */
import { tokensOf } from '../expression/lexer.js'

/** The text without `schema.` in front of names, in `operator(schema.=)` and in `'schema.name'::regclass`. */
export function withoutSchema(sql: string, schema: string): string {
  if (!sql.includes(schema)) return sql
  const tokens = tokensOf(sql)
  if (tokens === null) return sql
  let text = ''
  let at = 0
  for (const [i, token] of tokens.entries()) {
    const [before, next, after] = [tokens[i - 1], tokens[i + 1], tokens[i + 2]]
    const named = (token.kind === 'name' || token.kind === 'quoted') && token.value === schema
    if (named && next?.value === '.' && before?.value !== '.') {
      const isOperator = after?.kind === 'operator' && before?.value === '('
      // `operator(public.=)` is `=`: the word and its parentheses go too.
      const start = isOperator ? (tokens[i - 2]?.start ?? token.start) : token.start
      text += sql.slice(at, start) + (isOperator ? after.value : '')
      at = isOperator ? (tokens[i + 3]?.end ?? after.end) : next.end
    } else if (token.kind === 'string' && next?.value === '::' && after?.value === 'regclass') {
      text +=
        sql.slice(at, token.start) + sql.slice(token.start, token.end).replace(`${schema}.`, '')
      at = token.end
    }
  }
  return text + sql.slice(at)
}

/** An expression without the parentheses around the whole of it. */
export function bareExpression(sql: string): string {
  const trimmed = sql.trim()
  if (!trimmed.startsWith('(') || !trimmed.endsWith(')')) return trimmed
  let depth = 0
  for (const match of trimmed.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (match[0] === '(') depth += 1
    else if (match[0] === ')') depth -= 1
    if (depth === 0 && match.index < trimmed.length - 1) return trimmed
  }
  return bareExpression(trimmed.slice(1, -1))
}
