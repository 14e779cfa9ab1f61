/** The text of one column in a CREATE TABLE, cut into its parts (https://sqlite.org/syntax/column-def.html). */
import type { Deferrable } from '../../schema/table.js'
import type { Reader } from './reader.js'
import { readerOf, UnreadableText } from './reader.js'
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

/** Reads the text of a column, verbatim as it stands between two commas. */
export function readColumn(text: string): ColumnText {
  const reader = readerOf(text)
  const name = reader.name()
  const nameEnd = reader.end()
  const type = readType(reader)
  const typeEnd = type === '' ? nameEnd : reader.end()
  const parts: ColumnPart[] = []
  while (!reader.isDone()) {
    const part = readPart(reader)
    if (part !== null) parts.push(part)
  }
  return { kind: 'column', text, name, type, nameEnd, typeEnd, parts }
}

function readType(reader: Reader): string {
  const start = reader.peek()?.start ?? 0
  let end = start
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    const isEnd =
      token.kind === 'word'
        ? AFTER_TYPE.has(token.text.toLowerCase()) ||
          (isWord(token, 'generated') && isWord(reader.peek(1), 'always'))
        : token.kind !== 'quoted' && token.kind !== 'string'
    if (isEnd) break
    end = reader.next().end
  }
  if (end > start && isSign(reader.peek(), '(')) {
    reader.inParentheses()
    end = reader.end()
  }
  return reader.sql.slice(start, end)
}

/** Null for a CONSTRAINT word with nothing behind it, which SQLite lets stand. */
function readPart(reader: Reader): ColumnPart | null {
  const start = reader.peek()?.start ?? 0
  let name: string | null = null
  while (reader.words('constraint')) name = reader.name()
  if (reader.isDone()) return null
  const content = readContent(reader)
  return { ...content, name, start, end: reader.end() }
}

function readContent(reader: Reader): PartContent {
  if (reader.words('primary', 'key')) {
    const descending = reader.words('desc')
    reader.words('asc')
    const conflict = readConflict(reader)
    return {
      kind: 'primaryKey',
      descending,
      conflict,
      autoincrement: reader.words('autoincrement'),
    }
  }
  const deferrable = readDeferrable(reader)
  if (deferrable !== null) return { kind: 'deferrable', deferrable: deferrable.value }
  if (reader.words('not', 'null')) return { kind: 'notNull', conflict: readConflict(reader) }
  if (reader.words('null')) {
    readConflict(reader)
    return { kind: 'null' }
  }
  if (reader.words('unique')) return { kind: 'unique', conflict: readConflict(reader) }
  if (reader.words('check')) {
    const sql = reader.inParentheses()
    readConflict(reader)
    return { kind: 'check', sql }
  }
  if (reader.words('default')) return { kind: 'default', sql: readDefault(reader) }
  if (reader.words('collate')) return { kind: 'collate', collation: reader.name() }
  if (reader.words('references')) return { kind: 'references', references: readReferences(reader) }
  if (reader.words('generated', 'always', 'as') || reader.words('as')) {
    const sql = reader.inParentheses()
    const stored = reader.words('stored')
    reader.words('virtual')
    return { kind: 'generated', sql, stored }
  }
  throw new UnreadableText(`Nothing known at ${reader.peek()?.start ?? -1}: ${reader.sql}`)
}

/** A default as written: an expression keeps its parentheses, a bare name becomes the string it is. */
function readDefault(reader: Reader): string {
  const first = reader.peek()
  if (isSign(first, '(')) return `(${reader.inParentheses()})`
  const token = reader.next()
  if (token.text === '+' || token.text === '-') return token.text + reader.next().text
  const isBareName =
    token.kind === 'quoted' ||
    (token.kind === 'word' &&
      !/^(?:null|true|false|current_(?:date|time|timestamp))$/i.test(token.text))
  return isBareName ? `'${nameOf(token).replaceAll("'", "''")}'` : token.text
}
