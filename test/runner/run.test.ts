import { expect, test } from 'vitest'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { readHistory } from '../../src/runner/history.js'
import type { FunctionScript } from '../support/script-run.js'
import { openSqlite, runScripts, TABLES } from '../support/script-run.js'

const users: FunctionScript = {
  id: 'a1',
  up: async (knex) => {
    await knex.schema.createTable('users', (table) => {
      table.increments()
      table.string('name', 80).notNullable()
    })
  },
  down: (knex) => knex.schema.dropTable('users'),
}

const age: FunctionScript = {
  id: 'b2',
  up: (knex) => knex.schema.alterTable('users', (table) => table.integer('age').index()),
  down: (knex) =>
    knex.schema.alterTable('users', (table) => {
      table.dropIndex('age')
      table.dropColumn('age')
    }),
}

const data: FunctionScript = {
  id: 'c3',
  up: async (knex) => {
    await knex('users').insert([{ name: 'ann' }, { name: 'bob' }])
    const rows = await knex('users').select<{ id: number; name: string }[]>('id', 'name')
    for (const row of rows)
      await knex('users').where('id', row.id).update({ name: row.name.toUpperCase() })
  },
  down: (knex) => knex('users').whereNotNull('id').del(),
}

const broken: FunctionScript = {
  id: 'd4',
  up: async (knex) => {
    await knex.schema.createTable('posts', (table) => table.increments())
    await knex('users').insert({ name: null })
  },
}

test('revisions are applied with their rows, and taken back', async () => {
  const connection = await openSqlite()
  const events = await runScripts(connection, [users, age, data])
  expect(events.map((event) => event.kind).filter((kind) => kind !== 'statement')).toEqual([
    'stepStarted',
    'stepFinished',
    'stepStarted',
    'stepFinished',
    'stepStarted',
    'stepFinished',
    'done',
  ])
  // The second makes an index: a unique one would be checked.
  const adding = events.filter((event) => event.kind === 'stepStarted').map((e) => e.onlyAdds)
  expect(adding).toEqual([true, false, false])
  const rows = await readHistory(sqlite, connection, TABLES)
  expect(rows.map((row) => [row.revision, row.position, row.state])).toEqual([
    ['a1', 1, 'applied'],
    ['b2', 2, 'applied'],
    ['c3', 3, 'applied'],
  ])
  expect(await connection.query('select name, age from users order by id')).toEqual([
    { name: 'ANN', age: null },
    { name: 'BOB', age: null },
  ])
  const down = await runScripts(connection, [data, age, users], 'down')
  expect(down.filter((event) => event.kind === 'stepStarted' && event.onlyAdds)).toEqual([])
  expect((await sqlite.listTables(connection)).toSorted()).toEqual([TABLES.log, TABLES.revisions])
  expect(await readHistory(sqlite, connection, TABLES)).toEqual([])
  await connection.close()
})

test('a revision that fails is taken back whole, and those before it stay', async () => {
  const connection = await openSqlite()
  await expect(runScripts(connection, [users, age, broken])).rejects.toMatchObject({
    state: expect.stringMatching(
      /rolled back whole; 2 before it were applied and committed/,
    ) as string,
  })
  expect((await sqlite.listTables(connection)).toSorted()).toEqual([
    TABLES.log,
    TABLES.revisions,
    'users',
  ])
  const rows = await readHistory(sqlite, connection, TABLES)
  expect(rows.map((row) => row.revision)).toEqual(['a1', 'b2'])
  const [last] = await connection.query(
    `select * from ${TABLES.log} order by position desc limit 1`,
  )
  expect(last).toMatchObject({ revision: 'd4', state: 'failed', direction: 'up' })
  await connection.close()
})

test('another process that was faster is noticed before anything runs', async () => {
  const connection = await openSqlite()
  await runScripts(connection, [users])
  await expect(runScripts(connection, [age], 'up', { expected: [] })).rejects.toMatchObject({
    code: 'HEAD_MOVED',
  })
  expect(await connection.query('select * from users')).toEqual([])
  await connection.close()
})

test('a down that does nothing for an up that does something is not recorded as done', async () => {
  const connection = await openSqlite()
  const oneWay = { ...users, down: () => Promise.resolve() }
  await runScripts(connection, [oneWay])
  await expect(runScripts(connection, [oneWay], 'down')).rejects.toMatchObject({
    code: 'REVISION_ONE_WAY',
    exit: 3,
  })
  const throwing = { ...users, down: () => Promise.reject(new Error('never')) }
  await expect(runScripts(connection, [throwing], 'down')).rejects.toMatchObject({
    code: 'REVISION_ONE_WAY',
  })
  await connection.close()
})

test('ctrl-c stops between two revisions', async () => {
  const connection = await openSqlite()
  const stop = new AbortController()
  const stopping: FunctionScript = {
    ...users,
    up: async (knex) => {
      await users.up(knex)
      stop.abort()
    },
  }
  await expect(
    runScripts(connection, [stopping, age], 'up', { signal: stop.signal }),
  ).rejects.toMatchObject({ code: 'INTERRUPTED', exit: 130 })
  await connection.close()
})

test('children survive a rebuild of their parent', async () => {
  const connection = await openSqlite()
  const family: FunctionScript = {
    id: 'f1',
    up: async (knex) => {
      await knex.schema.createTable('parents', (table) => {
        table.increments()
        table.string('extra')
      })
      await knex.schema.createTable('children', (table) => {
        table.increments()
        table.integer('parent_id').references('parents.id').onDelete('CASCADE')
      })
      await knex('parents').insert({ extra: 'x' })
      await knex('children').insert([{ parent_id: 1 }, { parent_id: 1 }])
    },
  }
  const drop: FunctionScript = {
    id: 'f2',
    up: (knex) =>
      knex.schema.alterTable('parents', (table) => {
        table.string('extra', 10).notNullable().alter()
      }),
  }
  await runScripts(connection, [family])
  await runScripts(connection, [drop])
  expect(await connection.query('select count(*) as n from children')).toEqual([{ n: 2 }])
  await connection.close()
})
