/** Statements that need more than an operation says: what stands in the database decides. */
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgresConnection } from '../../../src/dialects/postgres/connection/session.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import {
  carryOut,
  inOrder,
  liveTable,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { afterStatements, emittedTexts } from '../../support/postgres-emit.js'
import { column, ID, integer, table, text } from '../../support/postgres-change-parts.js'
import { index } from '../../support/schema-builders.js'

const inUsers = { table: 'users' } as const

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  const after = (setUp: readonly string[], work: () => Promise<void>): Promise<void> =>
    afterStatements(connection, setUp, work)
  const textsOf = (...operations: readonly Operation[]): Promise<readonly string[]> =>
    emittedTexts(connection, operations)

  test('an alteration says only what differs from what stands', async () => {
    const from = column('age', integer, { nullable: false })
    await after(['create table users (id serial primary key, age bigint not null)'], async () => {
      const to = column(
        'age',
        { kind: 'bigInteger', unsigned: false },
        { nullable: false, default: { kind: 'literal', value: 3 } },
      )
      expect(await textsOf({ kind: 'alterColumn', ...inUsers, from, to })).toEqual([
        'alter table "users" alter column "age" set default 3',
      ])
      expect(
        await textsOf({ kind: 'alterColumn', ...inUsers, from, to: { ...to, default: null } }),
      ).toEqual([])
    })
  })

  test('what is dropped is found by its name, else by what it is', async () => {
    const setUp = [
      'create table teams (id int primary key)',
      `create table users (id int, a int references teams (id), b int unique, c text, d text check (d in ('x', 'y')), check (b > 3))`,
      'create index odd on users (lower(c)) where a > 1',
      'create unique index other on users (c)',
    ]
    await after(setUp, async () => {
      const foreignKey = {
        name: 'users_a_foreign',
        columns: ['a'],
        refTable: 'teams',
        refColumns: ['id'],
        onDelete: null,
        onUpdate: null,
        deferrable: null,
      }
      const lower = {
        on: { sql: 'lower("c")' },
        order: 'asc',
        nulls: null,
        collation: null,
        opclass: null,
        prefix: null,
      } as const
      const dropped = await carryOut(connection, [
        { kind: 'dropForeignKey', ...inUsers, foreignKey },
        {
          kind: 'dropUnique',
          ...inUsers,
          unique: {
            name: 'users_b_unique',
            columns: ['b'],
            deferrable: null,
            nullsNotDistinct: false,
          },
        },
        { kind: 'dropCheck', ...inUsers, check: { name: 'more', sql: '(b) > 3' } },
        {
          kind: 'dropIndex',
          ...inUsers,
          index: index('by_c', [], { parts: [lower], where: 'a>1' }),
        },
        {
          kind: 'dropUnique',
          ...inUsers,
          unique: { name: 'other', columns: ['c'], deferrable: null, nullsNotDistinct: false },
        },
        { kind: 'dropCheck', ...inUsers, check: { name: 'users_d_check', sql: `d in ('x', 'y')` } },
      ])
      expect(dropped).toEqual([
        'alter table "users" drop constraint "users_a_fkey"',
        'alter table "users" drop constraint "users_b_key"',
        'alter table "users" drop constraint "users_b_check"',
        'drop index "odd"',
        'drop index "other"',
        'alter table "users" drop constraint "users_d_check"',
      ])
      expect(await liveTable(connection, 'users')).toMatchObject({
        uniques: [],
        indexes: [],
        checks: [],
        foreignKeys: [],
      })
    })
  })

  test('what a server is too old for is refused before anything runs', async () => {
    const [row] = await connection.query(
      `select current_setting('server_version_num')::int >= 180000 as is_new`,
    )
    const virtual = column('c', integer, { generated: { sql: '1 + 1', stored: false } })
    const texts = textsOf({ kind: 'createTable', table: table('users', [ID, virtual]) })
    await (row?.is_new === true
      ? expect(texts).resolves.toHaveLength(1)
      : expect(texts).rejects.toMatchObject({ code: 'POSTGRES_REFUSED' }))
  })

  test('a table moves to the default schema and back out of it', async () => {
    await after(['create schema app', 'create table app.tags (id int)'], async () => {
      await carryOut(connection, [{ kind: 'renameTable', from: 'app.tags', to: 'labels' }])
      expect(await postgres.listTables(connection)).toEqual(['labels'])
    })
  })

  test('what a transaction has made is remembered as the catalogs have it', async () => {
    const before = table('users', [column('a', integer), column('b', text)])
    const operations: readonly Operation[] = [
      { kind: 'createTable', table: { ...before, primaryKey: { name: null, columns: ['a'] } } },
      {
        kind: 'addColumn',
        ...inUsers,
        column: column('e', { kind: 'enum', values: ['x', 'y'], native: null }),
      },
      { kind: 'addIndex', ...inUsers, index: index('by_b', ['b', 'e']) },
      { kind: 'addCheck', ...inUsers, check: { name: 'more', sql: 'a > 3' } },
      { kind: 'dropColumn', ...inUsers, column: column('e', text) },
      { kind: 'alterComment', ...inUsers, from: null, to: 'said' },
    ]
    await after([], async () => {
      for (const operation of operations) {
        await carryOut(connection, [operation])
        const [known, live] = [
          await postgres.introspectTable(connection, 'users'),
          await liveTable(connection, 'users'),
        ]
        if (known === null || live === null) throw new Error('it is not there')
        expect(inOrder(postgres.canonical(known))).toEqual(inOrder(postgres.canonical(live)))
      }
      // A statement of a script's own may change anything.
      await postgresConnection(connection).batch(['savepoint own'])
      const client = connection.handle as pg.Client
      await client.query('alter table users rename column b to c')
      expect(
        (await postgres.introspectTable(connection, 'users'))?.columns.map(({ name }) => name),
      ).toEqual(['a', 'c'])
      await connection.execute('rollback to own')
      expect(
        (await postgres.introspectTable(connection, 'users'))?.columns.map(({ name }) => name),
      ).toEqual(['a', 'b'])
      await carryOut(connection, [{ kind: 'dropTable', table: before }])
      expect(await postgres.introspectTable(connection, 'users')).toBeNull()
    })
    expect(await postgres.introspectTable(connection, 'users')).toBeNull()
  })

  test('hostile values stay values', async () => {
    const hostile = `'; drop table users; --\\' $$ ? \u0001 "`
    const made = table(
      'users',
      [
        ID,
        column('c', text, { default: { kind: 'literal', value: hostile }, comment: hostile }),
        column('e', { kind: 'enum', values: [hostile], native: null }),
      ],
      { comment: hostile },
    )
    await after([], async () => {
      await carryOut(connection, [{ kind: 'createTable', table: made }])
      const live = await liveTable(connection, 'users')
      expect(live?.comment).toBe(hostile)
      expect(
        live?.columns.map(({ default: value, comment, type }) => [value, comment, type]),
      ).toEqual(made.columns.map(({ default: value, comment, type }) => [value, comment, type]))
      expect(
        await connection.query(
          `select ${postgres.literal(hostile)} as v, ${postgres.literal(new Uint8Array([0, 255]))} as b, ${postgres.literal(-1.5)} as n`,
        ),
      ).toEqual([{ v: hostile, b: '\\x00ff', n: '-1.5' }])
    })
  })
})
