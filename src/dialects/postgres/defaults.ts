/** Defaults: as the catalog prints them, as statements write them, and in one form for comparing. */
import type { Column, DefaultValue, LiteralValue } from '../../schema/column.js'
import { canonicalExpression, simplified } from './expression/canonical.js'
import type { Node } from './expression/node.js'
import { parseExpression } from './expression/parse.js'
import { NO_TABLE } from './expression/simplify.js'
import { canonicalJson, plainNumber, sortedKeys } from './literal-text.js'
import { quoteText } from './names.js'
import { canonicalTime } from './time-text.js'
import { familyOf, type TypeFamily } from './type-spelling.js'
import { storedType } from './types.js'

/**
 * The default that the catalog prints, `stored` being the column's type. A literal only where writing
 * it again gives the same text in the catalog; what is printed in another way stays SQL.
 */
export function readDefault(text: string | null, stored: string): DefaultValue | null {
  if (text === null) return null
  const node = parseExpression(text)
  const value = node?.kind === 'cast' ? node.value : node
  if (value?.kind === 'word' && value.text === 'null') return null
  const literal = node === null ? null : readLiteral(node, stored)
  if (literal !== null) return { kind: 'literal', value: literal }
  if (node?.kind === 'call') {
    if (node.name === 'gen_random_uuid' && node.args.length === 0) return { kind: 'uuid' }
    const now = currentTime(node)
    if (now !== null && node.name === 'current_timestamp') return now
  }
  return { kind: 'sql', text }
}

function readLiteral(node: Node, stored: string): LiteralValue | null {
  const family = familyOf(stored)
  if (node.kind === 'number' && family === 'number') return exactNumber(node.text)
  if (node.kind === 'word' && family === 'boolean') return node.text === 'true'
  if (node.kind !== 'cast' || node.value.kind !== 'string') return null
  const { text } = node.value
  if (family === 'number') return node.type === negativeType(text) ? exactNumber(text) : null
  if (node.type !== unsized(stored)) return null
  return stored === 'jsonb' ? jsonLiteral(text) : text
}

/** The type under which the server prints a negative number, whatever the column's is (it parses the digits first). */
function negativeType(text: string): string | null {
  if (!text.startsWith('-')) return null
  if (!/^-\d+$/.test(text)) return 'numeric'
  return Number(text) > -(2 ** 31) ? 'integer' : 'bigint'
}

function exactNumber(text: string): number | null {
  const number = Number(text)
  return Number.isFinite(number) && String(number) === text ? number : null
}

/** Objects and lists as themselves; a text, a number or null in JSON as the JSON text. */
function jsonLiteral(text: string): LiteralValue {
  const value = JSON.parse(text) as LiteralValue | null // what the server prints of a jsonb
  return typeof value === 'object' && value !== null ? value : text
}

function unsized(stored: string): string {
  if (stored.startsWith('character(')) return 'bpchar'
  return stored.replace(/\(.*?\)/, '')
}

function currentTime(node: Extract<Node, { readonly kind: 'call' }>): DefaultValue | null {
  if (node.name === 'now' && node.args.length === 0) return { kind: 'now', precision: null }
  if (node.name !== 'current_timestamp') return null
  const [precision] = node.args
  if (precision === undefined) return { kind: 'now', precision: null }
  return precision.kind === 'number' ? { kind: 'now', precision: Number(precision.text) } : null
}

/**
 * The default to write for a column. One that is written out as null is none: the catalog would keep
 * it, of the column's type, where nobody sees it and it does not convert with the column.
 */
export function writtenDefault({ default: value }: Column): DefaultValue | null {
  return value?.kind === 'sql' && /^\s*null\s*$/i.test(value.text) ? null : value
}

/** The default as it stands behind `default` in a statement. */
export function emittedDefault(value: DefaultValue, column: Column): string {
  switch (value.kind) {
    case 'now':
      return value.precision === null
        ? 'current_timestamp'
        : `current_timestamp(${value.precision})`
    case 'uuid':
      return 'gen_random_uuid()'
    case 'sql':
      return `(${value.text})`
    case 'literal':
      return emittedLiteral(value.value, familyOf(storedType(column.type)))
  }
}

function emittedLiteral(value: LiteralValue, family: TypeFamily): string {
  if (typeof value === 'string') return quoteText(value)
  if (family === 'boolean') return value ? 'true' : 'false'
  if (family === 'number') return String(Number(value))
  if (family === 'array' && Array.isArray(value)) return quoteText(arrayText(value))
  return quoteText(
    typeof value === 'object' || family === 'json' ? JSON.stringify(value) : String(value),
  )
}

/** A list as the server writes one: `{1,"a b"}` (manual, 8.15.2). */
function arrayText(items: readonly LiteralValue[]): string {
  const written = items.map((item) => {
    if (Array.isArray(item)) return arrayText(item as readonly LiteralValue[]) // only lists are arrays
    if (typeof item !== 'string')
      return typeof item === 'object' ? quotedItem(JSON.stringify(item)) : String(item)
    return /^[\w.+-]+$/.test(item) && !/^null$/i.test(item) ? item : quotedItem(item)
  })
  return `{${written.join(',')}}`
}

function quotedItem(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** The default in the form in which two of one meaning are equal. */
export function canonicalDefault(value: DefaultValue | null, column: Column): DefaultValue | null {
  const stored = storedType(column.type)
  switch (value?.kind) {
    case undefined:
      return null
    case 'now':
    case 'uuid':
      return value
    case 'literal':
      return canonicalLiteral(value.value, stored)
    case 'sql':
      return canonicalSql(value.text, stored)
  }
}

function canonicalSql(text: string, stored: string): DefaultValue | null {
  const node = simplified(text, NO_TABLE)
  switch (node?.kind) {
    case 'word':
      if (node.text === 'null') return null
      if (node.text === 'true' || node.text === 'false')
        return canonicalLiteral(node.text === 'true', stored)
      break
    case 'string':
    case 'number':
      return canonicalLiteral(node.text, stored)
    case 'array': {
      const items = node.items.flatMap((item) =>
        item.kind === 'string' || item.kind === 'number' ? [item.text] : [],
      )
      if (items.length === node.items.length) return canonicalLiteral(items, stored)
      break
    }
    case 'call': {
      const now = currentTime(node)
      if (now !== null) return now
      if (node.name === 'gen_random_uuid') return { kind: 'uuid' }
      break
    }
    default:
  }
  return { kind: 'sql', text: canonicalExpression(text, NO_TABLE) }
}

function canonicalLiteral(value: LiteralValue, stored: string): DefaultValue {
  return { kind: 'literal', value: literalOf(value, stored) }
}

function literalOf(value: LiteralValue, stored: string): LiteralValue {
  const family = familyOf(stored)
  switch (family) {
    case 'boolean':
      return /^(?:t|true|y|yes|on|1)$/i.test(textOf(value))
    case 'number':
      return plainNumber(typeof value === 'boolean' ? String(Number(value)) : textOf(value))
    case 'json':
      return typeof value === 'string' ? canonicalJson(value) : JSON.stringify(sortedKeys(value))
    case 'time':
      return canonicalTime(textOf(value), stored)
    case 'array':
      return Array.isArray(value) ? arrayText(value as readonly LiteralValue[]) : textOf(value)
    default:
      return textOf(value)
  }
}

/** A literal as the text that stands for it: lists and objects as JSON. */
export function textOf(value: LiteralValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
