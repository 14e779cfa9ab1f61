import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { watched } from '../support/watched-script.js'

describe('rows that a script reads', () => {
  test('can be streamed', async () => {
    const { session } = await watched()
    await session.knex('notes').insert([{ text: 'one' }, { text: 'two' }])
    const seen: unknown[] = []
    for await (const row of session.knex('notes').select('text').stream()) seen.push(row)
    expect(seen).toEqual([{ text: 'one' }, { text: 'two' }])
  })

  test('leave a transaction alone with the session', async () => {
    const { session } = await watched()
    await session.knex('notes').insert([{ text: 'one' }, { text: 'two' }])
    const order: string[] = []
    let goOn: () => void = () => undefined
    const reading = new Promise<void>((resolve) => (goOn = resolve))
    const outside = reading.then(async () => {
      await session.knex('notes').insert({ text: 'three' })
      order.push('outside')
    })
    await session.knex.transaction(async (trx) => {
      for await (const row of trx('notes').stream()) {
        order.push((row as { text: string }).text)
        goOn()
        await setTimeout(30)
      }
      order.push('the transaction')
    })
    await outside
    expect(order).toEqual(['one', 'two', 'the transaction', 'outside'])
  })

  test('fail where Knex lacks what it needs to stream them', async () => {
    const { session } = await watched()
    // As it throws for PostgreSQL where `pg-query-stream` is not installed.
    Object.assign(session.knex.client as object, {
      _stream: () => {
        throw new Error('streaming needs another package')
      },
    })
    const ended = once(session.knex('notes').stream().resume(), 'end')
    await expect(ended).rejects.toThrow('streaming needs another package')
  })
})
