/** Expressions: as neutral text, as canonical text, and which columns they name. */
import { remembered } from '../../operations/remembered.js'
import { isKeyword } from './text/keywords.js'
import { fold } from './names.js'
import type { Token } from './text/tokens.js'
import { isSign, isWord, nameOf, tokensOf } from './text/tokens.js'

/** The expression on one line, without comments, its quoted identifiers in double quotes. */
export function neutralExpression(sql: string): string {
  const tokens = tokensOf(sql)
  return tokens
    .map((token, i) => {
      const before = tokens[i - 1]
      const space = before !== undefined && before.end < token.start ? ' ' : ''
      return space + (token.kind === 'quoted' ? inDoubleQuotes(nameOf(token)) : token.text)
    })
    .join('')
}

/**
 * The one text of all spellings of an expression: spaces, the case of words and names, quotes where
 * none are needed, parentheses around the whole, `==` and `!=` make no difference. Idempotent.
 */
export const canonicalExpression = remembered(canonicalText)

/** The names, folded, of what may be columns in an expression: no functions, collations or types. */
export function namesIn(sql: string): ReadonlySet<string> {
  const tokens = tokensOf(sql)
  const names = new Set<string>()
  for (let i = 0; i < tokens.length; i += 1) {
    const name = columnAt(tokens, i)
    if (name !== null) names.add(fold(name))
  }
  return names
}

/** The expression with columns under other names; `names` gives the new one of a folded name. */
export function withRenamedColumns(sql: string, names: ReadonlyMap<string, string>): string {
  return replaced(sql, (tokens, i) => {
    const name = columnAt(tokens, i)
    const renamed = name === null ? undefined : names.get(fold(name))
    return renamed === undefined ? null : inDoubleQuotes(renamed)
  })
}

/** The text without `table.` in front of columns, so that it also holds in a table of another name. */
export function withoutQualifier(sql: string, table: string): string {
  const folded = fold(table)
  const isQualifier = (tokens: readonly Token[], i: number): boolean => {
    const token = tokens[i]
    return (
      token !== undefined &&
      (token.kind === 'word' || token.kind === 'quoted') &&
      isSign(tokens[i + 1], '.') &&
      fold(nameOf(token)) === folded
    )
  }
  return replaced(sql, (tokens, i) =>
    isQualifier(tokens, i) || (isSign(tokens[i], '.') && isQualifier(tokens, i - 1)) ? '' : null,
  )
}

/** The tokens without parentheses that enclose all of them. */
export function withoutOuterParentheses(tokens: readonly Token[]): readonly Token[] {
  let left = tokens
  while (isEnclosed(left)) left = left.slice(1, -1)
  return left
}

function canonicalText(sql: string): string {
  const tokens = withoutOuterParentheses(tokensOf(sql))
  let text = ''
  tokens.forEach((token, i) => {
    const before = tokens[i - 1]
    text += (before !== undefined && isSpaced(before, token) ? ' ' : '') + canonicalToken(token)
  })
  return text
}

function isEnclosed(tokens: readonly Token[]): boolean {
  if (tokens.length < 3 || !isSign(tokens[0], '(')) return false
  let depth = 0
  return tokens.every((token, i) => {
    if (isSign(token, '(')) depth += 1
    else if (isSign(token, ')')) depth -= 1
    return depth > 0 || i === tokens.length - 1
  })
}

function replaced(
  sql: string,
  replace: (tokens: readonly Token[], at: number) => string | null,
): string {
  const tokens = tokensOf(sql)
  let text = ''
  let from = 0
  tokens.forEach((token, i) => {
    const instead = replace(tokens, i)
    if (instead === null) return
    text += sql.slice(from, token.start) + instead
    from = token.end
  })
  return text + sql.slice(from)
}

function columnAt(tokens: readonly Token[], at: number): string | null {
  const token = tokens[at]
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return null
  const isSyntax = token.kind === 'word' && isKeyword(token.text.toLowerCase())
  // `replace(` and `like(` are functions as well as keywords, `rowid` is neither.
  if (isSyntax || isSign(tokens[at + 1], '(') || isSign(tokens[at + 1], '.')) return null
  return isWord(tokens[at - 1], 'collate') ? null : nameOf(token)
}

function canonicalToken(token: Token): string {
  switch (token.kind) {
    case 'word':
      return fold(token.text)
    case 'quoted': {
      const name = fold(nameOf(token))
      const isPlain = /^[a-z_\u0080-\uffff][a-z0-9_$\u0080-\uffff]*$/.test(name)
      return isPlain && !isKeyword(name) ? name : inDoubleQuotes(name)
    }
    case 'blob':
      return token.text.toLowerCase()
    case 'sign':
      return token.text === '==' ? '=' : token.text === '!=' ? '<>' : token.text
    case 'string':
    case 'number':
      return token.text
  }
}

/** Whether a space stands between two tokens; where it is needed to keep them apart it always does. */
function isSpaced(before: Token, token: Token): boolean {
  if (isSign(before, '(') || isSign(before, '.')) return false
  if (isSign(token, ')') || isSign(token, ',') || isSign(token, '.')) return false
  if (!isSign(token, '(')) return true
  return before.kind === 'sign' || (before.kind === 'word' && isKeyword(before.text.toLowerCase()))
}

function inDoubleQuotes(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
