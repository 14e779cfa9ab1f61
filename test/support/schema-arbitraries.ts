/** Random schemas over a small pool of names, so that two of them share tables, columns and keys. */
import fc from 'fast-check'
import type { Column, ColumnType } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Check, ForeignKey, Index, PrimaryKey, Table, Unique } from '../../src/schema/table.js'
import { emptyTable } from '../../src/schema/table.js'

export const PLAIN_COLUMN: Column = {
  name: 'a',
  type: { kind: 'integer', unsigned: false },
  nullable: true,
  default: null,
  generated: null,
  identity: null,
  collation: null,
  comment: null,
}

export const EMPTY_TABLE: Table = emptyTable('t')

const TABLES = ['users', 'teams', 'posts', 'app.tags', 'notes'] as const
const COLUMNS = ['a', 'b', 'c', 'd', 'order', 'Odd "name"'] as const

const types: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.record({ kind: fc.constantFrom('integer', 'bigInteger'), unsigned: fc.boolean() }),
  fc.record({ kind: fc.constant('string'), length: fc.constantFrom(80, 255) }),
  fc.constant<ColumnType>({ kind: 'text', size: 'text' }),
  fc.constant<ColumnType>({ kind: 'boolean' }),
  fc.constant<ColumnType>({ kind: 'enum', native: 'mood', values: [] }),
  fc.record({ kind: fc.constant('enum'), native: fc.constant(null), values: fc.constant(['x']) }),
)

const columns: fc.Arbitrary<Column> = fc.record({
  name: fc.constantFrom(...COLUMNS),
  type: types,
  nullable: fc.boolean(),
  default: fc.constantFrom(null, { kind: 'literal', value: 3 }, { kind: 'now', precision: null }),
  generated: fc.constant(null),
  identity: fc.constant(null),
  collation: fc.constant(null),
  comment: fc.constantFrom(null, 'a comment'),
})

/** What a constraint is made of before it is known which columns there are. */
const picks = fc.record({
  place: fc.nat({ max: 2 }),
  columns: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 2 }),
  flag: fc.boolean(),
})

type Pick = typeof picks extends fc.Arbitrary<infer T> ? T : never

const rawTables = fc.record({
  counter: fc.boolean(),
  generated: fc.constantFrom(null, '"a"', '"b"'),
  columns: fc.uniqueArray(columns, { selector: (column) => column.name, minLength: 1 }),
  primaryKey: fc.option(picks),
  uniques: fc.array(picks, { maxLength: 2 }),
  indexes: fc.array(picks, { maxLength: 3 }),
  foreignKeys: fc.array(fc.record({ to: fc.nat({ max: 4 }), pick: picks }), { maxLength: 2 }),
  checks: fc.array(picks, { maxLength: 2 }),
  comment: fc.constantFrom(null, 'of a table'),
})

type RawTable = typeof rawTables extends fc.Arbitrary<infer T> ? T : never

/** Valid schemas of up to five tables; every constraint has a name that no engine and no Knex would choose. */
export const schemas: fc.Arbitrary<Schema> = fc
  .record({
    tables: fc.uniqueArray(fc.record({ name: fc.constantFrom(...TABLES), raw: rawTables }), {
      selector: (each) => each.name,
    }),
    moods: fc.uniqueArray(fc.constantFrom('glad', 'sad', 'so so'), { minLength: 1 }),
  })
  .map(({ tables, moods }) => {
    const bare = tables.map(({ name, raw }) => tableOf(name, raw, moods))
    const built = bare.map((table, at) => withKeys(table, tables[at]?.raw, bare))
    const uses = built.some((table) =>
      table.columns.some(({ type }) => type.kind === 'enum' && type.native !== null),
    )
    return { tables: built, enums: uses ? [{ name: 'mood', values: moods }] : [] }
  })

function tableOf(name: string, raw: RawTable, moods: readonly string[]): Table {
  const plain = raw.columns.map((column) =>
    column.type.kind === 'enum' && column.type.native !== null
      ? { ...column, type: { ...column.type, values: moods } }
      : column,
  )
  const id: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false }
  const own = raw.counter ? [id, ...plain] : plain
  const names = own.map((column) => column.name)
  const expression = raw.generated
  const isThere = expression !== null && names.includes(expression.slice(1, -1))
  const computed: Column = {
    ...PLAIN_COLUMN,
    name: 'g',
    generated: { sql: `${expression ?? ''} + 1`, stored: true },
  }
  const all = isThere ? [...names, 'g'] : names
  const prefix = name.replace('.', '_')
  const uniques = raw.uniques.map((pick): Unique => ({
    name: `uq${pick.place}_${prefix}`,
    columns: picked(pick, names),
    deferrable: null,
    nullsNotDistinct: pick.flag,
  }))
  const indexes = raw.indexes.map((pick) => indexOf(`ix${pick.place}_${prefix}`, pick, all))
  const checks = raw.checks.map((pick): Check => ({
    name: `ck${pick.place}_${prefix}`,
    sql: `${picked(pick, names).map(quote).join(' > ')} is not null`,
  }))
  return {
    ...EMPTY_TABLE,
    name,
    columns: isThere ? [...own, computed] : own,
    primaryKey: primaryKeyOf(raw, names),
    uniques: unique(uniques),
    indexes: unique(indexes),
    checks: unique(checks),
    comment: raw.comment,
  }
}

function primaryKeyOf(raw: RawTable, names: readonly string[]): PrimaryKey | null {
  if (raw.primaryKey !== null) return { name: null, columns: picked(raw.primaryKey, names) }
  return raw.counter ? { name: null, columns: ['id'] } : null
}

function indexOf(name: string, pick: Pick, names: readonly string[]): Index {
  const [first = 'a'] = picked(pick, names)
  return {
    name,
    unique: false,
    parts: picked(pick, names).map((column) => ({
      on: pick.flag ? { sql: `lower(${quote(column)})` } : { column },
      order: 'asc',
      nulls: null,
      collation: null,
      opclass: null,
      prefix: null,
    })),
    where: pick.place === 0 ? `${quote(first)} is not null` : null,
    method: null,
    include: [],
    nullsNotDistinct: false,
  }
}

/** Foreign keys to tables that have a primary key; circles and references to oneself included. */
function withKeys(table: Table, raw: RawTable | undefined, tables: readonly Table[]): Table {
  const names = table.columns.flatMap((column) => (column.generated === null ? [column.name] : []))
  const keys = (raw?.foreignKeys ?? []).flatMap(({ to, pick }): readonly ForeignKey[] => {
    const parent = tables[to % tables.length]
    const refColumns = parent?.primaryKey?.columns ?? []
    if (parent === undefined || refColumns.length === 0 || names.length < refColumns.length)
      return []
    const start = pick.columns[0] ?? 0
    const columns = refColumns.map((_, at) => names[(start + at) % names.length] ?? '')
    return [
      {
        name: `fk${pick.place}_${table.name.replace('.', '_')}`,
        columns,
        refTable: parent.name,
        refColumns,
        onDelete: pick.flag ? 'cascade' : null,
        onUpdate: null,
        deferrable: null,
      },
    ]
  })
  return { ...table, foreignKeys: unique(keys) }
}

function picked(pick: Pick, names: readonly string[]): readonly string[] {
  return [...new Set(pick.columns.map((at) => names[at % names.length] ?? ''))]
}

/** One of each name, and one of each content: two alike are one to an engine. */
function unique<T extends { readonly name: string }>(objects: readonly T[]): readonly T[] {
  const byName = new Map(objects.map((each) => [each.name, each]))
  const byContent = new Map(
    [...byName.values()].map((each) => [JSON.stringify({ ...each, name: '' }), each]),
  )
  return [...byContent.values()]
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
