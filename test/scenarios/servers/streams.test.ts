/** Scripts that read many rows as a stream, and use their one session meanwhile. */
import { describe, expect, test } from 'vitest'
import { errorOf, line } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

/** More than the server, its driver and the streams hold on the way. */
const ROWS = 5000

const USES = {
  'write for each row': `for await (const { id } of knex('aaa').stream())
    if (id % 100 === 0) await knex('aaa').insert({ id: 10000 + id })`,
  'begin a transaction for each row': `for await (const { id } of knex('aaa').stream())
    if (id % 100 === 0) await knex.transaction((trx) => trx('aaa').insert({ id: 10000 + id }))`,
  'alter for each row': `for await (const { id } of knex('aaa').stream()) {
    if (id % 1000 === 0) await knex.schema.alterTable('aaa', (t) => { t.integer('c' + id) })
    if (id % 100 === 0) await knex('aaa').insert({ id: 10000 + id })
  }`,
  'read a stream in a stream': `for await (const { id } of knex('aaa').stream())
    if (id % 1000 === 0)
      for await (const inner of knex('aaa').where('id', '<=', 10).stream())
        await knex('aaa').insert({ id: 10 * id + inner.id })`,
  'leave it before it begins': `knex('aaa').stream().destroy()
    await knex('aaa').insert(Array.from({ length: 50 }, (_, i) => ({ id: 10001 + i })))`,
  'leave it and write': `for await (const { id } of knex('aaa').stream()) break
    await knex('aaa').insert(Array.from({ length: 50 }, (_, i) => ({ id: 10001 + i })))`,
}

describe.each(ONE_OF_EACH)('$name', (engine) => {
  describe.each([true, false])('a transaction of its own: %s', (transaction) => {
    test.each(Object.entries(USES))('%s', async (_, up) => {
      const { project, database, applied } = await makeLong(up, transaction)
      await project.ok('upgrade')
      expect(await applied()).toEqual(['aaa', 'bbb', 'ccc'])
      const [found] = await database.sql('select count(*) as n from aaa where id > 10000')
      expect(Number(found?.n)).toBe(50)
    })
  })

  test('what fails in the middle of it is undone', async () => {
    const { project, database, applied } = await makeLong(
      `for await (const { id } of knex('aaa').stream()) {
        if (id === 4000) throw new Error('row 4000 is not for us')
        if (id % 100 === 0) await knex('aaa').insert({ id: 10000 + id })
      }`,
      true,
    )
    const result = await project.run(['upgrade', '--json'])
    expect(result.code).toBe(1)
    expect(JSON.stringify(errorOf(result))).toContain('row 4000')
    expect(await applied()).toEqual(['aaa', 'bbb'])
    expect(await database.sql('select id from aaa where id > 10000')).toHaveLength(0)
  })

  async function makeLong(up: string, transaction: boolean) {
    const rows = `await knex('aaa').insert(Array.from({ length: ${ROWS} }, (_, i) => ({ id: i + 1 })))`
    return await makeServerProject(engine, {
      scripts: [
        ...line('aaa'),
        { id: 'bbb', parents: ['aaa'], up: rows },
        { id: 'ccc', parents: ['bbb'], up, transaction },
      ],
    })
  }
})
