/** A connection that is a text, but no URL. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { migrateErrorOf } from '../../support/thrown.js'

test.each([
  'not a url',
  'localhost:5432/shop',
  'postgres://me:canary#secret@localhost/shop',
  { connectionString: 'shop' },
])('%j is no URL, and is not tried', async (connection) => {
  const settings = {
    client: 'pg',
    connection,
    searchPath: [],
    readOnly: false,
    lockTimeout: 1,
    statementTimeout: null,
  }
  const thrown = await migrateErrorOf(() => postgres.connect(pg, settings))
  expect(thrown).toMatchObject({
    code: 'CONNECT_SETTINGS',
    exit: 2,
    message: 'The connection in the configuration is no URL.',
  })
  expect(JSON.stringify([thrown.message, thrown.why, thrown.fix, thrown.details])).not.toContain(
    'canary',
  )
})
