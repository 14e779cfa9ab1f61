import knex from 'knex'
import { expect, test } from 'vitest'
import type { SchemaCall } from '../../src/vocabulary/call.js'
import { scriptKnex } from '../../src/vocabulary/client.js'
import { costRatio, TEN_TIMES } from '../support/cpu-time.js'

test('the time to record tables grows with their number, and no faster', async () => {
  const ratio = await costRatio(
    () => recordTables(100),
    () => recordTables(1000),
  )
  expect(ratio).toBeLessThan(TEN_TIMES)
})

async function recordTables(count: number): Promise<void> {
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
}
