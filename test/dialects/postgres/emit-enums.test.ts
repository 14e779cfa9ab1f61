/** Statements that change enum types: what stands in the database, and what its rows hold, decides. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import type { Operation } from '../../../src/operations/operation.js'
import {
  carryOut,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { afterStatements, emittedTexts } from '../../support/postgres-emit.js'
import { column, ID, table } from '../../support/postgres-change-parts.js'

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

  const after = (setUp: readonly string[], work: () => Promise<void>): Promise<void> =>
    afterStatements(connection, setUp, work)
  const textsOf = (...operations: readonly Operation[]): Promise<readonly string[]> =>
    emittedTexts(connection, operations)

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
})
