import mysql2 from 'mysql2'
import { createConnection } from 'mysql2/promise'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  schemaIn,
  tableIn,
  WHOLE,
} from '../../support/mariadb.js'
import { startMariadb } from '../../support/servers/mariadb.js'

let database: MariadbDatabase
let connection: Connection

beforeEach(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterEach(() => database.drop())

/** The statements that this session has sent. */
async function questions(): Promise<number> {
  const [row] = await connection.query("show session status like 'Questions'")
  return Number(row?.Value)
}

test('a thousand tables are read in as many queries as three', async () => {
  const make = async (from: number, to: number): Promise<void> => {
    const statements: string[] = []
    for (let i = from; i < to; i += 1) {
      const key =
        i === 0
          ? ''
          : `, constraint f${i} foreign key (pid) references t${i - 1} (id) on delete cascade`
      statements.push(
        `create table t${i} (id int unsigned not null auto_increment primary key, name varchar(80) not null default 'x',
          email varchar(190) unique, ok boolean default true, amount decimal(10,2) check (amount > 0),
          at timestamp default current_timestamp on update current_timestamp, kind enum('a','b'), data json,
          twice int as (amount * 2) stored, pid int unsigned, key by_name (name)${key}) comment 'c'`,
      )
    }
    await database.exec(statements.join(';'))
  }
  const cost = async (): Promise<number> => {
    const before = await questions()
    await mariadb.introspect(connection, WHOLE)
    return (await questions()) - before
  }
  await make(0, 3)
  await cost()
  const few = await cost()
  await make(3, 1000)
  const many = await cost()
  expect(many).toBe(few)
  const started = performance.now()
  const { tables } = await schemaIn(connection)
  process.stderr.write(
    `introspected 1,000 tables in ${Math.round(performance.now() - started)} ms\n`,
  )
  expect(tables).toHaveLength(1000)
  expect(tables.every((table) => table.columns.length === 10)).toBe(true)
  expect(tables.filter((table) => table.foreignKeys.length === 1)).toHaveLength(999)
})

test('what is no table that we manage is told, and left alone', async () => {
  await database.exec(
    `create table t (a int);
     create sequence counter;
     create table kept (a int) with system versioning;
     create table parts (a int) partition by hash (a) partitions 2;
     create view v as select a from t;
     create trigger on_t before insert on t for each row set new.a = 1`,
  )
  const found = await mariadb.introspect(connection, WHOLE)
  expect(found.schema.tables.map((table) => table.name)).toEqual(['t'])
  expect(found.views.map((view) => view.name)).toEqual(['v'])
  expect(found.triggers).toEqual([{ name: 'on_t', table: 't' }])
  expect(found.leftAlone.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'counter', reason: 'it is a sequence', isWhole: true },
    { name: 'kept', reason: 'it keeps the history of its rows (system versioning)', isWhole: true },
    { name: 'parts', reason: 'it is partitioned', isWhole: true },
  ])
  expect(await mariadb.introspectTable(connection, 'parts')).toBeNull()
  expect(await mariadb.introspectTable(connection, 'nothing')).toBeNull()
})

test('only what is in scope is read', async () => {
  await database.exec('create table a (x int); create table b (x int); create table c (x int)')
  const names = async (
    scope: Parameters<typeof mariadb.introspect>[1],
  ): Promise<readonly string[]> =>
    (await mariadb.introspect(connection, scope)).schema.tables.map((table) => table.name)
  expect(await names({ only: ['a', 'c'], except: ['c'] })).toEqual(['a'])
  expect(await names({ only: null, except: ['b'] })).toEqual(['a', 'c'])
  expect(await names({ only: [], except: [] })).toEqual([])
})

test('what nobody named has the name that stands in for it', async () => {
  await database.exec(
    `create table teams (id int unsigned auto_increment primary key);
     create table users (id int auto_increment primary key, team_id int unsigned, age int check (age > 0),
       foreign key (team_id) references teams (id), level int, check (age < 150), check (age <> level))`,
  )
  const users = await tableIn(connection, 'users')
  expect(users.foreignKeys.map((key) => key.name)).toEqual(['users_team_id_foreign'])
  expect(users.indexes).toEqual([])
  expect(users.checks).toEqual([
    { name: 'users_age_check', sql: 'age < 150' },
    { name: 'users_check', sql: 'age <> level' },
    { name: 'users_age_check1', sql: 'age > 0' },
  ])
})

test("a counter that is none of Knex's is an identity", async () => {
  await database.exec(
    'create table t (id smallint not null auto_increment, a int, primary key (a), key (id))',
  )
  const [id] = (await tableIn(connection, 't')).columns
  expect(id).toMatchObject({ type: { kind: 'smallint', unsigned: false }, identity: 'byDefault' })
})

test("a collation is a column's own only where it is not the table's", async () => {
  await database.exec(
    `create table t (a varchar(9), b varchar(9) collate utf8mb4_bin, c json, d varchar(9) character set latin1) collate utf8mb4_unicode_ci`,
  )
  const table = await tableIn(connection, 't')
  expect(table.options).toEqual({ collate: 'utf8mb4_unicode_ci' })
  expect(table.columns.map((column) => column.collation)).toEqual([
    null,
    'utf8mb4_bin',
    null,
    'latin1_swedish_ci',
  ])
})

test('a table of another database is found by its whole name', async () => {
  const other = await makeMariadbDatabase()
  try {
    await other.exec(
      'create table t (id int unsigned primary key, p int unsigned, constraint f foreign key (p) references t (id))',
    )
    const table = await tableIn(connection, `${other.name}.t`)
    expect(table.name).toBe(`${other.name}.t`)
    expect(table.foreignKeys[0]?.refTable).toBe(`${other.name}.t`)
  } finally {
    await other.drop()
  }
})

test('identifiers that the server quotes otherwise are read all the same', async () => {
  await connection.execute("set session sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')")
  await database.exec(
    'create table t (`Odd name` int, b int as (`Odd name` + 1), check (`Odd name` > 0), j json)',
  )
  const table = await tableIn(connection, 't')
  expect(table.columns.map((column) => column.type.kind)).toEqual(['integer', 'integer', 'json'])
  expect(table.columns[1]?.generated?.sql).toBe('"Odd name" + 1')
  expect(table.checks).toEqual([{ name: 't_Odd name_check', sql: '"Odd name" > 0' }])
})

test('two tables whose names differ in case are two', async () => {
  await database.exec('create table Pets (a int); create table pets (b int)')
  expect((await tableIn(connection, 'Pets')).columns[0]?.name).toBe('a')
  expect((await tableIn(connection, 'pets')).columns[0]?.name).toBe('b')
  expect(await mariadb.introspectTable(connection, 'PETS')).toBeNull()
})

test.runIf(process.env.MYSQL_URL === undefined)(
  'on a server that folds names a table is found however it is spelled',
  async () => {
    const server = await startMariadb(['--lower-case-table-names=1'])
    try {
      const url = server.url.replace('localhost/', 'localhost/test_fold')
      const admin = await createConnection({ uri: server.url, multipleStatements: true })
      await admin.query(
        'create database test_fold; use test_fold; create table Pets (id int unsigned primary key, p int unsigned, constraint f foreign key (p) references Pets (id))',
      )
      await admin.end()
      const own = await mariadb.connect(mysql2, database.settings({ connection: url }))
      const pets = await tableIn(own, 'Pets')
      expect(pets.name).toBe('Pets')
      expect(pets.foreignKeys[0]?.refTable).toBe('Pets')
      expect(await mariadb.listTables(own)).toEqual(['pets'])
      await carryOut(own, [{ kind: 'alterComment', table: 'Pets', from: null, to: 'x' }])
      expect((await tableIn(own, 'PETS')).comment).toBe('x')
      await own.close()
    } finally {
      await server.stop()
    }
  },
)
