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
import { column, ID, integer, table, text } from '../../support/postgres-change-parts.js'
import { index } from '../../support/schema-builders.js'

const mood = (...values: readonly string[]) => ({ kind: 'enum', values, native: 'mood' }) as const
const inUsers = { table: 'users' } as const

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  /** Statements run in a transaction that is rolled back. */
  async function after(setUp: readonly string[], work: () => Promise<void>): Promise<void> {
    await connection.execute('begin')
    try {
      for (const sql of setUp) await connection.execute(sql)
      await work()
    } finally {
      await connection.execute('rollback')
    }
  }

  const textsOf = async (...operations: readonly Operation[]): Promise<readonly string[]> =>
    (await postgres.emit(connection, operations)).map(({ sql }) => sql)

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

  test('a value added to an enum can be a default in the same transaction', async () => {
    await database.exec(
      `create type mood as enum ('a', 'b'); create table users (id serial primary key, m mood default 'a'); insert into users (m) values ('a')`,
    )
    await after([], async () => {
      expect(
        await carryOut(connection, [
          { kind: 'alterEnum', name: 'mood', from: ['a', 'b'], to: ['a', 'b', 'c'], renamed: {} },
        ]),
      ).toEqual([`alter type "mood" add value 'c' after 'b'`])
      const [before, to] = [
        column('m', mood('a', 'b'), { default: { kind: 'literal', value: 'a' } }),
        column('m', mood('a', 'b', 'c'), { default: { kind: 'literal', value: 'c' } }),
      ]
      const texts = await carryOut(connection, [
        { kind: 'alterColumn', ...inUsers, from: before, to },
      ])
      expect(texts[1]).toBe(`create type "mood" as enum ('a', 'b', 'c')`)
      await connection.execute('insert into users default values')
      expect(await connection.query('select m from users order by id')).toEqual([
        { m: 'a' },
        { m: 'c' },
      ])
    })
    await database.exec('drop table users; drop type mood')
  })

  test('a type made in the same transaction is not made again for its values', async () => {
    await after([], async () => {
      await carryOut(connection, [{ kind: 'createEnum', enum: { name: 'mood', values: ['a'] } }])
      await connection.execute('savepoint later')
      const texts = await carryOut(connection, [
        {
          kind: 'createTable',
          table: table('users', [
            ID,
            column('m', mood('a'), { default: { kind: 'literal', value: 'a' } }),
          ]),
        },
      ])
      expect(texts).toEqual([
        `create table "users" ("id" serial, "m" "mood" default 'a', primary key ("id"))`,
      ])
    })
  })

  test('a value added to an enum and used by the script itself is explained', async () => {
    await database.exec(`create type mood as enum ('a'); create table users (m mood)`)
    await after([`alter type mood add value 'b'`], async () => {
      await expect(connection.execute(`insert into users values ('b')`)).rejects.toMatchObject({
        code: 'ENUM_VALUE_TOO_NEW',
      })
    })
    await database.exec('drop table users; drop type mood')
  })

  test('an enum does not lose a value that rows hold', async () => {
    await after(
      [
        `create type mood as enum ('a', 'b')`,
        `create table users (m mood[])`,
        `insert into users values ('{a,b}'), ('{a}')`,
      ],
      async () => {
        const lose = (gone: string): Promise<readonly string[]> =>
          textsOf({
            kind: 'alterEnum',
            name: 'mood',
            from: ['a', 'b'],
            to: ['a', 'b'].filter((value) => value !== gone),
            renamed: {},
          })
        await expect(lose('a')).rejects.toMatchObject({
          code: 'ENUM_VALUES_IN_USE',
          details: { rows: 2, table: 'users', column: 'm' },
        })
        await connection.execute(`delete from users where 'b' = any (m)`)
        for (const sql of await lose('b')) await connection.execute(sql)
        expect(await connection.query('select m::text as m from users')).toEqual([{ m: '{a}' }])
      },
    )
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
