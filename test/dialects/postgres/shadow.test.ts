/** Seeing what a script would do without doing it. */
import knexModule from 'knex'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import type { Shadow } from '../../../src/dialects/dialect.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { carryOut as carryOutCall } from '../../../src/plan/carry-out.js'
import type { Column } from '../../../src/schema/column.js'
import { scriptKnex } from '../../../src/vocabulary/client.js'
import type { Knex } from 'knex'
import {
  carryOut,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'

type Script = (knex: Knex) => Promise<void>

/** The statements of a script on a connection, schema calls carried out as ours. */
async function statementsOf(connection: Connection, script: Script): Promise<readonly string[]> {
  const texts: string[] = []
  const session = scriptKnex({
    knexModule,
    config: { client: 'pg' },
    connection,
    frame: postgres.frame,
    onSchemaCall: async (call) => {
      const to = {
        dialect: postgres,
        connection,
        isUndoneWhole: false,
        onOperations: () => Promise.resolve(),
        onRaw: () => Promise.resolve(),
        onStatement: (sql: string) => void texts.push(sql),
      }
      await carryOutCall(to, call)
    },
    onStatement: (statement) => {
      if (!statement.reads) texts.push(statement.text)
      return Promise.resolve('run')
    },
  })
  try {
    await session.transaction(script)
  } finally {
    await session.destroy()
  }
  return texts
}

const SCRIPT: Script = async (knex) => {
  await knex.schema.createTable('teams', (table) => {
    table.increments()
    table.enu('mood', ['a', 'b'], { useNative: true, enumName: 'mood' })
  })
  await knex.schema.alterTable('users', (table) => {
    table.integer('team_id').references('teams.id')
    table.dropUnique(['email'])
    table.string('name', 80).notNullable().alter()
  })
  await knex('users').update({ name: 'x' })
  const rows = await knex('users').select<{ id: number }[]>('id')
  if (rows.length > 0) await knex.schema.renameTable('teams', 'groups')
  await knex.transaction(async (inner) => {
    await inner.schema.alterTable('groups', (table) => {
      table.dropColumn('mood')
    })
  })
  await knex.schema.alterTable('users', (table) => {
    table.dropForeign(['team_id'])
  })
}

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(`create table users (id serial primary key, email text constraint own_email unique, name text);
      insert into users (name) values ('ann'); create view named as select name from users`)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  test('what would run is what runs, and nothing ran before', async () => {
    const before = await postgres.introspect(connection, { only: null, except: [] })
    const shadow = await postgres.shadow(pg, connection)
    const foreseen = await statementsOf(shadow.connection, SCRIPT)
    await shadow.close()
    expect(await postgres.introspect(connection, { only: null, except: [] })).toEqual(before)
    await postgres.frame.begin(connection, 1000)
    expect(await statementsOf(connection, SCRIPT)).toEqual(foreseen)
    await postgres.frame.rollback(connection)
    expect(foreseen).toContain('alter table "users" drop constraint "own_email"')
    expect(foreseen).toContain('drop view "public"."named"')
    expect(foreseen).toContain('alter table "groups" drop column "mood"')
  })

  test('a plan on a plan: each script sees what those before it would have made', async () => {
    const shadow = await postgres.shadow(pg, connection)
    await statementsOf(shadow.connection, (knex) =>
      knex.schema.createTable('later', (table) => void table.string('a').index('by_a')),
    )
    const more = await statementsOf(shadow.connection, (knex) =>
      knex.schema.alterTable('later', (table) => {
        table.dropIndex(['a'], 'by_a')
        table.text('a').notNullable().alter()
      }),
    )
    expect(more).toEqual([
      'alter table "later" alter column "a" type text, alter column "a" set not null',
      'drop index "by_a"',
    ])
    expect((await postgres.introspectTable(shadow.connection, 'later'))?.columns[0]?.nullable).toBe(
      false,
    )
    expect(await postgres.listTables(shadow.connection)).toEqual(['users', 'later'])
    await postgres.frame.savepoint(shadow.connection, 'one')
    await statementsOf(shadow.connection, (knex) => knex.schema.dropTable('later'))
    expect(await postgres.listTables(shadow.connection)).toEqual(['users'])
    await postgres.frame.rollbackTo(shadow.connection, 'one')
    expect(
      (await postgres.introspect(shadow.connection, { only: null, except: [] })).schema.tables.map(
        ({ name }) => name,
      ),
    ).toEqual(['users', 'later'])
  })
})

test('without a database a script starts from an empty one', async () => {
  const shadow = await postgres.shadow(null, null)
  const texts = await statementsOf(shadow.connection, async (knex) => {
    await knex.schema.createTable('users', (table) => {
      table.increments()
      table.string('name').notNullable().defaultTo(`it's`)
    })
    await knex.schema.alterTable('users', (table) => void table.dropColumn('name'))
    await knex('users').insert({ id: 1 })
  })
  expect(texts).toEqual([
    `create table "users" ("id" serial, "name" varchar(255) default 'it''s' not null, primary key ("id"))`,
    'alter table "users" drop column "name"',
    'insert into "users" ("id") values (1)',
  ])
})

describe('a value that an enum gains, and a default uses', () => {
  const gain: Operation = {
    kind: 'alterEnum',
    name: 'mood',
    from: ['a'],
    to: ['a', 'b'],
    renamed: {},
  }
  const moods = (values: readonly string[], value: string): Column => ({
    ...PLAIN_COLUMN,
    name: 'mood',
    type: { kind: 'enum', values, native: 'mood' },
    default: { kind: 'literal', value },
  })
  const use: Operation = {
    kind: 'alterColumn',
    table: 'days',
    from: moods(['a'], 'a'),
    to: moods(['a', 'b'], 'b'),
  }
  const made: readonly Operation[] = [
    { kind: 'createEnum', enum: { name: 'mood', values: ['a'] } },
    {
      kind: 'createTable',
      table: { ...EMPTY_TABLE, name: 'days', columns: [moods(['a'], 'a')] },
    },
  ]
  const oneByOne = async (
    { connection }: Shadow,
    operations: readonly Operation[],
  ): Promise<readonly string[]> => {
    const texts: string[] = []
    for (const each of operations) texts.push(...(await carryOut(connection, [each])))
    return texts
  }
  const begun = async (): Promise<{ shadow: Shadow; texts: readonly string[] }> => {
    const shadow = await postgres.shadow(null, null)
    return { shadow, texts: await carryOut(shadow.connection, made) }
  }

  test.each(POSTGRES_SERVERS)('in one transaction: what is shown runs there, on %s', async (on) => {
    const { shadow, texts } = await begun()
    shadow.revisionBegins?.(true)
    const later = await oneByOne(shadow, [gain, use])
    expect(later.some((sql) => sql.startsWith('create type'))).toBe(true)
    const database = await makePostgresDatabase(on)
    try {
      await database.exec(texts.join(';'))
      await database.exec(['begin', ...later, 'commit'].join(';'))
      const { rows } = await database.exec('insert into days values (default) returning mood')
      expect(rows).toEqual([{ mood: 'b' }])
    } finally {
      await database.drop()
    }
  })

  test('in a later one, or outside any, it is there to use', async () => {
    const { shadow } = await begun()
    shadow.revisionBegins?.(true)
    await carryOut(shadow.connection, [gain])
    shadow.revisionBegins?.(true)
    expect(await carryOut(shadow.connection, [use])).toEqual([
      `alter table "days" alter column "mood" set default 'b'`,
    ])
    const other = await begun()
    other.shadow.revisionBegins?.(false)
    expect(await oneByOne(other.shadow, [gain, use])).toEqual([
      `alter type "mood" add value 'b' after 'a'`,
      `alter table "days" alter column "mood" set default 'b'`,
    ])
  })
})
