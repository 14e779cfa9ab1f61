import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Table } from '../../../src/schema/table.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  tableIn,
} from '../../support/mariadb.js'
import { tables } from '../../support/mariadb-arbitraries.js'

let database: MariadbDatabase
let connection: Connection

beforeAll(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterAll(async () => {
  await database.drop()
})

async function created(table: Table): Promise<Table> {
  await carryOut(connection, [{ kind: 'createTable', table }])
  try {
    return await tableIn(connection, table.name)
  } finally {
    await carryOut(connection, [{ kind: 'dropTable', table }])
  }
}

test('a table comes back from the database as it was meant', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const live = await created(table)
      expect(mariadb.canonical(live, table)).toEqual(mariadb.canonical(table))
    }),
    { numRuns: 300 },
  )
})

test('what was read from the database makes the same table again', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const live = await created(table)
      expect(await created(live)).toEqual(live)
    }),
    { numRuns: 150 },
  )
})

test('the canonical form of a canonical form is itself', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const once = mariadb.canonical(table)
      expect(mariadb.canonical(once)).toEqual(once)
    }),
  )
})
