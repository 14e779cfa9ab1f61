/** A server that says what became of a transaction later than that a statement in it failed. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { rejection } from '../../support/refusal.js'
import { startSlowErrors } from '../../support/slow-errors.js'

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let wire: Awaited<ReturnType<typeof startSlowErrors>>
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    wire = await startSlowErrors(new URL(database.url))
    const url = new URL(database.url)
    url.port = String(wire.port)
    connection = await postgres.connect(pg, database.settings({ connection: url.href }))
  })
  afterAll(async () => {
    await connection.close()
    wire.stop()
    await database.drop()
  })

  test('a read in a transaction of its own that fails leaves the session to the next', async () => {
    const thrown = await rejection(
      postgres.queryUnhidden?.(connection, 'select 1 / 0') ?? Promise.resolve(),
    )
    expect(thrown.code).toBe('SERVER_REFUSED')
    expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a query that fails in an open transaction leaves it whole', async () => {
    await connection.execute('begin')
    await rejection(connection.query('select 1 / 0'))
    expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }])
    await connection.execute('rollback')
  })
})
