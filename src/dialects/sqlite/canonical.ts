/** The one form of all tables that SQLite holds alike: what tells two of them apart, and nothing else. */
import type { Column, ColumnType } from '../../schema/column.js'
import type { Check, ForeignKey, Index, IndexPart, Table, Unique } from '../../schema/table.js'
import { canonicalDefault } from './defaults.js'
import { enumValues } from './enum-check.js'
import { canonicalExpression } from './expression.js'
import { automaticCheckName, fold, isSameName } from './names.js'
import { foldUnique } from './catalog/neutral-table.js'
import { canonicalTypeText } from './types.js'

/**
 * The table as SQLite would report it. `like` is the table that it is held against: what stock Knex
 * writes for a type of `like` (`float` for every decimal and double) then takes that type's form.
 */
export function canonical(table: Table, like: Table | null = null): Table {
  const { columns, checks } = withEnums(table)
  const key = table.primaryKey
  const inKey = new Set((key?.columns ?? []).map(fold))
  const canonicalColumns = columns.map((column) => {
    const isKey = inKey.has(fold(column.name))
    const other = like?.columns.find((each) => isSameName(each.name, column.name))
    const one = canonicalColumn(column, isKey && inKey.size === 1)
    const type = other === undefined ? one.type : likeKnex(one.type, other.type)
    return { ...one, type, nullable: one.nullable && !isKey }
  })
  const folded = [
    ...table.uniques.map((unique) => ({ ...unique, deferrable: null, nullsNotDistinct: false })),
    ...table.indexes.map((index) => foldUnique(canonicalIndex(index, table))),
  ]
  return {
    name: table.name,
    columns: canonicalColumns,
    primaryKey: key === null ? null : { name: null, columns: key.columns },
    uniques: sorted(folded.filter((each): each is Unique => !('parts' in each))),
    indexes: sorted(folded.filter((each): each is Index => 'parts' in each)),
    foreignKeys: sorted(table.foreignKeys.map(canonicalForeignKey)),
    checks: sorted(checks.map((check) => ({ ...check, sql: canonicalExpression(check.sql) }))),
    comment: null,
    options: {},
  }
}

/** One column; `isKey` says that it alone is the primary key. */
export function canonicalColumn(column: Column, isKey: boolean): Column {
  const type = canonicalType(column.type, isKey)
  const counts = type.kind === 'increments'
  const { generated } = column
  return {
    name: column.name,
    type,
    nullable: !counts && column.nullable,
    default: counts || generated !== null ? null : canonicalDefault(column.default, column.type),
    generated:
      generated === null
        ? null
        : { sql: canonicalExpression(generated.sql), stored: generated.stored },
    identity: null,
    collation: canonicalCollation(column.collation),
    comment: null,
  }
}

/** A counter counts only as the primary key; a native type is a text, an enum a list. */
function canonicalType(type: ColumnType, isKey: boolean): ColumnType {
  const counts = type.kind === 'increments' || type.kind === 'bigIncrements'
  if (counts && isKey) return { kind: 'increments' }
  if (type.kind === 'enum') return { ...type, native: null }
  return { kind: 'native', text: canonicalTypeText(type) }
}

/** Knex 3.3 writes `float` for `decimal`, `double` and `float` alike. */
function likeKnex(type: ColumnType, other: ColumnType): ColumnType {
  const isFloat = type.kind === 'native' && type.text === 'float'
  if (!isFloat || (other.kind !== 'decimal' && other.kind !== 'double')) return type
  return { kind: 'native', text: canonicalTypeText(other) }
}

/** A text column with the unnamed check that its value is in a list is an enum. */
function withEnums(table: Table): Pick<Table, 'columns' | 'checks'> {
  const gone = new Set<Check>()
  const columns = table.columns.map((column): Column => {
    if (column.type.kind !== 'native' && column.type.kind !== 'text') return column
    if (canonicalTypeText(column.type) !== 'text') return column
    const name = automaticCheckName(table.name, [column.name])
    for (const check of table.checks) {
      const values = isSameName(check.name, name) ? enumValues(check.sql, column.name) : null
      if (values === null) continue
      gone.add(check)
      return { ...column, type: { kind: 'enum', values, native: null } }
    }
    return column
  })
  return { columns, checks: table.checks.filter((check) => !gone.has(check)) }
}

function canonicalIndex(index: Index, table: Table): Index {
  return {
    name: index.name,
    unique: index.unique,
    parts: index.parts.map((part) => canonicalPart(part, table)),
    where: index.where === null ? null : canonicalExpression(index.where),
    method: null,
    include: [],
    nullsNotDistinct: false,
  }
}

function canonicalPart(part: IndexPart, table: Table): IndexPart {
  const { on } = part
  const named = 'column' in on ? on.column : nameAlone(on.sql)
  const column = table.columns.find((each) => named !== null && isSameName(each.name, named))
  const collation = canonicalCollation(part.collation)
  const own = canonicalCollation(column?.collation ?? null)
  return {
    on:
      column === undefined
        ? { sql: canonicalExpression('sql' in on ? on.sql : `"${on.column}"`) }
        : { column: column.name },
    order: part.order,
    nulls: null,
    collation: part.collation !== null && collation !== own ? (collation ?? 'BINARY') : null,
    opclass: null,
    prefix: null,
  }
}

/** The name that an expression is, if it is nothing else. */
function nameAlone(sql: string): string | null {
  const text = canonicalExpression(sql)
  if (/^[\w$\u0080-\uffff]+$/.test(text)) return text
  return /^"(?:[^"]|"")+"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : null
}

/** Collations go by their name in any case; BINARY is the default. */
function canonicalCollation(collation: string | null): string | null {
  const name = collation?.toUpperCase() ?? null
  return name === 'BINARY' ? null : name
}

/** `initially immediate` is how every key behaves: SQLite has no SET CONSTRAINTS. */
function canonicalForeignKey(key: ForeignKey): ForeignKey {
  return { ...key, deferrable: key.deferrable === 'deferred' ? 'deferred' : null }
}

function sorted<T extends { readonly name: string }>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
