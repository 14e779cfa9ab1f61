/** Table shapes that lose something under stock Knex: nothing that no operation names is changed. */
import { expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import type { Operation } from '../../../src/operations/operation.js'
import { carryOut, columnIn, databaseWith, DRIVERS, schemaTexts } from '../../support/sqlite.js'

interface Shape {
  readonly statements: readonly string[]
  /** Reads what must not change. */
  readonly kept?: string
  /** The text of the table after its column b was dropped. */
  readonly dropped: string
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'a parent of cascading rows': {
    statements: [
      'create table t(id integer primary key, a text, b text)',
      'create table c(id integer primary key, p references t(id) on delete cascade)',
      'create table n(id integer primary key, p references t(id) on delete set null)',
      "insert into t values(1,'a','b')",
      'insert into c values(1,1),(2,1)',
      'insert into n values(1,1),(2,null)',
    ],
    kept: 'select c.id, c.p, n.p as np from c join n on n.id = c.id order by 1',
    dropped: '(id integer primary key, a text)',
  },
  checks: {
    statements: [
      'create table t(id integer primary key, a int check (a > 0), b text, constraint ck check (t.a < 100))',
    ],
    dropped: '(id integer primary key, a int check (a > 0), constraint ck check (a < 100))',
  },
  'partial, expression, descending and collated indexes': {
    statements: [
      'create table t(id integer primary key, a int, b text)',
      'create index i1 on t(a) where a > 5',
      'create index "I 2" on t(lower(a), a desc)',
      'create unique index i3 on t(a collate nocase) -- said',
    ],
    dropped: '(id integer primary key, a int)',
  },
  'generated columns': {
    statements: [
      'create table t(id integer primary key, a int, g int generated always as (a*2) stored, v int as (a+1), b text)',
      "insert into t(a,b) values(4,'x')",
    ],
    kept: 'select id, a, g, v from t',
    dropped:
      '(id integer primary key, a int, g int generated always as (a*2) stored, v int as (a+1))',
  },
  'a trigger': {
    statements: [
      'create table t(id integer primary key, a int, b text)',
      'create table log(x)',
      'create trigger tr after insert on t begin insert into log values(new.a); end',
      'insert into t(a) values (7)',
    ],
    kept: 'select x from log',
    dropped: '(id integer primary key, a int)',
  },
  'a view': {
    statements: [
      'create table t(id integer primary key, a int, b text)',
      'create view v as select id, a from t',
      'create view w as select id from v',
      "insert into t values (1, 2, 'x')",
    ],
    kept: 'select id, a from v',
    dropped: '(id integer primary key, a int)',
  },
  'no rowid': {
    statements: [
      'create table t(id text primary key, a int, b text) without rowid',
      "insert into t values('k',1,'b')",
    ],
    kept: 'select id, a from t',
    dropped: '(id text primary key, a int) without rowid',
  },
  strict: {
    statements: ['create table t(id integer primary key, a int, b text) strict'],
    dropped: '(id integer primary key, a int) strict',
  },
  'a counter beyond its rows': {
    statements: [
      'create table t(id integer primary key autoincrement, a int, b text)',
      "insert into t(a,b) values(1,'x'),(2,'y'),(3,'z')",
      'delete from t where id=3',
    ],
    kept: 'select name, seq from sqlite_sequence',
    dropped: '(id integer primary key autoincrement, a int)',
  },
  'rowids without a key': {
    statements: [
      'create table t(k text, a int, b text)',
      "insert into t values('x',1,'b'),('y',2,'b')",
      "delete from t where k='x'",
    ],
    kept: 'select rowid, k, a from t',
    dropped: '(k text, a int)',
  },
  'a column named rowid': {
    statements: [
      'create table t(rowid text, a int, b text)',
      "insert into t values('x',1,'b'),('y',2,'b')",
      'delete from t where a=1',
    ],
    kept: 'select _rowid_ as r, rowid, a from t',
    dropped: '(rowid text, a int)',
  },
  comments: {
    statements: [
      'create table t(id integer primary key, -- the id, yes\n a int /* c(omment */, b text -- last\n)',
    ],
    dropped: '(id integer primary key, -- the id, yes\n a int /* c(omment */)',
  },
  'a reference to itself, deferred': {
    statements: [
      'create table t(id integer primary key, a int references t(id) on delete cascade deferrable initially deferred, b text)',
      'insert into t values(1,null,1),(2,1,1)',
    ],
    kept: 'select id, a from t',
    dropped:
      '(id integer primary key, a int references t(id) on delete cascade deferrable initially deferred)',
  },
  'conflict clauses, a descending key and quoted names': {
    statements: [
      'create table t("a b" int not null on conflict ignore, [c] text unique on conflict replace, b text, `d` int, primary key ("a b" desc, c) on conflict abort)',
      "insert into t values (1,'x','b',null),(2,'y','b',5)",
    ],
    kept: 'select * from (select "a b", c, d from t)',
    dropped:
      '("a b" int not null on conflict ignore, [c] text unique on conflict replace, `d` int, primary key ("a b" desc, c) on conflict abort)',
  },
}

/** Something that SQLite cannot alter, so that the table is made anew. */
async function alterType(connection: Connection): Promise<readonly Operation[]> {
  const from = await columnIn(connection, 't', 'b')
  return [
    { kind: 'alterColumn', table: 't', from, to: { ...from, type: { kind: 'string', length: 9 } } },
  ]
}

test.each(Object.entries(SHAPES))('%s: altering a column keeps the rest', async (name, shape) => {
  const connection = await databaseWith(shape.statements)
  const texts = await schemaTexts(connection)
  const rows = shape.kept === undefined ? [] : await connection.query(shape.kept)
  if (name === 'strict') {
    await expect(alterType(connection).then((all) => carryOut(connection, all))).rejects.toThrow(
      't is STRICT and takes no column of type varchar(9): b.',
    )
    return
  }
  const statements = await carryOut(connection, await alterType(connection))
  expect(statements.some((sql) => sql.startsWith('drop table'))).toBe(true)
  if (shape.kept !== undefined) expect(await connection.query(shape.kept)).toEqual(rows)
  const after = await schemaTexts(connection)
  expect(after.map(plain)).toEqual(
    texts.map(plain).map((row) => (row.name === 't' ? { ...row, sql: altered(row.sql) } : row)),
  )
})

test.each(Object.entries(SHAPES))('%s: dropping a column keeps the rest', async (_name, shape) => {
  const connection = await databaseWith(shape.statements)
  const texts = await schemaTexts(connection)
  const rows = shape.kept === undefined ? [] : await connection.query(shape.kept)
  const column = await columnIn(connection, 't', 'b')
  // SQLite's own DROP COLUMN would do; the alteration before it makes it a rebuild.
  const to = { ...column, nullable: false, default: { kind: 'literal', value: 'x' } as const }
  const statements = await carryOut(connection, [
    { kind: 'alterColumn', table: 't', from: column, to },
    { kind: 'dropColumn', table: 't', column },
  ])
  expect(statements.some((sql) => sql.startsWith('drop table'))).toBe(true)
  if (shape.kept !== undefined) expect(await connection.query(shape.kept)).toEqual(rows)
  const after = (await schemaTexts(connection)).map(plain)
  const wanted = `CREATE TABLE t${shape.dropped}`
  expect(after).toEqual(
    texts.map(plain).map((row) => (row.name === 't' ? { ...row, sql: wanted } : row)),
  )
})

test.each(DRIVERS)('%s: the rebuild is the documented one', async (driver) => {
  const shape = SHAPES['a counter beyond its rows']
  const connection = await databaseWith(shape?.statements ?? [], driver)
  expect(await carryOut(connection, await alterType(connection))).toEqual([
    'create table `migrate_tui_new_t` (id integer primary key autoincrement, a int, b varchar(9))',
    'insert or abort into `migrate_tui_new_t` (`id`, `a`, `b`) select `id`, `a`, `b` from `t`',
    "delete from sqlite_sequence where name = 'migrate_tui_new_t'",
    "insert into sqlite_sequence (name, seq) select 'migrate_tui_new_t', seq from sqlite_sequence where name = 't'",
    'drop table `t`',
    'pragma legacy_alter_table = on',
    'alter table `migrate_tui_new_t` rename to `t`',
    'pragma legacy_alter_table = off',
  ])
})

interface Text {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/** A row without what SQLite itself changes when a table is renamed. */
function plain(row: Readonly<Record<string, unknown>>): Text {
  const sql = String(row.sql).replace(/^CREATE TABLE "t" \(/, 'CREATE TABLE t(')
  return { type: String(row.type), name: String(row.name), sql }
}

function altered(sql: string): string {
  return sql.replace(/\bb text/, 'b varchar(9)').replace('t.a < 100', 'a < 100')
}
