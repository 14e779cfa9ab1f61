/** A default as the server prints it, or as a person writes it, in its neutral form. */
import type { DefaultValue, LiteralValue } from '../../../schema/column.js'
import { neutralExpression, withoutOuterParentheses } from '../expression/expression.js'
import type { ParsedType } from '../parse-type.js'
import type { Token } from '../expression/tokens.js'
import { solidTokens, stringValue } from '../expression/tokens.js'

/** The neutral form of a default for a column of a type; null for none and for NULL. */
export function neutralDefault(sql: string, type: ParsedType | null): DefaultValue | null {
  if (/^null$/i.test(sql)) return null
  const tokens = withoutOuterParentheses(solidTokens(sql))
  const words = tokens.map(({ text }) => text.toLowerCase())
  if (words.length === 0 || words.join() === 'null') return null
  const now = /^(?:current_timestamp|now|localtime|localtimestamp)(?:\((\d?)\))?$/.exec(
    words.join(''),
  )
  // An expression with the current time of a date or a text is no timestamp.
  if (now !== null && (type === null || isMoment(type)))
    return { kind: 'now', precision: digits(now[1]) }
  if (words.join('') === 'uuid()') return { kind: 'uuid' }
  const value = literalOf(tokens)
  if (value === undefined) return { kind: 'sql', text: neutralExpression(sql) }
  return { kind: 'literal', value: typed(value, type) }
}

/** Whether values of the type are a moment or a day, so that their default can be the current time. */
export function isMoment(type: ParsedType): boolean {
  return type.base === 'timestamp' || type.base === 'datetime' || type.base === 'date'
}

function digits(text: string | undefined): number | null {
  return text === undefined || text === '' || text === '0' ? null : Number(text)
}

/** The value of a literal; undefined where the pieces are an expression. */
function literalOf(tokens: readonly Token[]): string | number | boolean | undefined {
  const [first, second, third] = tokens
  if (first === undefined) return undefined
  // The server puts the character set in front of a string: `_utf8mb4'a'`.
  if (first.text.startsWith('_') && second?.kind === 'string' && third === undefined) {
    return stringValue(second.text)
  }
  if (second === undefined) {
    if (first.kind === 'string') return stringValue(first.text)
    if (first.kind === 'number') return numberOf(first.text)
    if (first.kind === 'binary' && /^b/i.test(first.text)) {
      return Number.parseInt(first.text.slice(2, -1), 2)
    }
    const word = first.text.toLowerCase()
    return word === 'true' || word === 'false' ? word === 'true' : undefined
  }
  const isSigned = (first.text === '-' || first.text === '+') && third === undefined
  if (!isSigned || second.kind !== 'number') return undefined
  const number = numberOf(second.text)
  return number === undefined || first.text === '+' ? number : -number
}

/** Undefined where JavaScript has no such number: it stays an expression. */
function numberOf(text: string): number | undefined {
  const value = Number(text)
  const isExact = !Number.isInteger(value) || Number.isSafeInteger(value)
  return isExact && Number.isFinite(value) && text.length < 17 ? value : undefined
}

/** A literal as a person would give it for the type. */
function typed(value: string | number | boolean, type: ParsedType | null): LiteralValue {
  if (type?.base === 'tinyint' && type.sizes[0] === 1 && /^[01]$/.test(String(Number(value)))) {
    return Number(value) === 1
  }
  const isText = type !== null && /char$|text$|^(?:enum|set|json)$/.test(type.base)
  return isText && typeof value === 'number' ? String(value) : value
}
