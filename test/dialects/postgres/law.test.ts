import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import {
  inOrder,
  liveTable,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { tables } from '../../support/postgres-arbitraries.js'

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(`create type mood as enum ('a', 'it''s')`)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  test('a table that was created is reported back in its canonical form', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        await connection.execute('begin')
        try {
          for (const { sql } of await postgres.emit(connection, [{ kind: 'createTable', table }])) {
            await connection.execute(sql)
          }
          const live = await liveTable(connection, table.name)
          if (live === null) throw new Error('it is not there')
          expect(inOrder(postgres.canonical(live))).toEqual(inOrder(postgres.canonical(table)))
          expect(postgres.canonical(postgres.canonical(table))).toEqual(postgres.canonical(table))
        } finally {
          await connection.execute('rollback')
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    )
  })
})
