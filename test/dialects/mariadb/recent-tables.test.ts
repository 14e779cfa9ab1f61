import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Table } from '../../../src/schema/table.js'
import { carryOut, type MariadbDatabase, makeMariadbDatabase } from '../../support/mariadb.js'
import { tables } from '../../support/mariadb-arbitraries.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'

let database: MariadbDatabase
/** One in a run, which goes on from what it made, and one that always asks. */
let running: Connection
let asking: Connection

beforeAll(async () => {
  database = await makeMariadbDatabase()
  running = await database.connect()
  asking = await database.connect()
  await mariadb.frame.enter(running)
})

afterAll(async () => {
  await mariadb.frame.leave(running)
  await database.drop()
})

async function known(name: string): Promise<Table | null> {
  const remembered = await mariadb.introspectTable(running, name)
  expect(remembered).toEqual(await mariadb.introspectTable(asking, name))
  return remembered
}

/** What a table is made of, one step after the other. */
function stepsTo(table: Table): readonly Operation[] {
  const [first, ...others] = table.columns
  const bare = { ...table, uniques: [], indexes: [] }
  const start = others.length > 0 && first !== undefined ? { ...bare, columns: [first] } : bare
  const isWhole = table.primaryKey !== null || table.foreignKeys.length + table.checks.length > 0
  return [
    { kind: 'createTable', table: isWhole ? table : start },
    ...(isWhole ? [] : others).map((column) => ({
      kind: 'addColumn' as const,
      table: table.name,
      column,
    })),
    ...(isWhole ? [] : table.indexes).map((index) => ({
      kind: 'addIndex' as const,
      table: table.name,
      index,
    })),
    { kind: 'dropTable', table },
  ]
}

test('in a run a table is known as the server holds it, whatever was made of it', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      await asking.execute(`drop table if exists ${mariadb.quote(table.name)}`)
      await mariadb.frame.leave(running)
      await mariadb.frame.enter(running)
      for (const operation of stepsTo(table)) {
        await carryOut(running, [operation])
        await known(table.name)
      }
    }),
    { numRuns: 60 },
  )
})

test('a datetime that was made without a zone is known with one, as the server reports it', async () => {
  const type = { kind: 'datetime', tz: false, precision: null } as const
  const column = { ...PLAIN_COLUMN, name: 'a', type }
  const table: Table = { ...EMPTY_TABLE, name: 'moments', columns: [column] }
  await carryOut(running, [{ kind: 'createTable', table }])
  expect(await known('moments')).toMatchObject({ columns: [{ type: { tz: true } }] })
  await carryOut(running, [{ kind: 'dropTable', table }])
})

const USERS: Table = { ...EMPTY_TABLE, name: 'people', columns: [{ ...PLAIN_COLUMN, name: 'n' }] }

test('what others do to a table is seen after a moment, and at once after a statement of a script', async () => {
  await carryOut(running, [{ kind: 'createTable', table: USERS }])
  expect(await known('people')).toMatchObject({ columns: [{ name: 'n' }] })
  await asking.execute('alter table people add column x int')
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(await known('people')).toMatchObject({ columns: [{ name: 'n' }, { name: 'x' }] })
  const { handle } = running as { handle: { query(sql: string, done: () => void): void } }
  await new Promise<void>((resolve) => {
    handle.query('alter table people add column y int', resolve)
  })
  expect((await known('people'))?.columns.map(({ name }) => name)).toEqual(['n', 'x', 'y'])
  await carryOut(running, [{ kind: 'dropTable', table: USERS }])
  expect(await known('people')).toBeNull()
})
