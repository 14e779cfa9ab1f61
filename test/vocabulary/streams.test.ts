import { once } from 'node:events'
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
