/** Expressions: neutral ones as the server takes them, and the server's as neutral text. */
import type { Token } from './tokens.js'
import { solidTokens, stringText, stringValue, tokensOf, unquoted } from './tokens.js'
import { parseExpression } from './expression-tree.js'
import { printExpression } from './print-expression.js'
import { quote, quoteText, type StringSpelling } from '../quote.js'
import { remembered } from '../../../operations/remembered.js'
import { isPlainName } from './reserved.js'

/** Names that the server prints for functions whose usual name every engine knows. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  lcase: 'lower',
  ucase: 'upper',
  octet_length: 'length',
  curdate: 'current_date',
}

/**
 * A neutral expression as the server takes it: names in backticks, `||` as `concat` where it joins
 * text (the server reads it as `or`).
 */
export function serverExpression(sql: string, spelling: StringSpelling): string {
  const tokens = tokensOf(sql)
  const tree = tokens.some(({ text }) => text === '||') ? parseExpression(sql) : null
  if (tree !== null)
    return printExpression(tree, { name: quote, text: (value) => quoteText(value, spelling) })
  return tokens
    .map(({ kind, text }) => {
      if (kind === 'quoted') return quote(unquoted(text))
      return kind === 'string' && !spelling.backslashEscapes
        ? quoteText(stringValue(text), spelling)
        : text
    })
    .join('')
    .trim()
}

/** What the server prints as neutral text: names bare or in double quotes, strings without `\'`. */
export const neutralExpression = remembered(neutralText)

function neutralText(sql: string): string {
  const tokens = withoutEmptyCalls(withoutOuterParentheses(solidTokens(sql)))
  let text = ''
  for (const at of tokens.keys()) {
    text += (isSpaced(tokens, at) ? ' ' : '') + neutralToken(tokens, at)
  }
  return text
}

function neutralToken(tokens: readonly Token[], at: number): string {
  const token = tokens[at]
  if (token === undefined) return ''
  const isCalled = tokens[at + 1]?.text === '('
  switch (token.kind) {
    case 'quoted': {
      const name = unquoted(token.text)
      return isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`
    }
    case 'string':
      return stringText(stringValue(token.text))
    case 'word': {
      const word = token.text.toLowerCase()
      // The character set in front of a string says nothing that the column does not.
      if (word.startsWith('_') && tokens[at + 1]?.kind === 'string') return ''
      if (word === 'mod' && !isCalled) return '%'
      return isCalled ? (USUAL_NAMES[word] ?? word) : word
    }
    default:
      return token.text
  }
}

/** `current_timestamp()` as standard SQL has it. */
function withoutEmptyCalls(tokens: readonly Token[]): readonly Token[] {
  const isTime = (at: number): boolean =>
    /^(?:current_(?:timestamp|date|time)|cur(?:date|time))$/i.test(tokens[at]?.text ?? '')
  const isEmptyCall = (at: number): boolean =>
    isTime(at) && tokens[at + 1]?.text === '(' && tokens[at + 2]?.text === ')'
  return tokens
    .filter((_, at) => !isEmptyCall(at - 1) && !isEmptyCall(at - 2))
    .map((token) =>
      token.text.toLowerCase() === 'curdate' ? { ...token, text: 'current_date' } : token,
    )
}

const BEFORE_OPERAND =
  /^(?:and|or|xor|not|in|when|then|else|case|between|like|is|div|mod|interval|regexp|escape)$/i

function isSpaced(tokens: readonly Token[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]]
  if (before === undefined || token === undefined) return false
  if (/^[(.]$/.test(before.text) || /^[),.]$/.test(token.text)) return false
  if (before.kind === 'word' && before.text.startsWith('_') && token.kind === 'string') return false
  if (token.text === '(') return before.kind !== 'word' || BEFORE_OPERAND.test(before.text)
  return !isSignOfNumber(tokens, at - 1)
}

/** Whether the minus here is a number's own. */
function isSignOfNumber(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  return (
    tokens[at]?.text === '-' &&
    (before === undefined ||
      (before.kind === 'sign' && before.text !== ')') ||
      (before.kind === 'word' && BEFORE_OPERAND.test(before.text)))
  )
}

/** The pieces without parentheses that enclose all of them. */
export function withoutOuterParentheses(tokens: readonly Token[]): readonly Token[] {
  let left = tokens
  while (isEnclosed(left)) left = left.slice(1, -1)
  return left
}

function isEnclosed(tokens: readonly Token[]): boolean {
  if (tokens.length < 3 || tokens[0]?.text !== '(') return false
  let depth = 0
  return tokens.every(({ text }, at) => {
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    return depth > 0 || at === tokens.length - 1
  })
}
