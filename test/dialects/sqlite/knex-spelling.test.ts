/** What stock Knex writes for a builder call and what we write for its meaning are one to us. */
import type { Knex } from 'knex'
import knexModule from 'knex'
import { expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Column, ColumnType, DefaultValue } from '../../../src/schema/column.js'
import type { Table } from '../../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { carryOut, newFile, open, tableIn } from '../../support/sqlite.js'

type Builder = Knex.CreateTableBuilder

const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  ...PLAIN_COLUMN,
  name,
  type,
  ...more,
})
const literal = (value: string | number | boolean): DefaultValue => ({ kind: 'literal', value })
const integer: ColumnType = { kind: 'integer', unsigned: false }
const string: ColumnType = { kind: 'string', length: 255 }
const decimal = (precision: number, scale: number): ColumnType => ({
  kind: 'decimal',
  precision,
  scale,
  unsigned: false,
})
const floating = (kind: 'float' | 'double'): ColumnType => ({
  kind,
  precision: null,
  scale: null,
  unsigned: false,
})
const time = (kind: 'timestamp' | 'datetime'): ColumnType => ({ kind, tz: true, precision: null })

const COLUMNS: Readonly<Record<string, readonly [(t: Builder, k: Knex) => unknown, Column]>> = {
  increments: [(t) => t.increments('c'), column('c', { kind: 'increments' }, { nullable: false })],
  bigIncrements: [
    (t) => t.bigIncrements('c'),
    column('c', { kind: 'bigIncrements' }, { nullable: false }),
  ],
  integer: [(t) => t.integer('c').unsigned(), column('c', { kind: 'integer', unsigned: true })],
  tinyint: [(t) => t.tinyint('c'), column('c', { kind: 'tinyint', unsigned: false })],
  smallint: [(t) => t.smallint('c'), column('c', { kind: 'smallint', unsigned: false })],
  mediumint: [(t) => t.mediumint('c'), column('c', { kind: 'mediumint', unsigned: false })],
  bigInteger: [(t) => t.bigInteger('c'), column('c', { kind: 'bigInteger', unsigned: false })],
  string: [(t) => t.string('c', 80), column('c', { kind: 'string', length: 80 })],
  text: [(t) => t.text('c', 'longtext'), column('c', { kind: 'text', size: 'longtext' })],
  decimal: [(t) => t.decimal('c', 12, 4), column('c', decimal(12, 4))],
  float: [(t) => t.float('c'), column('c', floating('float'))],
  double: [(t) => t.double('c'), column('c', floating('double'))],
  boolean: [
    (t) => t.boolean('c').notNullable().defaultTo(true),
    column('c', { kind: 'boolean' }, { nullable: false, default: literal(true) }),
  ],
  'boolean false': [
    (t) => t.boolean('c').defaultTo(false),
    column('c', { kind: 'boolean' }, { default: literal(false) }),
  ],
  date: [(t) => t.date('c'), column('c', { kind: 'date' })],
  time: [(t) => t.time('c'), column('c', { kind: 'time', precision: null })],
  datetime: [(t) => t.datetime('c'), column('c', time('datetime'))],
  timestamp: [
    (t, k) => t.timestamp('c', { precision: 3 }).defaultTo(k.fn.now()),
    column('c', time('timestamp'), { default: { kind: 'now', precision: 3 } }),
  ],
  json: [
    (t) => t.json('c').defaultTo({ a: 1 }),
    column('c', { kind: 'json' }, { default: { kind: 'literal', value: { a: 1 } } }),
  ],
  jsonb: [
    (t) => t.jsonb('c').defaultTo('{}'),
    column('c', { kind: 'jsonb' }, { default: literal('{}') }),
  ],
  uuid: [
    (t, k) => t.uuid('c').defaultTo(k.fn.uuid()),
    column('c', { kind: 'uuid' }, { default: { kind: 'uuid' } }),
  ],
  binary: [(t) => t.binary('c', 16), column('c', { kind: 'binary', length: 16 })],
  geometry: [(t) => t.geometry('c'), column('c', { kind: 'geometry' })],
  point: [(t) => t.point('c'), column('c', { kind: 'point' })],
  enum: [
    (t) => t.enu('c', ['a', 'b']).defaultTo('a'),
    column('c', { kind: 'enum', values: ['a', 'b'], native: null }, { default: literal('a') }),
  ],
  'native enum': [
    (t) => t.enu('c', ['a', 'b'], { useNative: true, enumName: 'mood' }),
    column('c', { kind: 'enum', values: ['a', 'b'], native: 'mood' }),
  ],
  specific: [(t) => t.specificType('c', 'citext'), column('c', { kind: 'native', text: 'citext' })],
  'integer default': [
    (t) => t.integer('c').notNullable().defaultTo(3),
    column('c', integer, { nullable: false, default: literal(3) }),
  ],
  'negative default': [
    (t) => t.integer('c').defaultTo(-1),
    column('c', integer, { default: literal(-1) }),
  ],
  'fraction default': [
    (t) => t.decimal('c', 5, 2).defaultTo(1.5),
    column('c', decimal(5, 2), { default: literal(1.5) }),
  ],
  'quoted default': [
    (t) => t.string('c').defaultTo("O'B"),
    column('c', string, { default: literal("O'B") }),
  ],
  'number as text': [
    (t) => t.string('c').defaultTo('007'),
    column('c', string, { default: literal('007') }),
  ],
  'null default': [(t) => t.string('c').defaultTo(null), column('c', string)],
  'raw default': [
    (t, k) => t.integer('c').defaultTo(k.raw('(1 + 1)')),
    column('c', integer, { default: { kind: 'sql', text: '(1 + 1)' } }),
  ],
}

const TABLES: Readonly<
  Record<string, readonly [(t: Builder, k: Knex) => unknown, Partial<Table>]>
> = {
  'keys, uniques and indexes': [
    (t, k) => {
      t.string('a', 10).notNullable().unique()
      t.integer('b').unsigned().references('teams.id').onDelete('SET NULL').index()
      t.integer('d').references('id').inTable('teams').withKeyName('to_team').onUpdate('CASCADE')
      t.primary(['a', 'b'])
      t.unique(['a', 'd'], { indexName: 'both' })
      t.index([k.raw('lower(??)', ['a']), k.raw('?? desc', ['b'])], 'by_lower', {
        predicate: k.whereNotNull('d'),
      })
      t.unique(['b'], { indexName: 'some', useConstraint: false, predicate: k.whereRaw('b > 1') })
    },
    {
      columns: [
        column('a', { kind: 'string', length: 10 }, { nullable: false }),
        column('b', { kind: 'integer', unsigned: true }),
        column('d', integer),
      ],
      primaryKey: { name: null, columns: ['a', 'b'] },
      uniques: [
        { name: 't_a_unique', columns: ['a'], deferrable: null, nullsNotDistinct: false },
        { name: 'both', columns: ['a', 'd'], deferrable: null, nullsNotDistinct: false },
      ],
      foreignKeys: [
        {
          name: 't_b_foreign',
          columns: ['b'],
          refTable: 'teams',
          refColumns: ['id'],
          onDelete: 'set null',
          onUpdate: null,
          deferrable: null,
        },
        {
          name: 'to_team',
          columns: ['d'],
          refTable: 'teams',
          refColumns: ['id'],
          onDelete: null,
          onUpdate: 'cascade',
          deferrable: null,
        },
      ],
      indexes: [
        {
          name: 'by_lower',
          unique: false,
          parts: [part({ sql: 'lower("a")' }, 'asc'), part({ column: 'b' }, 'desc')],
          where: '"d" is not null',
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
        {
          name: 't_b_index',
          unique: false,
          parts: [part({ column: 'b' }, 'asc')],
          where: null,
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
        {
          name: 'some',
          unique: true,
          parts: [part({ column: 'b' }, 'asc')],
          where: 'b > 1',
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
      ],
    },
  ],
  checks: [
    (t) => {
      t.integer('a').checkPositive()
      t.string('b', 5).checkIn(['x', "it's"], 'b_in')
      t.integer('d').checkBetween([1, 5])
      t.check('?? < ??', ['a', 'd'])
      t.check('a > 0', undefined, 'positive')
    },
    {
      columns: [
        column('a', integer),
        column('b', { kind: 'string', length: 5 }),
        column('d', integer),
      ],
      checks: [
        { name: 't_a_check', sql: '"a" > 0' },
        { name: 'b_in', sql: `"b" in ('x', 'it''s')` },
        { name: 't_d_check', sql: '"d" between 1 and 5' },
        { name: 't_check', sql: '"a" < "d"' },
        { name: 'positive', sql: 'a > 0' },
      ],
    },
  ],
  'a generated column': [
    (t) => {
      t.integer('a')
      t.specificType('g', 'integer generated always as (a * 2) stored')
    },
    {
      columns: [
        column('a', integer),
        column('g', integer, { generated: { sql: '("a" * 2)', stored: true } }),
      ],
    },
  ],
}

function part(on: { readonly column: string } | { readonly sql: string }, order: 'asc' | 'desc') {
  return { on, order, nulls: null, collation: null, opclass: null, prefix: null } as const
}

async function expectSame(build: (t: Builder, k: Knex) => unknown, meant: Table): Promise<void> {
  const file = newFile()
  const knex = knexModule({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  })
  try {
    await knex.schema.createTable(meant.name, (t) => void build(t, knex))
  } finally {
    await knex.destroy()
  }
  const live = await tableIn(await open(file), meant.name)
  expect(sqlite.canonical(live, meant)).toEqual(sqlite.canonical(meant))
  const ours = await open()
  await carryOut(ours, [{ kind: 'createTable', table: meant }])
  expect(sqlite.canonical(await tableIn(ours, meant.name), meant)).toEqual(sqlite.canonical(meant))
}

test.each(Object.entries(COLUMNS))('%s', async (_name, [build, meant]) => {
  const counts = meant.type.kind === 'increments' || meant.type.kind === 'bigIncrements'
  await expectSame(build, {
    ...EMPTY_TABLE,
    columns: [meant],
    primaryKey: counts ? { name: null, columns: ['c'] } : null,
  })
})

test.each(Object.entries(TABLES))('%s', async (_name, [build, meant]) => {
  await expectSame(build, { ...EMPTY_TABLE, ...meant })
})

test('a changed precision is a difference, also where Knex wrote the first one', () => {
  const table = (type: ColumnType): Table => ({ ...EMPTY_TABLE, columns: [column('c', type)] })
  const small = sqlite.canonical(table(decimal(8, 2)))
  expect(sqlite.canonical(table(decimal(12, 4)))).not.toEqual(small)
  expect(sqlite.canonical(table(floating('float')))).not.toEqual(small)
  expect(sqlite.canonical(table(floating('float')), table(decimal(8, 2)))).toEqual(small)
})
