/** From one random table to another and back. PAIRS=10000 SEED=random runs more of them. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compare } from '../../../src/compare/compare.js'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import { MigrateError } from '../../../src/errors.js'
import { orderOperations } from '../../../src/operations/order.js'
import { reverseOperations } from '../../../src/operations/reverse.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Table } from '../../../src/schema/table.js'
import { ALL_FACETS, declared } from '../../support/comparing.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  printedIn,
  schemaIn,
  sorted,
  tableIn,
} from '../../support/mariadb.js'
import { tables } from '../../support/mariadb-arbitraries.js'

const PAIRS = Number(process.env.PAIRS ?? 50)

let database: MariadbDatabase
let connection: Connection

beforeAll(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterAll(() => database.drop())

async function changesTo(table: Table): Promise<readonly Operation[]> {
  const current = await schemaIn(connection)
  const { operations } = compare({
    current,
    currentViews: [],
    desired: [declared(table)],
    canonical: (each) => mariadb.canonical(each),
    managed: new Set(['t']),
    managedEnums: new Set(),
    dropUnmanaged: [],
    facets: ALL_FACETS,
    isIncluded: () => true,
    allowDrops: true,
    answers: { renames: [], apart: [] },
  })
  return operations
}

test(`${PAIRS} times one table becomes another, and comes back to the letter`, async () => {
  await fc.assert(
    fc.asyncProperty(tables, tables, async (a, b) => {
      const [from, to] = [
        { ...a, name: 't' },
        { ...b, name: 't' },
      ].map(withOwnKeys)
      if (from === undefined || to === undefined) return
      fc.pre(!isGarbled([from, to]))
      await carryOut(connection, [{ kind: 'createTable', table: from }])
      try {
        const before = await tableIn(connection, 't')
        const printed = await printedIn(connection)
        const operations = await changesTo(to)
        // No engine makes a number of a place on earth.
        fc.pre(await isPossible(operations, () => isTooWide(from, to)))
        expect(await changesTo(to)).toEqual([])
        await carryOut(connection, orderOperations(reverseOperations(operations)))
        expect(sorted(await tableIn(connection, 't'))).toEqual(sorted(before))
        expect((await printedIn(connection)).t?.split('\n').toSorted()).toEqual(
          printed.t?.split('\n').toSorted(),
        )
      } finally {
        await connection.execute('drop table t')
      }
    }),
    {
      numRuns: PAIRS,
      endOnFailure: process.env.SHRINK === undefined,
      ...(process.env.SEED === 'random' ? {} : { seed: Number(process.env.SEED ?? 20261126) }),
    },
  )
}, 3_600_000)

/** What latin1 cannot hold the server takes for question marks, without a word. */
function isGarbled(pair: readonly Table[]): boolean {
  const isLatin = pair.some(({ options }) => options.charset === 'latin1')
  return isLatin && pair.some(({ columns }) => !/^[ -~]*$/.test(JSON.stringify(columns)))
}

/** Carries operations out, unless the server cannot: types that are not to be converted, rows too wide. */
async function isPossible(
  operations: readonly Operation[],
  isTooWideAnyway: () => Promise<boolean>,
): Promise<boolean> {
  try {
    await carryOut(connection, operations)
    return true
  } catch (thrown) {
    if (!(thrown instanceof MigrateError)) throw thrown
    if (thrown.code === 'TYPES_DIFFER') return false
    if (thrown.details.errno === ROW_TOO_WIDE && (await isTooWideAnyway())) return false
    throw thrown
  }
}

const ROW_TOO_WIDE = 1118

/** Whether the server refuses to make the second table too, in the row format that the first leaves to it. */
async function isTooWide(from: Table, to: Table): Promise<boolean> {
  const table = {
    ...to,
    name: 'wide',
    options: { ...from.options, ...to.options },
    foreignKeys: to.foreignKeys.map((key) => ({ ...key, refTable: 'wide' })),
  }
  try {
    await carryOut(connection, [{ kind: 'createTable', table }])
  } catch (thrown) {
    return thrown instanceof MigrateError && thrown.details.errno === ROW_TOO_WIDE
  }
  await connection.execute('drop table wide')
  return false
}

/** A key makes its column not null, and no engine remembers what it was. */
function withOwnKeys(table: Table): Table {
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.name === 'n' ? { ...column, nullable: false } : column,
    ),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, refTable: 't' })),
  }
}
