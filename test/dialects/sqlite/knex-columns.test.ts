/** What stock Knex writes for a column and what we write for its meaning are one to us. */
import { expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Column, ColumnType, DefaultValue } from '../../../src/schema/column.js'
import type { Table } from '../../../src/schema/table.js'
import type { Build } from '../../support/knex-spelling.js'
import { column, expectSame } from '../../support/knex-spelling.js'
import { EMPTY_TABLE } from '../../support/schema-arbitraries.js'

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

const COLUMNS: Readonly<Record<string, readonly [Build, Column]>> = {
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

test.each(Object.entries(COLUMNS))('%s', async (_name, [build, meant]) => {
  const counts = meant.type.kind === 'increments' || meant.type.kind === 'bigIncrements'
  await expectSame(build, {
    ...EMPTY_TABLE,
    columns: [meant],
    primaryKey: counts ? { name: null, columns: ['c'] } : null,
  })
})

test('a changed precision is a difference, also where Knex wrote the first one', () => {
  const table = (type: ColumnType): Table => ({ ...EMPTY_TABLE, columns: [column('c', type)] })
  const small = sqlite.canonical(table(decimal(8, 2)))
  expect(sqlite.canonical(table(decimal(12, 4)))).not.toEqual(small)
  expect(sqlite.canonical(table(floating('float')))).not.toEqual(small)
  expect(sqlite.canonical(table(floating('float')), table(decimal(8, 2)))).toEqual(small)
})
