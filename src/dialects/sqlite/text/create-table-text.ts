/** The text of a CREATE TABLE, cut into columns and constraints that keep their own text (https://sqlite.org/lang_createtable.html). */
import type { ColumnText } from './column-text.js'
import { readColumn } from './column-text.js'
import type { KeyPart } from './key-parts.js'
import { readKeyParts } from './key-parts.js'
import { createMemo } from '../../../operations/remembered.js'
import type { Reader } from './reader.js'
import {
  UnreadableText,
  endOf,
  isDone,
  nextWord,
  peek,
  readerOf,
  takeName,
  takeParentheses,
  takeWords,
} from './reader.js'
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

const CONSTRAINT_WORDS = new Set(['constraint', 'primary', 'unique', 'check', 'foreign'])

/** The same text is read several times a revision, and most of a table's columns stay as they are. */
const knownTables = createMemo<TableText>(256)
const knownColumns = createMemo<readonly TableItem[]>(4_096)

/** @throws UnreadableText where it is no CREATE TABLE that we understand */
export function readCreateTable(sql: string): TableText {
  const known = knownTables.get(sql)
  if (known !== undefined) return known
  const places = outerPlaces(sql)
  const end = places.at(-1)
  if (end === undefined) throw new UnreadableText(`No CREATE TABLE: ${sql}`)
  const texts = places.slice(1).map((place, i) => sql.slice((places[i] ?? 0) + 1, place))
  return knownTables.keep(sql, { items: texts.flatMap(readItems), ...readTail(sql.slice(end + 1)) })
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
  const known = knownColumns.get(text)
  if (known !== undefined) return known
  const reader = readerOf(text)
  if (!CONSTRAINT_WORDS.has(nextWord(reader))) return knownColumns.keep(text, [readColumn(reader)])
  // Not remembered: a table may hold one constraint twice, and then each is an item of its own.
  const items: ConstraintText[] = []
  let from = 0
  while (!isDone(reader)) {
    let name: string | null = null
    while (takeWords(reader, 'constraint')) name = takeName(reader)
    if (isDone(reader)) break
    const content = readConstraint(reader)
    const to = isDone(reader) ? text.length : endOf(reader)
    items.push({ name, text: text.slice(from, to), ...content })
    from = to
  }
  return items
}

function readConstraint(reader: Reader): ConstraintContent {
  if (takeWords(reader, 'primary', 'key')) return readKey(reader, 'primaryKey')
  if (takeWords(reader, 'unique')) return readKey(reader, 'unique')
  if (takeWords(reader, 'check')) {
    const sql = takeParentheses(reader)
    readConflict(reader)
    return { kind: 'check', sql }
  }
  if (takeWords(reader, 'foreign', 'key')) {
    const columns = readKeyParts(takeParentheses(reader)).map((part) =>
      'column' in part.on ? part.on.column : part.on.sql,
    )
    if (!takeWords(reader, 'references')) throw new UnreadableText(`No REFERENCES: ${reader.sql}`)
    return { kind: 'foreignKey', columns, references: readReferences(reader) }
  }
  throw new UnreadableText(`Nothing known at ${peek(reader)?.start ?? -1}: ${reader.sql}`)
}

function readKey(reader: Reader, kind: 'primaryKey' | 'unique'): ConstraintContent {
  const inside = takeParentheses(reader)
  const autoincrement = /\sautoincrement$/i.test(inside)
  const parts = readKeyParts(autoincrement ? inside.replace(/\s+\w+$/, '') : inside)
  return { kind, parts, conflict: readConflict(reader), autoincrement }
}
