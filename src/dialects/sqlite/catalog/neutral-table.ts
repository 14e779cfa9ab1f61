/** The neutral table that texts of the database mean. */
import type { Column } from '../../../schema/column.js'
import type { ForeignKey, Index, IndexPart, Table, Unique } from '../../../schema/table.js'
import type { CatalogRow } from './catalog.js'
import type { ColumnText } from '../text/column-text.js'
import type { IndexText } from '../text/create-index-text.js'
import { readCreateIndex } from '../text/create-index-text.js'
import type { TableText } from '../text/create-table-text.js'
import { neutralDefault } from '../defaults.js'
import { neutralExpression } from '../expression.js'
import type { KeyPart } from '../text/key-parts.js'
import { fold, isSameName } from '../names.js'
import type { PlacedPrimaryKey } from './table-parts.js'
import {
  checksOf,
  columnOf,
  columnsOf,
  foreignKeyOf,
  foreignKeysOf,
  primaryKeyOf,
  uniquesOf,
} from './table-parts.js'
import { neutralType } from '../types.js'

/** The text of another table, by its name as SQLite compares names; null when there is none. */
export type FindText = (table: string) => { readonly name: string; readonly text: TableText } | null

/** The table with its indexes; `find` gives the tables that it references. */
export function neutralTable(
  name: string,
  text: TableText,
  more: { readonly rows: readonly CatalogRow[]; readonly find: FindText },
): Table {
  const key = primaryKeyOf(text)
  const columns = columnsOf(text).map((column) => neutralColumn(column, text, key))
  const made = more.rows.flatMap((row) =>
    row.type === 'index' && row.sql !== null
      ? [neutralIndex(row.name, readCreateIndex(row.sql), columns)]
      : [],
  )
  const inline = uniquesOf(name, text).map((unique) =>
    foldUnique(neutralIndex(unique.name, { ...unique, unique: true, where: null }, columns)),
  )
  const folded = [...inline, ...made.map(foldUnique)]
  const checks = checksOf(name, text)
  const enums = new Map(
    checks.flatMap(({ enumOf }) => (enumOf === null ? [] : [[enumOf.column, enumOf.values]])),
  )
  return {
    name,
    columns: enums.size === 0 ? columns : columns.map((column) => asEnum(column, enums)),
    primaryKey: key === null ? null : { name: key.name, columns: key.columns },
    uniques: folded.filter((each): each is Unique => !('parts' in each)),
    indexes: folded.filter((each): each is Index => 'parts' in each),
    foreignKeys: foreignKeysOf(name, text).map((each) => resolved(foreignKeyOf(each), more.find)),
    checks: checks
      .filter((check) => check.enumOf === null)
      .map((check) => ({ name: check.name, sql: neutralExpression(check.sql) })),
    comment: null,
    options: {
      ...(text.strict ? { strict: 'yes' } : {}),
      ...(text.withoutRowid ? { withoutRowid: 'yes' } : {}),
    },
  }
}

function asEnum(column: Column, enums: ReadonlyMap<string, readonly string[]>): Column {
  const values = enums.get(column.name)
  return values === undefined ? column : { ...column, type: { kind: 'enum', values, native: null } }
}

/** One column of a table with this key; an enum is the text column that it is. */
export function neutralColumn(
  column: ColumnText,
  text: TableText,
  key: PlacedPrimaryKey | null,
): Column {
  const isKey = key?.columns.includes(column.name) === true
  const isCounter = isKey && key.autoincrement
  const type = isCounter ? ({ kind: 'increments' } as const) : neutralType(column.type)
  const isNotNull = column.parts.some((part) => part.kind === 'notNull')
  const byDefault = column.parts.findLast((part) => part.kind === 'default')
  const generated = column.parts.find((part) => part.kind === 'generated')
  const collation = column.parts.find((part) => part.kind === 'collate')?.collation ?? null
  return {
    name: column.name,
    type,
    // Only in a table without rowid does a key make its columns NOT NULL.
    nullable: !isCounter && !isNotNull && !(isKey && text.withoutRowid),
    default: byDefault === undefined ? null : neutralDefault(byDefault.sql, type),
    generated:
      generated === undefined
        ? null
        : { sql: neutralExpression(generated.sql), stored: generated.stored },
    identity: null,
    collation: collation === null || fold(collation) === 'binary' ? null : collation,
    comment: null,
  }
}

/** An index of these columns' table. */
function neutralIndex(name: string, text: IndexText, columns: readonly Column[]): Index {
  return {
    name,
    unique: text.unique,
    parts: text.parts.map((part) => neutralPart(part, columns)),
    where: text.where === null ? null : neutralExpression(text.where),
    method: null,
    include: [],
    nullsNotDistinct: false,
  }
}

/** A unique index over plain columns is a uniqueness rule. */
export function foldUnique(index: Index): Index | Unique {
  if (!index.unique || index.where !== null) return index
  const columns = index.parts.flatMap((part) =>
    'column' in part.on && part.order === 'asc' && part.collation === null ? [part.on.column] : [],
  )
  if (columns.length < index.parts.length) return index
  return { name: index.name, columns, deferrable: null, nullsNotDistinct: false }
}

function neutralPart(part: KeyPart, columns: readonly Column[]): IndexPart {
  const named = 'column' in part.on ? part.on.column : null
  const column = columns.find((each) => named !== null && isSameName(each.name, named))
  return {
    on:
      column !== undefined
        ? { column: column.name }
        : { sql: neutralExpression('sql' in part.on ? part.on.sql : part.on.column) },
    order: part.order,
    nulls: null,
    collation: part.collation,
    opclass: null,
    prefix: null,
  }
}

/** The key with the parent's own spelling of its names, and its primary key where none is given. */
function resolved(key: ForeignKey, find: FindText): ForeignKey {
  const parent = find(key.refTable)
  if (parent === null) return key
  const refColumns =
    key.refColumns.length > 0
      ? key.refColumns.map((name) => columnOf(parent.text, name)?.name ?? name)
      : (primaryKeyOf(parent.text)?.columns ?? [])
  return { ...key, refTable: parent.name, refColumns }
}
