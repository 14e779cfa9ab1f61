/** Enums: on SQLite a text column with the check that its value is in a list. */
import { canonicalExpression, withoutOuterParentheses } from './expression.js'
import { isSameName, quote, quoteText } from './names.js'
import { isSign, isWord, nameOf, tokensOf } from './text/tokens.js'

/** The check that makes a text column an enum. */
export function enumCheck(column: string, values: readonly string[]): string {
  return `${quote(column)} in (${values.map(quoteText).join(', ')})`
}

/** The values of a check that says exactly `column in ('a', 'b')`; null for any other. */
export function enumValues(sql: string, column: string): readonly string[] | null {
  if (!/\bin\b/i.test(sql)) return null
  const [name, word, open, ...rest] = withoutOuterParentheses(tokensOf(sql))
  const isIn = isWord(word, 'in') && isSign(open, '(') && isSign(rest.at(-1), ')')
  const isColumn = name?.kind === 'word' || name?.kind === 'quoted'
  if (!isIn || !isColumn || !isSameName(nameOf(name), column)) return null
  const list = rest.slice(0, -1)
  const isList = list.every((token, i) =>
    i % 2 === 0 ? token.kind === 'string' : isSign(token, ','),
  )
  if (!isList || list.length % 2 === 0) return null
  return list
    .filter((token) => token.kind === 'string')
    .map((token) => token.text.slice(1, -1).replaceAll("''", "'"))
}

/** Whether two texts are one expression. */
export function isSameExpression(a: string, b: string): boolean {
  return canonicalExpression(a) === canonicalExpression(b)
}
