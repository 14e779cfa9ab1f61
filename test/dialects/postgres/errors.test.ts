/** What the server refuses, as a person is told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { MigrateError } from '../../../src/errors.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

/** Statements on `t (id int primary key, n int, s text, v varchar(9))` with two rows, and the code that each gives. */
const REFUSED: Readonly<Record<string, string>> = {
  'create unique index on t (n)': 'ROWS_NOT_UNIQUE',
  'alter table t alter column s set not null': 'ROWS_NULL',
  'alter table t add constraint k foreign key (n) references u (id)': 'ROWS_ORPHANED',
  'alter table t add constraint positive check (n < 0)': 'ROWS_BREAK_CHECK',
  'create table t (id int)': 'ALREADY_THERE',
  'alter table t add column n int': 'ALREADY_THERE',
  'alter table nowhere add column n int': 'TABLE_MISSING',
  'alter table t drop column nothing': 'COLUMN_MISSING',
  'alter table t add column c no_such_type': 'OBJECT_MISSING',
  'alter table t add check (no_such(n))': 'FUNCTION_MISSING',
  'alter table t alter column v type int': 'TYPES_DIFFER',
  'alter table t alter column v type int using v::int': 'VALUES_DO_NOT_CONVERT',
  'alter table t alter column v type varchar(2)': 'VALUES_TOO_LONG',
  'alter table t alter column id type smallint': 'VALUES_OUT_OF_RANGE',
  'alter table t drop': 'SQL_SYNTAX',
  'alter table t drop column n': 'STILL_USED',
  'create index concurrently on t (n)': 'NOT_IN_TRANSACTION',
  'select 1 / 0': 'SERVER_REFUSED',
}

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(`create table u (id int primary key);
      create table t (id int primary key, n int, s text, v varchar(9));
      insert into t values (1, 70000, 'canary-value', 'canary'), (70000, 70000, null, 'x');
      create view w as select n from t`)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  test.each(Object.entries(REFUSED))('%s', async (sql, code) => {
    await connection.execute('begin')
    const thrown: unknown = await connection.execute(sql).catch((error: unknown) => error)
    await connection.execute('rollback')
    if (!(thrown instanceof MigrateError)) throw new Error('it was not refused')
    expect(thrown.code).toBe(code)
    expect(thrown.fix).not.toBe('')
    expect(JSON.stringify([thrown.message, thrown.why, thrown.fix, thrown.details])).not.toContain(
      'canary',
    )
  })

  test('an index that a concurrent creation left invalid is told to be possible where a name is taken', async () => {
    const create = 'create unique index concurrently left_over on t (n)'
    await expect(connection.execute(create)).rejects.toMatchObject({ code: 'ROWS_NOT_UNIQUE' })
    await expect(connection.execute(create)).rejects.toMatchObject({
      code: 'ALREADY_THERE',
      why: expect.stringContaining('left it invalid') as string,
    })
    await connection.execute('drop index left_over')
  })

  test('what is still used is told with what uses it', async () => {
    await expect(connection.execute('alter table t drop column n')).rejects.toMatchObject({
      why: 'View w depends on column n of table t.',
    })
  })

  test('what keeps a column from another type is told by name', async () => {
    const change = 'alter table kept alter column n type bigint'
    await connection.execute('create table kept (id int primary key, n int)')
    await connection.execute(
      'create function counted() returns bigint begin atomic select count(n) from kept; end',
    )
    await expect(connection.execute(change)).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      why: 'Function counted() depends on column "n".',
    })
    await connection.execute('drop function counted')
    await connection.execute('create publication sent for table kept (id, n)')
    await expect(connection.execute(change)).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      why: 'Publication of table kept in publication sent depends on column "n".',
    })
    await connection.execute('drop table kept')
  })

  test('an error of the driver is explained, any other is not', async () => {
    const thrown: unknown = await database
      .exec('select * from nowhere')
      .catch((error: unknown) => error)
    expect(postgres.explain?.(thrown)?.code).toBe('TABLE_MISSING')
    expect(postgres.explain?.(new Error('of a script'))).toBeNull()
  })

  test('a read that fails does not doom the transaction it is asked in', async () => {
    await connection.execute('begin')
    await expect(connection.query('select nothing from t -- said')).rejects.toMatchObject({
      code: 'COLUMN_MISSING',
    })
    await expect(connection.query('select ?::int / 0', [1])).rejects.toMatchObject({
      code: 'SERVER_REFUSED',
    })
    expect(await connection.query('select count(*) as n from t; -- said')).toEqual([{ n: 2 }])
    expect(await connection.query('select ?::int as n', [7])).toEqual([{ n: 7 }])
    await connection.execute('commit')
  })

  test('a transaction that failed is not committed without a word', async () => {
    const { frame } = postgres
    await frame.begin(connection, 1000)
    await connection.execute('create table lost (id int)')
    await connection.execute('select 1 / 0').catch(() => undefined)
    await expect(frame.commit(connection)).rejects.toMatchObject({ details: { sqlState: '25P02' } })
    await frame.rollback(connection)
    expect(await postgres.listTables(connection)).toEqual(['u', 't'])
  })
})
