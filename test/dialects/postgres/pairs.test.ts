/**
 * From one random table to another and back, to the letter that the server itself prints.
 * PAIRS=10000 SEED=random runs more of them.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { MigrateError } from '../../../src/errors.js'
import type { Operation } from '../../../src/operations/operation.js'
import { orderOperations } from '../../../src/operations/order.js'
import { reverseOperations } from '../../../src/operations/reverse.js'
import type { Schema } from '../../../src/schema/schema.js'
import type { Table } from '../../../src/schema/table.js'
import { declared } from '../../support/comparing.js'
import { foundChanges } from '../../support/kind-changes.js'
import {
  carryOut,
  inOrder,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { tables } from '../../support/postgres-arbitraries.js'

const PAIRS = Number(process.env.PAIRS ?? 50)

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(`create type mood as enum ('a', 'it''s')`)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  const current = async (): Promise<Schema> =>
    (await postgres.introspect(connection, { only: null, except: [] })).schema

  async function letter(): Promise<unknown> {
    const { tables: live } = await current()
    return live.map(inOrder)
  }

  const changesTo = async (table: Table): Promise<readonly Operation[]> =>
    foundChanges(postgres, await current(), { desired: [declared(table)], renames: [] })

  test(`${PAIRS} pairs of tables, there and back`, async () => {
    await fc.assert(
      fc.asyncProperty(tables, tables, async (a, b) => {
        const [from, to] = [named(a), named(b)]
        await connection.execute('begin')
        try {
          await carryOut(connection, [{ kind: 'createTable', table: from }])
          const before = await letter()
          const operations = await changesTo(to)
          fc.pre(await isPossible(connection, operations))
          expect(await changesTo(to)).toEqual([])
          for (const each of orderOperations(reverseOperations(operations)))
            await carryOut(connection, [each])
          expect(await letter()).toEqual(before)
        } finally {
          await connection.execute('rollback')
        }
      }),
      {
        numRuns: PAIRS,
        endOnFailure: process.env.SHRINK === undefined,
        ...(process.env.SEED === 'random' ? {} : { seed: Number(process.env.SEED ?? 20261126) }),
      },
    )
  }, 3_600_000)
})

/** Both under one name; the keys of a table to itself too. */
function named(table: Table): Table {
  return {
    ...table,
    name: 't',
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, refTable: 't' })),
  }
}

/** Carries operations out, unless the server has no way from the one type to the other. */
async function isPossible(
  connection: Connection,
  operations: readonly Operation[],
): Promise<boolean> {
  try {
    for (const each of operations) await carryOut(connection, [each])
    return true
  } catch (thrown) {
    if (thrown instanceof MigrateError && thrown.code === 'TYPES_DIFFER') return false
    throw thrown
  }
}
