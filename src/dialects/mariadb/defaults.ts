/** Defaults: neutral ones as the server's text, and the one form of all spellings of one. */
import type { ColumnType, DefaultValue, LiteralValue } from '../../schema/column.js'
import { canonicalExpression } from './expression/canonical-expression.js'
import { serverExpression } from './expression/expression.js'
import type { ParsedType } from './parse-type.js'
import { literal, quoteText, type StringSpelling } from './quote.js'
import { isMoment, neutralDefault } from './catalog/read-default.js'
import { canonicalTime } from './times.js'
import { parsedType } from './types.js'

const ON_UPDATE = /^(.*?)\s*\bon\s+update\s+(?:current_timestamp|now)\s*(?:\(\s*\d?\s*\))?\s*$/is

/** The two halves of a default: the value of a new row, and whether an update sets the time. */
export interface DefaultParts {
  readonly value: DefaultValue | null
  readonly onUpdateNow: boolean
}

/** Takes apart `current_timestamp on update current_timestamp`, which Knex knows only as raw text. */
export function defaultParts(value: DefaultValue | null): DefaultParts {
  if (value?.kind !== 'sql') return { value, onUpdateNow: false }
  const first = ON_UPDATE.exec(value.text)?.[1]?.trim()
  if (first === undefined) return { value, onUpdateNow: false }
  const isNone = first === '' || /^null$/i.test(first)
  return { value: isNone ? null : { kind: 'sql', text: first }, onUpdateNow: true }
}

/** The default of a row as it stands behind the word DEFAULT. */
export function defaultText(
  value: DefaultValue,
  type: ColumnType,
  spelling: StringSpelling,
): string {
  switch (value.kind) {
    case 'now':
      return nowText(parsedType(type))
    case 'uuid':
      return '(uuid())'
    case 'literal':
      return literalText(value.value, type, spelling)
    case 'sql': {
      const plain = neutralDefault(value.text, parsedType(type))
      if (plain !== null && plain.kind !== 'sql') return defaultText(plain, type, spelling)
      return `(${serverExpression(value.text, spelling)})`
    }
  }
}

/** The current time with as many digits as the type keeps. */
export function nowText(type: ParsedType | null): string {
  const digits = type !== null && isMoment(type) ? type.sizes[0] : undefined
  return digits === undefined ? 'current_timestamp' : `current_timestamp(${digits})`
}

/** The one form of all defaults that give a column of this type the same value. */
export function canonicalDefault(
  given: DefaultValue | null,
  type: ColumnType,
): DefaultValue | null {
  const parsed = parsedType(type)
  const { value, onUpdateNow } = defaultParts(given)
  const first = canonicalValue(value, parsed)
  if (!onUpdateNow && parsed?.onUpdateNow !== true) return first
  return { kind: 'sql', text: `${plainText(first)}on update current_timestamp` }
}

/** A canonical default as text that reads back as the same. */
function plainText(value: DefaultValue | null): string {
  switch (value?.kind) {
    case undefined:
      return ''
    case 'now':
      return 'current_timestamp '
    case 'uuid':
      return 'uuid() '
    case 'literal':
      return `${quoteText(typeof value.value === 'object' ? JSON.stringify(value.value) : String(value.value))} `
    case 'sql':
      return `${value.text} `
  }
}

function canonicalValue(value: DefaultValue | null, type: ParsedType | null): DefaultValue | null {
  if (value === null) return null
  switch (value.kind) {
    case 'now':
      return { kind: 'now', precision: null }
    case 'uuid':
      return value
    case 'literal':
      return { kind: 'literal', value: storedValue(value.value, type) }
    case 'sql': {
      const plain = neutralDefault(value.text, type)
      if (plain?.kind !== 'sql') return canonicalValue(plain, type)
      // A whole number beyond what JavaScript counts.
      return isNumeric(type) && isNumber(plain.text)
        ? { kind: 'literal', value: numberText(plain.text) }
        : { kind: 'sql', text: canonicalExpression(plain.text) }
    }
  }
}

/** A literal as the server keeps it in a column of the type. */
function storedValue(value: LiteralValue, type: ParsedType | null): LiteralValue {
  if (typeof value === 'object') return JSON.stringify(value)
  const text = typeof value === 'boolean' && isNumeric(type) ? String(Number(value)) : String(value)
  switch (type?.base) {
    case 'decimal':
      return decimalText(text, type.sizes[1] ?? 0)
    case 'timestamp':
    case 'datetime':
    case 'date':
    case 'time':
      return canonicalTime(text, type)
    case 'binary':
      return text.replace(/\0+$/, '')
    default:
      return isNumeric(type) && isNumber(text) ? numberText(text) : text
  }
}

function isNumeric(type: ParsedType | null): boolean {
  return type !== null && /int$|^(?:decimal|float|double|bit|year)$/.test(type.base)
}

function isNumber(text: string): boolean {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text)
}

/** Whole numbers keep all their digits, whatever JavaScript can count. */
function numberText(text: string): string {
  const trimmed = text.trim()
  return /^[+-]?\d+$/.test(trimmed) ? String(BigInt(trimmed)) : String(Number(trimmed))
}

/** A decimal number rounded to so many digits behind the point, without zeros at its end. */
function decimalText(text: string, scale: number): string {
  const match = /^\s*([+-]?)(\d*)\.?(\d*)\s*$/.exec(text)
  if (match === null) return isNumber(text) ? decimalText(Number(text).toFixed(scale), scale) : text
  const [, sign = '', whole = '', fraction = ''] = match
  const digits = BigInt(`${whole}${fraction.padEnd(scale, '0').slice(0, scale)}` || '0')
  const isUp = (fraction[scale] ?? '0') >= '5'
  const rounded = String(isUp ? digits + 1n : digits).padStart(scale + 1, '0')
  const cut = rounded.length - scale
  const tail = rounded.slice(cut).replace(/0+$/, '')
  const plain = tail === '' ? rounded.slice(0, cut) : `${rounded.slice(0, cut)}.${tail}`
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain
}

function literalText(value: LiteralValue, type: ColumnType, spelling: StringSpelling): string {
  const parsed = parsedType(type)
  if (typeof value === 'object') return literal(JSON.stringify(value), spelling)
  const isTrueOrFalse = typeof value === 'boolean'
  if (isNumeric(parsed)) {
    const text = isTrueOrFalse ? String(Number(value)) : String(value).trim()
    return isNumber(text) ? text : literal(text, spelling)
  }
  const isTime = parsed !== null && /^(?:timestamp|datetime|date|time)$/.test(parsed.base)
  return literal(isTime ? canonicalTime(String(value), parsed) : String(value), spelling)
}
