import { expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import {
  carryOut,
  columnIn,
  databaseWith,
  DRIVERS,
  inMemory,
  tableIn,
  WHOLE,
} from '../../support/sqlite.js'
import { HOSTILE_NAMES } from '../../support/sqlite-arbitraries.js'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

test('what the pragmas do not say is read from the text', async () => {
  const connection = await databaseWith([
    `create table p (id integer primary key, code text unique)`,
    `create table "T 1" (
      id integer primary key autoincrement, -- the id, yes
      "na me" varchar(80) constraint nn not null on conflict ignore default 'it''s, (really)' collate nocase,
      [k] text check ([k] in ('a','b')) /* ), ( */,
      g int generated always as (id * 2) stored, v AS (id + 1),
      p_id integer constraint to_p references p on delete cascade deferrable initially deferred,
      amount numeric(10,2) default -1.50 check (amount > 0) check (amount < 100 or id > 1),
      constraint "both ways" unique ("na me", k) on conflict replace,
      foreign key (k) references P (CODE) on update set default match simple not deferrable initially deferred
      check (length(k) > 0)
    )`,
    `create index i1 on "T 1" (lower("na me") collate rtrim desc, amount) where amount > 5 and k = 'a'`,
    `create unique index i2 on "T 1" (k collate nocase)`,
  ])
  const table = await tableIn(connection, 'T 1')
  expect(table.columns.map((each) => [each.name, each.type.kind, each.nullable])).toEqual([
    ['id', 'increments', false],
    ['na me', 'string', false],
    ['k', 'enum', true],
    ['g', 'integer', true],
    ['v', 'native', true],
    ['p_id', 'integer', true],
    ['amount', 'decimal', true],
  ])
  expect(table.columns[1]).toMatchObject({
    default: { kind: 'literal', value: "it's, (really)" },
    collation: 'nocase',
  })
  expect(table.columns[3]?.generated).toEqual({ sql: 'id * 2', stored: true })
  expect(table.columns[4]?.generated).toEqual({ sql: 'id + 1', stored: false })
  expect(table.columns[6]?.default).toEqual({ kind: 'literal', value: -1.5 })
  expect(table.uniques).toEqual([
    { name: 'both ways', columns: ['na me', 'k'], deferrable: null, nullsNotDistinct: false },
  ])
  expect(table.foreignKeys).toEqual([
    {
      name: 'to_p',
      columns: ['p_id'],
      refTable: 'p',
      refColumns: ['id'],
      onDelete: 'cascade',
      onUpdate: null,
      deferrable: 'deferred',
    },
    {
      name: 't 1_k_foreign',
      columns: ['k'],
      refTable: 'p',
      refColumns: ['code'],
      onDelete: null,
      onUpdate: 'set default',
      deferrable: null,
    },
  ])
  expect(table.checks).toEqual([
    { name: 'T 1_amount_check', sql: 'amount > 0' },
    { name: 'T 1_check', sql: 'amount < 100 or id > 1' },
    { name: 'T 1_k_check', sql: 'length(k) > 0' },
  ])
  expect(table.indexes).toMatchObject([
    {
      name: 'i1',
      unique: false,
      parts: [
        { on: { sql: 'lower("na me")' }, collation: 'rtrim', order: 'desc' },
        { on: { column: 'amount' }, collation: null, order: 'asc' },
      ],
      where: "amount > 5 and k = 'a'",
    },
    { name: 'i2', unique: true, parts: [{ on: { column: 'k' }, collation: 'nocase' }] },
  ])
})

test('two unnamed checks over one column get two names', async () => {
  const connection = await databaseWith([
    'create table t (a int check (a > 0) check (a < 9), b int, check (a <> 5), check (a < b))',
  ])
  const { checks } = await tableIn(connection, 't')
  expect(checks.map((check) => check.name)).toEqual([
    't_a_check',
    't_a_check1',
    't_a_check2',
    't_check',
  ])
})

test('strict and without rowid are options, so that a dropped table can come back with them', async () => {
  const connection = await databaseWith([
    'create table t (a text primary key, b any) strict, without rowid',
  ])
  const table = await tableIn(connection, 't')
  expect(table.options).toEqual({ strict: 'yes', withoutRowid: 'yes' })
  await carryOut(connection, [
    { kind: 'dropTable', table },
    { kind: 'createTable', table },
  ])
  expect(await tableIn(connection, 't')).toEqual(table)
})

test('an unquoted default name is the string that SQLite takes it for', async () => {
  const connection = await databaseWith(['create table t (a text default draft, b int default +3)'])
  expect((await columnIn(connection, 't', 'a')).default).toEqual({
    kind: 'literal',
    value: 'draft',
  })
  expect((await columnIn(connection, 't', 'b')).default).toEqual({ kind: 'literal', value: 3 })
})

test.each(DRIVERS)('%s: what is not an ordinary table is left alone, and said', async (driver) => {
  const connection = await databaseWith(
    [
      'create table users (id integer primary key autoincrement)',
      'insert into users default values',
      'create table sqlitexusers (a)',
      'create table "a.b" (c)',
      'create virtual table docs using fts5(body)',
      'create table docs_more (a)',
      'create view v as select * from users',
      'create trigger tr after insert on users begin select 1; end',
      'analyze',
    ],
    driver,
  )
  const found = await sqlite.introspect(connection, WHOLE)
  expect(found.schema.tables.map((table) => table.name)).toEqual([
    'users',
    'sqlitexusers',
    'docs_more',
  ])
  expect(found.leftAlone.map((each) => each.name)).toEqual(['a.b', 'docs'])
  expect(found.views.map((view) => view.name)).toEqual(['v'])
  expect(found.triggers).toEqual([{ name: 'tr', table: 'users' }])
  expect(await sqlite.introspectTable(connection, 'docs')).toBeNull()
  expect(await sqlite.introspectTable(connection, 'v')).toBeNull()
  expect(await sqlite.introspectTable(connection, 'USERS')).toMatchObject({ name: 'users' })
  expect(await sqlite.listTables(connection)).toContain('users')
})

test('a scope takes only the tables it names, or leaves out those it excepts', async () => {
  const connection = await databaseWith([
    'create table a (x)',
    'create table B (x)',
    'create table c (x)',
  ])
  const names = async (scope: Parameters<typeof sqlite.introspect>[1]) =>
    (await sqlite.introspect(connection, scope)).schema.tables.map((table) => table.name)
  expect(await names({ only: ['b'], except: [] })).toEqual(['B'])
  expect(await names({ only: null, except: ['A', 'c'] })).toEqual(['B'])
})

test('texts that hide their commas and parentheses are read', async () => {
  for (const name of HOSTILE_NAMES) {
    await inMemory(async (connection) => {
      const q = quoted(name)
      await connection.execute(
        `create table t (${q} int check (${q} <> '),(') default (1 + (2)) /* ,) */, -- ,(
          "x" int, constraint ${q} check (${q} > "x"), unique (${q}, "x"))`,
      )
      const table = await tableIn(connection, 't')
      expect(table.columns.map((column) => column.name)).toEqual([name, 'x'])
      expect(table.checks.map((check) => check.name)).toEqual([`t_${name}_check`, name])
      expect(table.uniques[0]?.columns).toEqual([name, 'x'])
    })
  }
})
