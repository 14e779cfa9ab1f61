/** Defaults: neutral ones as SQLite text and back, and the one form of all spellings of one. */
import type { ColumnType, DefaultValue, LiteralValue } from '../../schema/column.js'
import { canonicalExpression, neutralExpression, withoutOuterParentheses } from './expression.js'
import { quoteText } from './names.js'
import type { Token } from './text/tokens.js'
import { isWord, tokensOf } from './text/tokens.js'
import { affinityOf, typeText } from './types.js'

/** What Knex's `fn.uuid()` is on SQLite. */
const UUID =
  "(lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))),2) || '-' || substr('89ab',abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))),2) || '-' || lower(hex(randomblob(6))))"
const CANONICAL_UUID = canonicalExpression(UUID)

/** The default with an expression that is a plain value read as that value; null for NULL. */
export function plainDefault(value: DefaultValue | null, type: ColumnType): DefaultValue | null {
  return value?.kind === 'sql' ? neutralDefault(value.text, type) : value
}

/** A default of a column of this type as it stands behind the word DEFAULT; expressions in parentheses. */
export function defaultText(value: DefaultValue, type: ColumnType): string {
  switch (value.kind) {
    case 'now':
      return 'current_timestamp'
    case 'uuid':
      return UUID
    case 'sql':
      return `(${value.text})`
    case 'literal':
      return literalText(value.value, type)
  }
}

/** The neutral form of a default as written; null for none and for NULL. */
export function neutralDefault(sql: string, type: ColumnType): DefaultValue | null {
  const tokens = withoutOuterParentheses(tokensOf(sql))
  const literal = literalOf(tokens)
  if (literal !== undefined) {
    return literal === null ? null : { kind: 'literal', value: typed(literal, type) }
  }
  if (tokens.length === 1 && isWord(tokens[0], 'current_timestamp')) {
    return { kind: 'now', precision: null }
  }
  if (sql.includes('randomblob') && canonicalExpression(sql) === CANONICAL_UUID) {
    return { kind: 'uuid' }
  }
  const [first] = tokens
  const last = tokens.at(-1)
  return { kind: 'sql', text: neutralExpression(sql.slice(first?.start, last?.end)) }
}

/** The one form of all defaults that store the same value in a column of this type. */
export function canonicalDefault(
  value: DefaultValue | null,
  type: ColumnType,
): DefaultValue | null {
  const neutral = value === null ? null : neutralDefault(defaultText(value, type), type)
  switch (neutral?.kind) {
    case 'literal':
      return { kind: 'literal', value: stored(neutral.value, type) }
    case 'sql':
      return { kind: 'sql', text: canonicalExpression(neutral.text) }
    default:
      return neutral ?? null
  }
}

/** JSON columns take every value as JSON text, except a string, which is such text already. */
function literalText(value: LiteralValue, type: ColumnType): string {
  if (typeof value === 'string') return quoteText(value)
  if (typeof value === 'object' || isJson(type)) return quoteText(JSON.stringify(value))
  if (typeof value === 'boolean') return value ? '1' : '0'
  return String(value)
}

function isJson(type: ColumnType): boolean {
  return typeText(type).toLowerCase() === 'json'
}

/** The value of a literal; undefined where the tokens are an expression. */
function literalOf(tokens: readonly Token[]): string | number | boolean | null | undefined {
  const first = tokens[0]
  const second = tokens[1]
  if (first === undefined) return null
  if (second === undefined) {
    if (first.kind === 'string') return first.text.slice(1, -1).replaceAll("''", "'")
    if (first.kind === 'number') return numberOf(first.text)
    if (isWord(first, 'null')) return null
    return isWord(first, 'true') ? true : isWord(first, 'false') ? false : undefined
  }
  const isSigned = (first.text === '-' || first.text === '+') && tokens.length === 2
  if (!isSigned || second.kind !== 'number') return undefined
  const number = numberOf(second.text)
  return number === undefined || first.text === '+' ? number : -number
}

/** Undefined where JavaScript has no such number: it stays an expression. */
function numberOf(text: string): number | undefined {
  const value = Number(text)
  const isExact = !/^\d+$/.test(text) || Number.isSafeInteger(value)
  return /^[\d.]/.test(text) && !/^0x/i.test(text) && isExact && Number.isFinite(value)
    ? value
    : undefined
}

/** A literal in the form in which a person would give it for the type. */
function typed(value: string | number | boolean, type: ColumnType): LiteralValue {
  if (type.kind === 'boolean' && [0, 1, '0', '1'].some((each) => each === value)) {
    return Number(value) === 1
  }
  const affinity = affinityOf(typeText(type))
  if (affinity === 'text' && typeof value === 'number') return String(value)
  return affinity === 'integer' || affinity === 'real' || type.kind === 'decimal'
    ? numeric(value)
    : value
}

/** A literal as SQLite stores it: by the affinity of the column; JSON without spaces. */
function stored(value: LiteralValue, type: ColumnType): LiteralValue {
  if (typeof value === 'object') return JSON.stringify(value)
  if (isJson(type)) return compactJson(String(value))
  const affinity = affinityOf(typeText(type))
  const plain = typeof value === 'boolean' ? Number(value) : value
  if (affinity === 'text') return String(plain)
  return affinity === 'blob' ? plain : numeric(plain)
}

function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

/** A text that is written as a number becomes one, as under a numeric affinity. */
function numeric(value: string | number | boolean): LiteralValue {
  if (typeof value !== 'string' || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)) {
    return value
  }
  const sign = value.trim().startsWith('-') ? -1 : 1
  const number = numberOf(value.trim().replace(/^[+-]/, ''))
  return number === undefined ? value : sign * number
}
