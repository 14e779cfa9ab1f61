import knex from 'knex'
import { expect, test } from 'vitest'
import type { SchemaCall } from '../../src/vocabulary/call.js'
import { scriptKnex } from '../../src/vocabulary/client.js'

test('recording 1,000 tables of ten columns takes a moment', async () => {
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) times.push(await recordTables(1000))
  // About 90 ms on an idle machine, where Knex takes 80 to compile the same; the rest is for busy ones.
  expect(Math.min(...times)).toBeLessThan(400)
})

async function recordTables(count: number): Promise<number> {
  const calls: SchemaCall[] = []
  const session = scriptKnex({
    knexModule: knex,
    config: { client: 'pg' },
    connection: null,
    frame: null,
    onSchemaCall: (call) => {
      calls.push(call)
      return Promise.resolve()
    },
    onStatement: () => Promise.resolve('skip'),
  })
  const start = performance.now()
  await session.transaction(async (trx) => {
    for (let number = 0; number < count; number += 1) {
      await trx.schema.createTable(`t${number}`, (table) => {
        table.increments()
        table.string('name').notNullable()
        table.integer('a').index()
        table.boolean('b').defaultTo(true)
        table.text('c')
        table.timestamp('at').defaultTo(trx.fn.now())
        table.decimal('d', 8, 3)
        table.integer('team_id').references('teams.id')
        table.string('email').unique()
        table.json('j')
      })
    }
  })
  for (const call of calls) if (call.kind === 'table') call.read(null)
  expect(calls).toHaveLength(count)
  return performance.now() - start
}
