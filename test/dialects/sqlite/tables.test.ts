import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { carryOut, DRIVERS, inMemory, tableIn, WHOLE } from '../../support/sqlite.js'
import { tables } from '../../support/sqlite-arbitraries.js'

test('a table comes back from the database as it was meant', async () => {
  await fc.assert(
    fc.asyncProperty(tables, (table) =>
      inMemory(async (connection) => {
        await carryOut(connection, [{ kind: 'createTable', table }])
        const live = await tableIn(connection, table.name)
        expect(sqlite.canonical(live)).toEqual(sqlite.canonical(table))
        const { schema } = await sqlite.introspect(connection, WHOLE)
        expect(schema.tables).toEqual([live])
      }),
    ),
    { numRuns: 500 },
  )
})

test('what was read from the database makes the same table again', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const live = await inMemory(async (connection) => {
        await carryOut(connection, [{ kind: 'createTable', table }])
        return tableIn(connection, table.name)
      })
      await inMemory(async (connection) => {
        await carryOut(connection, [{ kind: 'createTable', table: live }])
        expect(await tableIn(connection, table.name)).toEqual(live)
      })
    }),
    { numRuns: 300 },
  )
})

test('the canonical form of a canonical form is itself', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const once = sqlite.canonical(table)
      expect(sqlite.canonical(once)).toEqual(once)
    }),
  )
})

test.each(DRIVERS)('%s reads and writes the same', async (driver) => {
  for (const table of fc.sample(tables, { numRuns: 20, seed: 7 })) {
    await inMemory(async (connection) => {
      await carryOut(connection, [{ kind: 'createTable', table }])
      const live = await tableIn(connection, table.name)
      expect(sqlite.canonical(live)).toEqual(sqlite.canonical(table))
    }, driver)
  }
})
