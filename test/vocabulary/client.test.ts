import type { Knex } from 'knex'
import knex from 'knex'
import { knexSnakeCaseMappers } from 'objection'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { MigrateError } from '../../src/errors.js'
import type { RawStatement } from '../../src/vocabulary/call.js'
import type { ScriptSession } from '../../src/vocabulary/client.js'
import { scriptKnex } from '../../src/vocabulary/client.js'
import { CLIENTS } from '../support/read-script.js'
import { texts, watched } from '../support/watched-script.js'

describe('schema calls', () => {
  test('are handed over and never reach the database', async () => {
    const { session, connection, calls } = await watched()
    const { schema } = session.knex
    await schema
      .createTable('users', (table) => {
        table.increments('id')
      })
      .alterTable('users', (table) => {
        table.string('name')
      })
    await session.knex.schema.table('users', (table) => table.integer('age'))
    await session.knex.schema.dropTable('users')
    await session.knex.schema.dropTableIfExists('gone')
    await session.knex.schema.renameTable('notes', 'memos')
    await session.knex.schema.withSchema('app').createTable('jobs', (table) => table.text('what'))
    expect(
      calls.map(({ kind, ...rest }) => [
        kind,
        'method' in rest ? rest.method : null,
        'table' in rest ? rest.table : null,
      ]),
    ).toEqual([
      ['table', 'createTable', 'users'],
      ['table', 'alterTable', 'users'],
      ['table', 'alterTable', 'users'],
      ['dropTable', null, 'users'],
      ['dropTable', null, 'gone'],
      ['renameTable', null, null],
      ['table', 'createTable', 'app.jobs'],
    ])
    expect(calls[4]).toEqual({ kind: 'dropTable', table: 'gone', ifExists: true })
    expect(await sqlite.listTables(connection)).toEqual(['notes'])
  })

  test('are awaited one after the other, however many are asked for at once', async () => {
    const order: string[] = []
    const { session } = await watched({
      onSchemaCall: async (call) => {
        if (call.kind !== 'table') return
        order.push(`begin ${call.table}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
        order.push(`end ${call.table}`)
      },
    })
    const create = (name: string) =>
      session.knex.schema.createTable(name, (table) => table.increments('id'))
    await Promise.all([create('a'), create('b')])
    expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b'])
  })

  test('fail with the very error of whoever carries them out', async () => {
    const error = new MigrateError('SOME_CODE', 1, 'It was refused.', { fix: 'Do it otherwise.' })
    const { session } = await watched({ onSchemaCall: () => Promise.reject(error) })
    const attempt = session.transaction(async (trx) => {
      await trx.schema.dropTable('notes')
    })
    await expect(attempt).rejects.toBe(error)
    expect(error.message).toBe('It was refused.')
  })

  test('that are printed are compiled by Knex and go nowhere', async () => {
    const { session, calls } = await watched()
    const builder = session.knex.schema.createTable('users', (table) => table.string('name'))
    expect(builder.toString()).toBe('create table `users` (`name` varchar(255))')
    expect(builder.toSQL()[0]?.sql).toBe('create table `users` (`name` varchar(255))')
    expect(calls).toEqual([])
  })

  test('that are not known come with the statements of Knex', async () => {
    const { session, calls } = await watched()
    await session.knex.schema.createView('long_notes', (view) => {
      view.as(session.knex('notes').whereRaw('length(text) > ?', [9]))
    })
    expect(calls).toEqual([
      {
        kind: 'unknown',
        what: 'createView long_notes',
        statements: ['create view `long_notes` as select * from `notes` where length(text) > 9'],
      },
    ])
  })

  test('name tables and columns through the mapper of the project', async () => {
    const { session, calls } = await watched({
      config: { client: 'better-sqlite3', useNullAsDefault: true, ...knexSnakeCaseMappers() },
    })
    await session.knex.schema.createTable('userAccounts', (table) => {
      table.string('firstName').index()
    })
    const [call] = calls
    const [operation] = call?.kind === 'table' ? call.read(null) : []
    expect(operation).toMatchObject({
      table: {
        name: 'user_accounts',
        columns: [{ name: 'first_name' }],
        indexes: [{ name: 'useraccounts_firstname_index' }],
      },
    })
  })
})

test('a script finds the name of its client in the configuration, in transactions too', async () => {
  const { session } = await watched()
  const clientOf = (its: Knex): unknown =>
    (its.client as { config: { client: unknown } }).config.client // Knex types its client `any`
  expect(clientOf(session.knex)).toBe('better-sqlite3')
  expect(await session.transaction((trx) => Promise.resolve(clientOf(trx)))).toBe('better-sqlite3')
  expect(clientOf(session.knex.withUserParams({ a: 1 }))).toBe('better-sqlite3')
})

describe('statements', () => {
  test('run on the same session, in order, with what they are told to others', async () => {
    const changes: number[] = []
    const { session, statements } = await watched({
      afterStatement: (_, changed) => changes.push(changed),
    })
    const script = session.knex
    await script('notes').insert([{ text: `it's` }, { text: null }])
    await script('notes').where({ id: 2 }).update({ text: 'two' })
    await script.raw('update notes set text = ? where ?? = ?', ['three', 'id', 2])
    await script.schema.raw(`update notes set text = 'a?b' where id = 9`)
    expect(await script('notes').select('text').orderBy('id')).toEqual([
      { text: `it's` },
      { text: 'three' },
    ])
    expect(await script.schema.hasTable('notes')).toBe(true)
    expect(await script.schema.hasColumn('notes', 'nope')).toBe(false)
    expect(statements.map(({ text, reads }) => [text, reads])).toEqual([
      [
        "insert into `notes` (`text`) select 'it''s' as `text` union all select null as `text`",
        false,
      ],
      ["update `notes` set `text` = 'two' where `id` = 2", false],
      ["update notes set text = 'three' where `id` = 2", false],
      ["update notes set text = 'a?b' where id = 9", false],
      ['select `text` from `notes` order by `id` asc', true],
      ["select * from sqlite_master where type = 'table' and name = 'notes'", true],
      ['PRAGMA table_info(`notes`)', true],
    ])
    expect(changes).toEqual([2, 1, 1, 0, 0, 0, 0])
  })

  test('that are skipped change nothing and answer nothing', async () => {
    const { session, connection } = await watched({ onStatement: () => Promise.resolve('skip') })
    await session.knex('notes').insert({ text: 'one' })
    expect(await session.knex('notes').update({ text: 'two' })).toBe(0)
    expect(await texts(connection)).toEqual([])
  })

  test('run on the driver sqlite3 as well', async () => {
    const { session, connection } = await watched({}, 'sqlite3')
    await session.knex.transaction(async (trx) => {
      await trx.batchInsert('notes', [{ text: 'one' }, { text: 'two' }], 1)
    })
    expect(await session.knex('notes').count({ all: '*' }).first()).toEqual({ all: 2 })
    expect(await texts(connection)).toEqual(['one', 'two'])
  })

  test('leave the session open when the script destroys its Knex', async () => {
    const { session, connection } = await watched()
    await session.knex.destroy()
    await session.destroy()
    expect(await texts(connection)).toEqual([])
  })
})

describe.each(CLIENTS)('without a database, on a client of %s', (client) => {
  function offline(): { session: ScriptSession; statements: RawStatement[] } {
    const statements: RawStatement[] = []
    const session = scriptKnex({
      knexModule: knex,
      config: { client, useNullAsDefault: true, ...knexSnakeCaseMappers() },
      connection: null,
      frame: null,
      onSchemaCall: () => Promise.resolve(),
      onStatement: (statement) => {
        statements.push(statement)
        return Promise.resolve('run')
      },
    })
    return { session, statements }
  }

  test('data statements are told and not run', async () => {
    const { session, statements } = offline()
    await session.transaction(async (trx) => {
      await trx('notes').insert({ noteText: 'one' })
      await trx.transaction(async (inner) => {
        await inner('notes').where({ id: 1 }).del()
      })
    })
    const quote = client === 'pg' ? '"' : '`'
    expect(statements.map(({ text }) => text.replaceAll(quote, ''))).toEqual([
      `insert into notes (note_text) values ('one')`,
      'delete from notes where id = 1',
    ])
  })

  test.each([
    ['a query', (script: ScriptSession['knex']) => script('notes').select()],
    ['hasTable', (script: ScriptSession['knex']) => script.schema.hasTable('notes')],
    ['raw SQL that reads', (script: ScriptSession['knex']) => script.raw('select 1')],
  ])('%s is told and answered with an error', async (_, read) => {
    const { session, statements } = offline()
    const attempt = session.transaction(async (trx) => {
      await read(trx)
    })
    await expect(attempt).rejects.toMatchObject({ code: 'OFFLINE_READ', exit: 3 })
    expect(statements.map(({ reads }) => reads)).toEqual([true])
  })

  test('an id that only the database could give throws when it is used', async () => {
    const { session } = offline()
    const ids = await session.knex('notes').insert({ noteText: 'one' }).returning('id')
    expect(() => ids[0] as unknown).toThrow(MigrateError)
  })
})
