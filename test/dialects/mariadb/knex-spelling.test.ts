/** What stock Knex writes for a builder call and what we write for its meaning are one to us. */
import knexModule, { type Knex } from 'knex'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import { modelRecorder } from '../../../src/vocabulary/client.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  sorted,
  tableIn,
} from '../../support/mariadb.js'

type Build = (t: Knex.CreateTableBuilder, k: Knex) => void

let database: MariadbDatabase
let connection: Connection
let knex: Knex
const recorder = modelRecorder(knexModule, { client: 'mysql2' })

beforeAll(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
  knex = database.knex()
})

afterEach(() => database.empty())

afterAll(async () => {
  await database.drop()
})

/** Columns of every method of the builder, each with what is most often said of it. */
const COLUMNS: Readonly<Record<string, Build>> = {
  increments: (t) => t.increments(),
  'increments with a name and a comment': (t) => t.increments('n').comment("it's"),
  bigIncrements: (t) => t.bigIncrements('n'),
  integer: (t) => t.integer('c').notNullable().defaultTo(3),
  'integer with a width': (t) => t.integer('c', 5),
  'unsigned integer': (t) => t.integer('c').unsigned().index(),
  tinyint: (t) => t.tinyint('c'),
  'tinyint with the width of a boolean': (t) => t.tinyint('c', 1).notNullable().defaultTo(1),
  smallint: (t) => t.smallint('c').defaultTo(-1),
  mediumint: (t) => t.mediumint('c').unsigned(),
  bigint: (t) => t.bigint('c'),
  bigInteger: (t) => t.bigInteger('c').unsigned().notNullable(),
  'bigInteger with a default beyond counting': (t) =>
    t.bigInteger('c').defaultTo(9223372036854775807n as never),
  string: (t) => t.string('c'),
  'string with a length': (t) => t.string('c', 80).notNullable().defaultTo('O\'B \\ "x"'),
  'string with a number as default': (t) => t.string('c').defaultTo('007'),
  'string with true as default': (t) => t.string('c').defaultTo(true),
  'string with null as default': (t) => t.string('c').defaultTo(null),
  'string of another collation': (t) => t.string('c').collate('utf8mb4_bin'),
  text: (t) => t.text('c'),
  'text with a default, which Knex leaves out': (t) => t.text('c').defaultTo('x'),
  'text with an expression as default, which Knex leaves out': (t, k) =>
    t.text('c').defaultTo(k.raw("(lower('X'))")),
  mediumtext: (t) => t.text('c', 'mediumtext'),
  longtext: (t) => t.text('c', 'longtext').notNullable(),
  'tinytext, which Knex makes a text': (t) => t.text('c', 'tinytext'),
  decimal: (t) => t.decimal('c'),
  'decimal with sizes': (t) => t.decimal('c', 12, 4).defaultTo(1.5),
  'unsigned decimal': (t) => t.decimal('c', 5, 0).unsigned(),
  float: (t) => t.float('c').defaultTo(0.5),
  'float with sizes': (t) => t.float('c', 10, 3),
  double: (t) => t.double('c'),
  'double with sizes': (t) => t.double('c', 10, 3),
  boolean: (t) => t.boolean('c').notNullable().defaultTo(true),
  'boolean with 0 as default': (t) => t.boolean('c').defaultTo(0),
  date: (t) => t.date('c').defaultTo('2026-01-02'),
  datetime: (t) => t.datetime('c'),
  'datetime with digits': (t, k) => t.datetime('c', { precision: 6 }).defaultTo(k.fn.now(6)),
  timestamp: (t, k) => t.timestamp('c').notNullable().defaultTo(k.fn.now()),
  'timestamp without a zone': (t) => t.timestamp('c', { useTz: false }).nullable(),
  'timestamp with digits': (t, k) => t.timestamp('c', { precision: 3 }).defaultTo(k.fn.now(3)),
  'timestamp that is set by updates': (t, k) =>
    t
      .timestamp('c')
      .notNullable()
      .defaultTo(k.raw('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP')),
  'datetime that is null or set by updates': (t, k) =>
    t.datetime('c').nullable().defaultTo(k.raw('NULL ON UPDATE CURRENT_TIMESTAMP')),
  timestamps: (t) => t.timestamps(true, true),
  'timestamps as datetimes': (t) => t.timestamps(),
  time: (t) => t.time('c').defaultTo('10:00'),
  'time with digits': (t) =>
    (t as never as { time(name: string, size: object): unknown }).time('c', { precision: 3 }),
  binary: (t) => t.binary('c'),
  'binary with a length': (t) => t.binary('c', 16),
  bit: (t) => (t as never as { bit(name: string): unknown }).bit('c'),
  'bit with a length': (t) =>
    (t as never as { bit(name: string, length: number): unknown }).bit('c', 8),
  enum: (t) => t.enu('c', ['a', 'b c', 'd']).notNullable().defaultTo('a'),
  'native enum': (t) => t.enum('c', ['a', 'b'], { useNative: true, enumName: 'mood' }),
  json: (t) => t.json('c'),
  'json with an object as default': (t) => t.json('c').defaultTo({ a: [1, 'x'] } as never),
  jsonb: (t) => t.jsonb('c').notNullable().defaultTo('{}'),
  uuid: (t) => t.uuid('c'),
  'uuid with itself as default': (t, k) => t.uuid('c').notNullable().defaultTo(k.fn.uuid()),
  'uuid as primary key': (t, k) => t.uuid('c').primary().defaultTo(k.fn.uuid()),
  'binary uuid': (t) => t.uuid('c', { useBinaryUuid: true }),
  geometry: (t) => t.geometry('c'),
  point: (t) => t.point('c'),
  'an expression as default': (t, k) => t.integer('c').defaultTo(k.raw('(1 + 1)')),
  specificType: (t) => t.specificType('c', 'INT UNSIGNED'),
  'specificType year': (t) => t.specificType('c', 'year').notNullable(),
  'specificType char': (t) => t.specificType('c', 'char(3)').defaultTo('abc'),
  'specificType mediumblob': (t) => t.specificType('c', 'MEDIUMBLOB'),
  'specificType set': (t) => t.specificType('c', "set('a','b')").defaultTo('a,b'),
  'specificType with a width': (t) => t.specificType('c', 'bigint(20) unsigned'),
  'specificType tinyint(1)': (t) => t.specificType('c', 'tinyint(1)'),
  'specificType double precision': (t) => t.specificType('c', 'double precision'),
  'specificType with a character set': (t) =>
    t.specificType('c', 'varchar(20) character set latin1'),
  'specificType with an update clause': (t) =>
    t.specificType('c', 'timestamp not null default current_timestamp on update current_timestamp'),
  'generated and stored': (t) => {
    t.integer('a')
    t.specificType('c', 'integer generated always as (a * 2) stored')
  },
  'generated and virtual': (t) => {
    t.string('a')
    t.specificType('c', "varchar(300) as (concat(`a`, 'x'))")
  },
  'a comment': (t) => t.string('c').comment('what it is'),
}

const TABLES: Readonly<Record<string, Build>> = {
  'keys, uniques and indexes': (t, k) => {
    t.string('a', 10).notNullable().unique()
    t.integer('b').unsigned().references('teams.id').onDelete('SET NULL').index()
    t.integer('d')
      .unsigned()
      .references('id')
      .inTable('teams')
      .withKeyName('to_team')
      .onUpdate('CASCADE')
    t.integer('e').unsigned().notNullable()
    t.foreign('e').references('teams.id').onDelete('RESTRICT').onUpdate('NO ACTION')
    t.primary(['a', 'e'])
    t.unique(['a', 'd'], { indexName: 'both' })
    t.index(['a', 'd'])
    t.index([k.raw('?? desc', ['b'])], 'falling')
  },
  'a foreign key without an index of its own': (t) => {
    t.increments()
    t.integer('team_id').unsigned().notNullable().references('teams.id').onDelete('CASCADE')
  },
  'indexes of other kinds': (t) => {
    t.text('a')
    t.text('b')
    t.specificType('p', 'point not null')
    t.index(['a'], 'words', 'FULLTEXT')
    t.index(['p'], 'places', 'SPATIAL')
    t.index(['b'], 'beginning')
    t.index(['b'], 'tree', { storageEngineIndexType: 'btree' } as never)
  },
  'a text that is unique': (t) => {
    t.text('a').unique()
  },
  checks: (t) => {
    t.integer('a').checkPositive()
    t.string('b', 5).checkIn(['x', "it's"])
    t.integer('d').checkBetween([1, 5])
    t.integer('e').checkBetween([
      [1, 5],
      [7, 9],
    ])
    t.string('f').checkLength('>', 3)
    t.string('g').checkRegex('^[a-z]+$')
    t.string('h').checkNotIn(['x'])
    t.decimal('i', 8, 2).checkNegative()
    t.check('?? < ??', ['a', 'd'])
    t.check('a > 0', undefined, 'positive')
    t.check('(a > 0 or d > 0) and not (a = 3)', undefined, 'both_positive')
  },
  'options and a comment': (t) => {
    t.string('a')
    t.engine('InnoDB')
    t.charset('latin1')
    t.collate('latin1_german1_ci')
    t.comment('of a table')
  },
  'an engine of its own': (t) => {
    t.string('a')
    t.engine('MyISAM')
  },
}

async function expectSame(build: Build): Promise<void> {
  const meant = recorder.readTable('t', build)
  await knex.schema.createTable('teams', (t) => t.increments())
  await knex.schema.createTable('t', (t) => {
    build(t, knex)
  })
  const live = await tableIn(connection, 't')
  expect(sorted(mariadb.canonical(live, meant))).toEqual(sorted(mariadb.canonical(meant)))
  await carryOut(connection, [
    { kind: 'dropTable', table: live },
    { kind: 'createTable', table: meant },
  ])
  const ours = await tableIn(connection, 't')
  expect(sorted(mariadb.canonical(ours, meant))).toEqual(sorted(mariadb.canonical(meant)))
}

test.each(Object.entries(COLUMNS))('%s', async (_name, build) => {
  await expectSame(build)
})

test.each(Object.entries(TABLES))('%s', async (_name, build) => {
  await expectSame(build)
})
