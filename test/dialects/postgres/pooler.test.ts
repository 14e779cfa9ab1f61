/** Poolers that lend the sessions of a server out for a transaction each. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgres } from '../../../src/dialects/postgres/index.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { rejection } from '../../support/refusal.js'
import { startTransactionPooler } from '../../support/transaction-pooler.js'

const SETTINGS = ['default_transaction_read_only', 'lock_timeout', 'statement_timeout']

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let pooler: Awaited<ReturnType<typeof startTransactionPooler>>
  let pooled: string

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    pooler = await startTransactionPooler(new URL(database.url))
    const url = new URL(database.url)
    url.port = String(pooler.port)
    pooled = url.href
  })
  afterAll(async () => {
    pooler.stop()
    await database.drop()
  })

  /** What clients of the pooler have, after as many transactions as it could have sessions. */
  async function settingsBehind(): Promise<readonly unknown[]> {
    const clients = [0, 1, 2].map(() => new pg.Client({ connectionString: pooled }))
    const seen: unknown[] = []
    for (const client of clients) {
      await client.connect()
      await client.query('begin')
      for (const name of SETTINGS) {
        const { rows } = await client.query<{ value: string }>(
          'select current_setting($1) as value',
          [name],
        )
        seen.push(rows[0]?.value)
      }
    }
    for (const client of clients) {
      await client.query('commit')
      await client.end()
    }
    return seen
  }

  test('a session through one is refused, and leaves the settings of the others alone', async () => {
    const before = await settingsBehind()
    for (const readOnly of [true, false]) {
      const settings = database.settings({ connection: pooled, readOnly, statementTimeout: 4000 })
      const error = await rejection(postgres.connect(pg, settings))
      expect(error).toMatchObject({ code: 'CONNECT_POOLER', exit: 2 })
      expect(error.message).toContain(`127.0.0.1:${pooler.port}`)
    }
    expect(await settingsBehind()).toEqual(before)
  })
})
