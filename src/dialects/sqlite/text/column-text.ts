/** The text of one column in a CREATE TABLE, cut into its parts (https://sqlite.org/syntax/column-def.html). */
import type { Deferrable } from '../../../schema/table.js'
import type { Reader } from './reader.js'
import {
  UnreadableText,
  endOf,
  isDone,
  nextWord,
  peek,
  take,
  takeName,
  takeParentheses,
  takeWords,
} from './reader.js'
import type { References } from './references-text.js'
import { readConflict, readDeferrable, readReferences } from './references-text.js'
import { isSign, isWord, nameOf } from './tokens.js'

/** What a constraint of a column says. Expressions are verbatim. */
type PartContent =
  | {
      readonly kind: 'primaryKey'
      readonly descending: boolean
      readonly conflict: string | null
      readonly autoincrement: boolean
    }
  | { readonly kind: 'notNull'; readonly conflict: string | null }
  | { readonly kind: 'unique'; readonly conflict: string | null }
  | { readonly kind: 'null' }
  | { readonly kind: 'check'; readonly sql: string }
  | { readonly kind: 'default'; readonly sql: string }
  | { readonly kind: 'collate'; readonly collation: string }
  | { readonly kind: 'references'; readonly references: References }
  | { readonly kind: 'deferrable'; readonly deferrable: Deferrable | null }
  | { readonly kind: 'generated'; readonly sql: string; readonly stored: boolean }

/** A constraint of a column, from its CONSTRAINT word on, as places in the column's text. */
export type ColumnPart = PartContent & {
  readonly name: string | null
  readonly start: number
  readonly end: number
}

export interface ColumnText {
  readonly kind: 'column'
  readonly text: string
  readonly name: string
  /** As written; empty where there is none. */
  readonly type: string
  readonly nameEnd: number
  /** Where the type ends; `nameEnd` where there is none. */
  readonly typeEnd: number
  readonly parts: readonly ColumnPart[]
}

/** The words that end a type; all others may be part of it. */
const AFTER_TYPE = new Set([
  'constraint',
  'primary',
  'not',
  'null',
  'unique',
  'check',
  'default',
  'collate',
  'references',
  'as',
  'deferrable',
])

/** Reads a column; the text is verbatim as it stands between two commas. */
export function readColumn(reader: Reader): ColumnText {
  const name = takeName(reader)
  const nameEnd = endOf(reader)
  const type = readType(reader)
  const typeEnd = type === '' ? nameEnd : endOf(reader)
  const parts: ColumnPart[] = []
  while (!isDone(reader)) {
    const part = readPart(reader)
    if (part !== null) parts.push(part)
  }
  return { kind: 'column', text: reader.sql, name, type, nameEnd, typeEnd, parts }
}

function readType(reader: Reader): string {
  const start = peek(reader)?.start ?? 0
  let end = start
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    const isEnd =
      token.kind === 'word'
        ? AFTER_TYPE.has(token.text.toLowerCase()) ||
          (isWord(token, 'generated') && isWord(peek(reader, 1), 'always'))
        : token.kind !== 'quoted' && token.kind !== 'string'
    if (isEnd) break
    end = take(reader).end
  }
  if (end > start && isSign(peek(reader), '(')) {
    takeParentheses(reader)
    end = endOf(reader)
  }
  return reader.sql.slice(start, end)
}

/** Null for a CONSTRAINT word with nothing behind it, which SQLite lets stand. */
function readPart(reader: Reader): ColumnPart | null {
  const start = peek(reader)?.start ?? 0
  let name: string | null = null
  while (takeWords(reader, 'constraint')) name = takeName(reader)
  if (isDone(reader)) return null
  const content = readContent(reader)
  return { ...content, name, start, end: endOf(reader) }
}

function readContent(reader: Reader): PartContent {
  switch (nextWord(reader)) {
    case 'primary':
      return readPrimaryKey(reader)
    case 'not':
      if (takeWords(reader, 'not', 'null')) {
        return { kind: 'notNull', conflict: readConflict(reader) }
      }
      break
    case 'null':
      take(reader)
      readConflict(reader)
      return { kind: 'null' }
    case 'unique':
      take(reader)
      return { kind: 'unique', conflict: readConflict(reader) }
    case 'check': {
      take(reader)
      const sql = takeParentheses(reader)
      readConflict(reader)
      return { kind: 'check', sql }
    }
    case 'default':
      take(reader)
      return { kind: 'default', sql: readDefault(reader) }
    case 'collate':
      take(reader)
      return { kind: 'collate', collation: takeName(reader) }
    case 'references':
      take(reader)
      return { kind: 'references', references: readReferences(reader) }
    case 'generated':
    case 'as':
      return readGenerated(reader)
  }
  const deferrable = readDeferrable(reader)
  if (deferrable !== null) return { kind: 'deferrable', deferrable: deferrable.value }
  throw new UnreadableText(`Nothing known at ${peek(reader)?.start ?? -1}: ${reader.sql}`)
}

function readPrimaryKey(reader: Reader): PartContent {
  takeWords(reader, 'primary', 'key')
  const descending = takeWords(reader, 'desc')
  takeWords(reader, 'asc')
  const conflict = readConflict(reader)
  const autoincrement = takeWords(reader, 'autoincrement')
  return { kind: 'primaryKey', descending, conflict, autoincrement }
}

function readGenerated(reader: Reader): PartContent {
  takeWords(reader, 'generated', 'always')
  takeWords(reader, 'as')
  const sql = takeParentheses(reader)
  const stored = takeWords(reader, 'stored')
  takeWords(reader, 'virtual')
  return { kind: 'generated', sql, stored }
}

/** A default as written: an expression keeps its parentheses, a bare name becomes the string it is. */
function readDefault(reader: Reader): string {
  const first = peek(reader)
  if (isSign(first, '(')) return `(${takeParentheses(reader)})`
  const token = take(reader)
  if (token.text === '+' || token.text === '-') return token.text + take(reader).text
  const isBareName =
    token.kind === 'quoted' ||
    (token.kind === 'word' &&
      !/^(?:null|true|false|current_(?:date|time|timestamp))$/i.test(token.text))
  return isBareName ? `'${nameOf(token).replaceAll("'", "''")}'` : token.text
}
