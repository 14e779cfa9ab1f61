import knex from 'knex'
import { expect, test } from 'vitest'
import { scriptKnex } from '../../src/vocabulary/client.js'
import { leastCpuTime } from '../support/cpu-time.js'
import { watched } from '../support/watched-script.js'

test('sessions that are over cost the ones that follow nothing', async () => {
  for (let count = 0; count < 5; count += 1) await useSession()
  const first = await leastCpuTime(5, manyAwaits)
  for (let count = 0; count < 1000; count += 1) await useSession()
  // About the same; a storage of each session's own made it 275 times as much.
  expect(await leastCpuTime(5, manyAwaits)).toBeLessThan(first * 5 + 1)
})

test('a transaction of one session is no business of another, inside or around it', async () => {
  const { session: outer } = await watched()
  const { session: inner } = await watched()
  await outer.knex.transaction(async () => {
    await inner.knex('notes').insert({ text: 'its own' })
    const attempt = inner.knex.transaction(async () => {
      await outer.knex('notes').insert({ text: 'outside' })
    })
    await expect(attempt).rejects.toMatchObject({ code: 'SCRIPT_OUTSIDE_TRANSACTION' })
  })
})

async function useSession(): Promise<void> {
  const session = scriptKnex({
    knexModule: knex,
    config: { client: 'pg' },
    connection: null,
    frame: null,
    onSchemaCall: () => Promise.resolve(),
    onStatement: () => Promise.resolve('skip'),
  })
  await session.transaction(() => Promise.resolve())
  await session.destroy()
}

async function manyAwaits(): Promise<void> {
  for (let count = 0; count < 20_000; count += 1) await Promise.resolve()
}
