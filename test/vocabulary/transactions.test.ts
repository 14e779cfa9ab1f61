import { Model } from 'objection'
import { describe, expect, test } from 'vitest'
import { inRevision, texts, watched } from '../support/watched-script.js'

describe('transactions', () => {
  test('of a revision are savepoints in the one that the runner began', async () => {
    const found = await watched()
    await inRevision(found, async () => {
      await found.session.transaction(async (trx) => {
        expect(trx.isTransaction).toBe(true)
        await trx('notes').insert({ text: 'outer' })
        const inner = trx.transaction(async (nested) => {
          await nested('notes').insert({ text: 'inner' })
          throw new Error('no')
        })
        await expect(inner).rejects.toThrow('no')
        await trx.transaction(async (nested) => {
          await nested('notes').insert({ text: 'second' })
        })
      })
      await expect(
        found.session.transaction(async (trx) => {
          await trx('notes').insert({ text: 'third' })
          throw new Error('failed')
        }),
      ).rejects.toThrow('failed')
    })
    expect(await texts(found.connection)).toEqual(['outer', 'second'])
  })

  test('give back what the script returns', async () => {
    const found = await watched()
    const result = await inRevision(found, () =>
      found.session.transaction(() => Promise.resolve('done')),
    )
    expect(result).toBe('done')
  })

  test('begun inside their own siblings do not wait for themselves', async () => {
    const found = await watched()
    await inRevision(found, () =>
      found.session.transaction(async (trx) => {
        await trx.transaction(async (first) => {
          await first('notes').insert({ text: 'first' })
          await trx.transaction(async (second) => {
            await second('notes').insert({ text: 'second' })
          })
        })
      }),
    )
    expect(await texts(found.connection)).toEqual(['first', 'second'])
  })

  test('side by side run one after the other', async () => {
    const found = await watched()
    await inRevision(found, () =>
      found.session.transaction(async (trx) => {
        const insert = (text: string) =>
          trx.transaction(async (nested) => {
            await nested('notes').insert({ text })
            if (text === 'b') throw new Error('b failed')
          })
        const results = await Promise.allSettled([insert('a'), insert('b'), insert('c')])
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      }),
    )
    expect(await texts(found.connection)).toEqual(['a', 'c'])
  })

  test('of a script without one are real', async () => {
    const { session, connection } = await watched()
    const script = session.knex
    await script.transaction(async (trx) => {
      await trx('notes').insert({ text: 'kept' })
      await script.transaction(async (inside) => {
        await inside('notes').insert({ text: 'kept too' })
      })
    })
    const failing = script.transaction(async (trx) => {
      await trx('notes').insert({ text: 'lost' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const open = await script.transaction()
    await open('notes').insert({ text: 'by hand' })
    await open.commit()
    expect(await texts(connection)).toEqual(['kept', 'kept too', 'by hand'])
  })

  test('refuse a statement from outside of them instead of waiting for ever', async () => {
    const { session } = await watched()
    const attempt = session.knex.transaction(async () => {
      await session.knex('notes').insert({ text: 'outside' })
    })
    await expect(attempt).rejects.toMatchObject({ code: 'SCRIPT_OUTSIDE_TRANSACTION' })
  })

  test('let statements from elsewhere wait until they end', async () => {
    const { session, connection } = await watched()
    await Promise.all([
      session.knex.transaction(async (trx) => {
        await trx('notes').insert({ text: 'first' })
        await new Promise((resolve) => setTimeout(resolve, 20))
        await trx('notes').insert({ text: 'second' })
      }),
      session.knex('notes').insert({ text: 'third' }),
    ])
    expect(await texts(connection)).toEqual(['first', 'second', 'third'])
  })

  test('serve models of Objection that are bound to them', async () => {
    class Note extends Model {
      static override tableName = 'notes'
      declare id: number
      declare text: string
    }
    const found = await watched()
    await inRevision(found, () =>
      found.session.transaction(async (trx) => {
        const Bound = Note.bindKnex(trx)
        const note = await Bound.query().insert({ text: 'bound' })
        expect(note.id).toBe(1)
        await Note.query(trx).insert({ text: 'passed' })
        await Bound.transaction(async (inner) => {
          await Note.query(inner).findById(1).patch({ text: 'patched' })
        })
        expect(await Bound.query().orderBy('id')).toMatchObject([
          { text: 'patched' },
          { text: 'passed' },
        ])
      }),
    )
    expect(await texts(found.connection)).toEqual(['patched', 'passed'])
  })
})
