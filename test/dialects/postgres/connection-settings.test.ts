/** Settings of a connection that cannot be meant, and paths that lead nowhere. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgres } from '../../../src/dialects/postgres/index.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { rejection } from '../../support/refusal.js'

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
  })
  afterAll(() => database.drop())

  test('a search path of the server’s that leads nowhere is no empty database', async () => {
    const connectBy = (path: string) => {
      const url = new URL(database.url)
      url.searchParams.set('options', `-c search_path=${path}`)
      return postgres.connect(pg, database.settings({ connection: url.href }))
    }
    const none = await rejection(connectBy('nowhere'))
    expect(none).toMatchObject({ code: 'CONNECT_SEARCH_PATH', exit: 2 })
    expect(none.message).toContain('nowhere')
    // One that is empty on purpose: every name has its schema.
    const session = await connectBy('')
    expect(await session.query('select current_schema() as name')).toEqual([{ name: null }])
    await session.close()
  })

  test.each([
    ['port', 'abc'],
    ['port', 99999],
    ['port', Number.NaN],
    ['host', 127],
    ['ssl', 'false'],
    ['ssl', 1],
  ])('%s %s is refused by name', async (setting, value) => {
    const { hostname: host, port, pathname } = new URL(database.url)
    const connection = {
      ...{ host, port, user: 'postgres', database: pathname.slice(1) },
      [setting]: value,
    }
    const error = await rejection(postgres.connect(pg, database.settings({ connection })))
    expect(error).toMatchObject({ code: 'CONNECT_SETTINGS', exit: 2 })
    expect(error.message).toContain(`The ${setting} of the connection`)
    expect(error.message).toContain(String(value))
  })
})
