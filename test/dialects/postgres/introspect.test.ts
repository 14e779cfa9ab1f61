/** What is seen of a database, what is left alone, and what that costs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgresConnection } from '../../../src/dialects/postgres/connection/session.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import {
  inOrder,
  liveTable,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

const ALL = { only: null, except: [] } as const

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  async function inRolledBack(sql: string, look: () => Promise<void>): Promise<void> {
    await connection.execute('begin')
    try {
      for (const statement of sql.split(';\n')) await connection.execute(statement)
      await look()
    } finally {
      await connection.execute('rollback')
    }
  }

  test('what models have no word for is left alone, each with its reason', async () => {
    await inRolledBack(
      `create extension btree_gist;
       create extension pg_stat_statements;
       create domain posint as int check (value > 0);
       create table parent (id posint, at date not null);
       create table child (more int) inherits (parent);
       create table parted (id int, at date) partition by range (at);
       create table part1 partition of parted for values from ('2020-01-01') to ('2021-01-01');
       create table rooms (n int, during tsrange, exclude using gist (n with =, during with &&));
       create view seen as select id from parent;
       create function f() returns trigger language plpgsql as $$ begin return new; end $$;
       create trigger noted before insert on rooms for each row execute function f()`,
      async () => {
        const found = await postgres.introspect(connection, ALL)
        expect(found.schema.tables.map(({ name }) => name)).toEqual(['parent', 'rooms'])
        expect(found.schema.tables[0]?.columns[0]?.type).toEqual({ kind: 'native', text: 'posint' })
        expect(found.views).toEqual([
          { name: 'seen', sql: expect.stringContaining('FROM parent') as string },
        ])
        expect(found.triggers).toEqual([{ name: 'noted', table: 'rooms' }])
        const left = Object.fromEntries(found.leftAlone.map(({ name, reason }) => [name, reason]))
        expect(left).toMatchObject({
          child: 'inherits from another table',
          parted: 'a partitioned table',
          part1: 'a partition of another table',
          'rooms.rooms_n_during_excl': expect.stringContaining('exclusion') as string,
          posint: expect.stringContaining('domain') as string,
          pg_stat_statements: 'belongs to the extension pg_stat_statements',
        })
      },
    )
  })

  test('an index that a failed concurrent build left is said, and replaced when it is added', async () => {
    await database.exec('create table doubled (n int); insert into doubled values (1), (1)')
    await database
      .exec('create unique index concurrently one_n on doubled (n)')
      .catch(() => undefined)
    const found = await postgres.introspect(connection, ALL)
    expect(found.schema.tables[0]?.indexes).toEqual([])
    expect(found.leftAlone).toEqual([
      {
        name: 'doubled.one_n',
        reason: expect.stringContaining('invalid') as string,
        isWhole: false,
      },
    ])
    await database.exec('delete from doubled')
    const part = {
      on: { column: 'n' },
      order: 'asc',
      nulls: null,
      collation: null,
      opclass: null,
      prefix: null,
    } as const
    const index = {
      name: 'one_n',
      unique: true,
      parts: [part],
      where: null,
      method: null,
      include: [],
      nullsNotDistinct: false,
    }
    const statements = await postgres.emit(connection, [
      { kind: 'addIndex', table: 'doubled', index },
    ])
    expect(statements.map(({ sql }) => sql)).toEqual([
      'drop index "one_n"',
      'create unique index "one_n" on "doubled" ("n")',
    ])
    for (const { sql } of statements) await connection.execute(sql)
    expect((await liveTable(connection, 'doubled'))?.indexes).toEqual([index])
    await database.exec('drop table doubled')
  })

  test('names that need quotes and text that looks like more are read as they are', async () => {
    const names = [`it's`, 'a"b', '-- no', '$$', 'Ünï 😀', 'select', '?', 'public']
    const quoted = names.map((name) => postgres.quote(name))
    await inRolledBack(
      `create type "it's a ""type""" as enum ('a''b', 'public.x', '{}');
       create table "public"."-- t" (${quoted.map((name) => `${name} "it's a ""type""" default 'public.x'`).join(', ')},
         constraint "public" check ("public" <> 'public.x' and 'public.' <> ''), constraint "a""c" unique (${quoted.join(', ')}));
       comment on column "-- t"."public" is 'public.'`,
      async () => {
        const table = await liveTable(connection, '-- t')
        expect(table?.columns.map(({ name }) => name)).toEqual(names)
        expect(table?.columns[0]?.type).toEqual({
          kind: 'enum',
          native: `it's a "type"`,
          values: [`a'b`, 'public.x', '{}'],
        })
        expect(table?.columns[0]?.default).toEqual({ kind: 'literal', value: 'public.x' })
        expect(table?.checks[0]?.sql).toContain(`'public.x'`)
        expect(table?.checks[0]?.sql).toContain(`'public.'`)
        const { schema } = await postgres.introspect(connection, ALL)
        expect(schema.enums[0]?.name).toBe(`it's a "type"`)
        if (table === null) return
        await connection.execute('drop table "-- t"')
        for (const { sql } of await postgres.emit(connection, [{ kind: 'createTable', table }]))
          await connection.execute(sql)
        const again = await liveTable(connection, '-- t')
        expect(again === null ? null : inOrder(again)).toEqual(inOrder(table))
      },
    )
  })

  test('a session that was reset is read all the same, also inside a transaction', async () => {
    await inRolledBack('create table kept (id int)', async () => {
      const name = async (): Promise<string | undefined> =>
        (await liveTable(connection, 'kept'))?.name
      expect(await name()).toBe('kept')
      await connection.execute('deallocate all')
      expect(await name()).toBe('kept')
      const [row] = await connection.query('select name from pg_prepared_statements limit 1')
      await connection.execute(`deallocate "${String(row?.name)}"`)
      expect(await name()).toBe('kept')
    })
  })

  test('a scope names tables in any schema, and leaves others out', async () => {
    await inRolledBack(
      `create schema app;
       create table users (id int);
       create table app.users (id int);
       create table app.tags (id int)`,
      async () => {
        const namesIn = async (
          scope: Parameters<typeof postgres.introspect>[1],
        ): Promise<readonly string[]> =>
          (await postgres.introspect(connection, scope)).schema.tables.map(({ name }) => name)
        expect(await namesIn(ALL)).toEqual(['users'])
        expect(await namesIn({ ...ALL, schemas: ['app'] })).toEqual([
          'users',
          'app.users',
          'app.tags',
        ])
        expect(await namesIn({ only: ['app.tags', 'nowhere'], except: [] })).toEqual(['app.tags'])
        expect(await namesIn({ only: null, except: ['users'] })).toEqual([])
        expect(await postgres.introspectTable(connection, 'app.nowhere')).toBeNull()
        expect((await postgres.introspectTable(connection, 'app.users'))?.name).toBe('app.users')
        expect(await connection.query('show search_path')).toEqual([
          { search_path: '"$user", public' },
        ])
      },
    )
  })

  test('a thousand tables are read in one round trip', async () => {
    const one = (
      i: number,
    ): string => `create table big${i} (id serial primary key, name varchar(80) not null default 'x', email text unique,
        ok boolean default true, amount numeric(10,2) check (amount > 0), at timestamptz default now(), kind text check (kind in ('a', 'b')),
        data jsonb default '{}', twice int generated always as (1 + 1) stored, parent int ${i > 0 ? `references big${i - 1} (id)` : ''});
      create index on big${i} (name); create index on big${i} (lower(email)) where ok`
    let statements = 0
    const session = postgresConnection(connection)
    const counted = {
      ...session,
      batch(list: readonly string[]) {
        statements += list.length
        return session.batch(list)
      },
    }
    await postgres.introspect(counted, ALL)
    const few = statements
    statements = 0
    for (let at = 0; at < 1000; at += 100) {
      await database.exec(
        `begin; ${Array.from({ length: 100 }, (_, i) => one(at + i)).join(';')}; commit`,
      )
    }
    await database.exec('analyze')
    const started = performance.now()
    const found = await postgres.introspect(counted, ALL)
    const ms = performance.now() - started
    expect(found.schema.tables).toHaveLength(1000)
    expect(found.schema.tables[999]).toMatchObject({
      indexes: [{ name: 'big999_name_idx' }, {}],
      foreignKeys: [{ refTable: 'big998' }],
      checks: [{}],
    })
    const canonicalStart = performance.now()
    for (const table of found.schema.tables) postgres.canonical(table)
    console.log(
      `${server}: 1,000 tables read in ${Math.round(ms)} ms with ${statements} statements, canonical in ${Math.round(performance.now() - canonicalStart)} ms`,
    )
    expect(statements).toBe(few)
  })
})
