/** The text of a CREATE TABLE, cut into columns and constraints that keep their own text (https://sqlite.org/lang_createtable.html). */
import type { ColumnText } from './column-text.js'
import { readColumn } from './column-text.js'
import type { KeyPart } from './key-parts.js'
import { readKeyParts } from './key-parts.js'
import type { Reader } from './reader.js'
import { readerOf, UnreadableText } from './reader.js'
import type { References } from './references-text.js'
import { readConflict, readReferences } from './references-text.js'
import { isWord, outerPlaces, tokensOf } from './tokens.js'

type ConstraintContent =
  | {
      readonly kind: 'primaryKey' | 'unique'
      readonly parts: readonly KeyPart[]
      readonly conflict: string | null
      readonly autoincrement: boolean
    }
  | { readonly kind: 'check'; readonly sql: string }
  | {
      readonly kind: 'foreignKey'
      readonly columns: readonly string[]
      readonly references: References
    }

/** A table constraint. Expressions are verbatim. */
export type ConstraintText = ConstraintContent & {
  readonly name: string | null
  readonly text: string
}

export type TableItem = ColumnText | ConstraintText

export interface TableText {
  /** Columns first, then constraints. */
  readonly items: readonly TableItem[]
  /** What stands behind the last parenthesis, verbatim. */
  readonly tail: string
  readonly strict: boolean
  readonly withoutRowid: boolean
}

const CONSTRAINT_WORDS = ['constraint', 'primary', 'unique', 'check', 'foreign']

/** @throws UnreadableText where it is no CREATE TABLE that we understand */
export function readCreateTable(sql: string): TableText {
  const places = outerPlaces(sql)
  const end = places.at(-1)
  if (end === undefined) throw new UnreadableText(`No CREATE TABLE: ${sql}`)
  const texts = places.slice(1).map((place, i) => sql.slice((places[i] ?? 0) + 1, place))
  return { items: texts.flatMap(readItems), ...readTail(sql.slice(end + 1)) }
}

/** The CREATE TABLE under the name `quotedName`. */
export function writeCreateTable(quotedName: string, table: TableText): string {
  const items = table.items.map((item) => item.text).join(',')
  return `create table ${quotedName} (${items})${table.tail}`
}

/** What a tail says. */
export function readTail(tail: string): Pick<TableText, 'tail' | 'strict' | 'withoutRowid'> {
  const tokens = tokensOf(tail)
  return {
    tail,
    strict: tokens.some((token) => isWord(token, 'strict')),
    withoutRowid: tokens.some(
      (token, i) => isWord(token, 'without') && isWord(tokens[i + 1], 'rowid'),
    ),
  }
}

/** The text between two commas; SQLite lets constraints follow each other without one. */
export function readItems(text: string): readonly TableItem[] {
  const reader = readerOf(text)
  if (!isConstraint(reader)) return [readColumn(text)]
  const items: ConstraintText[] = []
  let from = 0
  while (!reader.isDone()) {
    let name: string | null = null
    while (reader.words('constraint')) name = reader.name()
    if (reader.isDone()) break
    const content = readConstraint(reader)
    const to = reader.isDone() ? text.length : reader.end()
    items.push({ ...content, name, text: text.slice(from, to) })
    from = to
  }
  return items
}

function isConstraint(reader: Reader): boolean {
  const first = reader.peek()
  return CONSTRAINT_WORDS.some((word) => isWord(first, word))
}

function readConstraint(reader: Reader): ConstraintContent {
  if (reader.words('primary', 'key')) return readKey(reader, 'primaryKey')
  if (reader.words('unique')) return readKey(reader, 'unique')
  if (reader.words('check')) {
    const sql = reader.inParentheses()
    readConflict(reader)
    return { kind: 'check', sql }
  }
  if (reader.words('foreign', 'key')) {
    const columns = readKeyParts(reader.inParentheses()).map((part) =>
      'column' in part.on ? part.on.column : part.on.sql,
    )
    if (!reader.words('references')) throw new UnreadableText(`No REFERENCES: ${reader.sql}`)
    return { kind: 'foreignKey', columns, references: readReferences(reader) }
  }
  throw new UnreadableText(`Nothing known at ${reader.peek()?.start ?? -1}: ${reader.sql}`)
}

function readKey(reader: Reader, kind: 'primaryKey' | 'unique'): ConstraintContent {
  const inside = reader.inParentheses()
  const autoincrement = /\sautoincrement$/i.test(inside)
  const parts = readKeyParts(autoincrement ? inside.replace(/\s+\w+$/, '') : inside)
  return { kind, parts, conflict: readConflict(reader), autoincrement }
}
