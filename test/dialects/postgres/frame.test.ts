/** Savepoints of a transaction in which only the tool speaks, and of one in which a script does, too. */
import { Readable } from 'node:stream'
import knex from 'knex'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { scriptKnex } from '../../../src/vocabulary/client.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

const { frame } = postgres

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    connection = await database.connect()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await frame.enter(connection)
    await frame.begin(connection, 1000)
  })
  afterEach(async () => {
    await frame.leave(connection)
    for (const table of await postgres.listTables(connection)) {
      await connection.execute(`drop table ${postgres.quote(table)}`)
    }
  })

  const step = async (name: string, sql: string): Promise<void> => {
    await frame.savepoint(connection, name)
    await connection.execute(sql)
    await frame.release(connection, name)
  }

  test('what came before a statement that failed stands, even where its text cannot be read', async () => {
    await step('revision', 'create table one (id int)')
    await step('revision', 'create table two (id int)')
    await expect(step('revision', 'create tabel three')).rejects.toThrow(/syntax error/i)
    await frame.rollbackTo(connection, 'revision')
    await frame.release(connection, 'revision')
    await frame.commit(connection)
    expect(await postgres.listTables(connection)).toEqual(['one', 'two'])
  })

  test('a savepoint that is taken back takes those inside it along', async () => {
    await step('revision', 'create table one (id int)')
    await frame.savepoint(connection, 'revision')
    await step('inner', 'create table two (id int)')
    await frame.rollbackTo(connection, 'revision')
    await frame.release(connection, 'revision')
    await step('revision', 'create table three (id int)')
    await frame.commit(connection)
    expect(await postgres.listTables(connection)).toEqual(['one', 'three'])
  })

  test('a script that ended the savepoint of its revision is told of it in that revision', async () => {
    await frame.savepoint(connection, 'revision')
    const { handle } = connection as { handle: { query(sql: string): Promise<unknown> } }
    await connection.settled?.()
    await handle.query('release revision')
    await expect(frame.release(connection, 'revision')).rejects.toThrow(/does not exist/)
    await frame.rollback(connection)
  })

  test('a transaction that failed unseen is told of at the end of its revision', async () => {
    await frame.savepoint(connection, 'revision')
    await connection.execute('select 1 / 0').catch(() => undefined)
    await expect(frame.release(connection, 'revision')).rejects.toThrow(/aborted/)
    await frame.rollback(connection)
  })

  test('what Knex asks of the driver waits until the savepoint is set', async () => {
    const most = countAtOnce(connection)
    const session = scriptKnex({
      knexModule: knex,
      config: { client: 'pg' },
      connection,
      frame,
      onSchemaCall: () => Promise.resolve(),
      onStatement: () => Promise.resolve('run'),
    })
    await frame.savepoint(connection, 'revision')
    expect(await session.knex.raw('select 1 as one')).toMatchObject({ rows: [{ one: 1 }] })
    await frame.savepoint(connection, 'inner')
    for await (const row of session.knex.select(session.knex.raw('2 as two')).stream()) {
      expect(row).toEqual({ two: 2 })
    }
    expect(most()).toBe(1)
    await session.destroy()
    await frame.rollback(connection)
  })

  test('a savepoint that could not be set is told of by what comes after it, and holds nothing up', async () => {
    await connection.execute('select 1 / 0').catch(() => undefined)
    await frame.savepoint(connection, 'revision')
    await expect(connection.execute('create table one (id int)')).rejects.toThrow(/aborted/)
    await expect(frame.rollbackTo(connection, 'revision')).rejects.toThrow(/aborted/)
    await frame.rollback(connection)
    await frame.begin(connection, 1000)
    await step('revision', 'create table two (id int)')
    await frame.commit(connection)
    expect(await postgres.listTables(connection)).toEqual(['two'])
  })
})

interface Handle {
  query(...args: unknown[]): unknown
}

/** How many queries the driver had at most at once, from now on: it takes more, and will not for ever. */
function countAtOnce(connection: Connection): () => number {
  const handle = connection.handle as Handle // the driver's client
  const query = handle.query.bind(handle)
  let active = 0
  let most = 0
  handle.query = (...args) => {
    active += 1
    most = Math.max(most, active)
    const last = args.at(-1)
    const done = (): void => {
      active -= 1
    }
    if (typeof last === 'function') {
      args[args.length - 1] = (...told: unknown[]) => {
        done()
        Reflect.apply(last, undefined, told)
      }
    }
    const answer = query(...args)
    if (answer instanceof Promise) answer.then(done, done)
    else if (answer instanceof Readable) answer.once('close', done)
    return answer
  }
  return () => most
}
