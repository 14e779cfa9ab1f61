import { expect, test } from 'vitest'
import type { Table } from '../../src/schema/table.js'
import { between } from '../support/comparing.js'
import { column, id, index, table, unique } from '../support/schema-builders.js'

test('options that the model names are set, others are left as they are', () => {
  const current = [table('users', [id], { options: { engine: 'MyISAM', charset: 'latin1' } })]
  const models = [table('users', [id], { options: { engine: 'InnoDB' } })]
  expect(between({ current, models }).operations).toEqual([
    {
      kind: 'alterOptions',
      table: 'users',
      from: { engine: 'MyISAM', charset: 'latin1' },
      to: { engine: 'InnoDB', charset: 'latin1' },
    },
  ])
})

test('a difference that no operation can mend is told', () => {
  const canonical = (each: Table): Table => ({
    ...each,
    checks: each.columns.map(({ name, comment }) => ({ name, sql: comment ?? '' })),
    columns: each.columns.map((one) => ({ ...one, comment: null })),
  })
  const found = between(
    { current: [table('users', [id])], models: [table('users', [{ ...id, comment: 'x' }])] },
    { canonical },
  )
  expect(found.notes).toMatchObject([{ code: 'DIFFERENCE_UNRESOLVED', where: 'users' }])
})

test('1,000 equal tables take under 120 ms of the processor', () => {
  const make = (): readonly Table[] =>
    Array.from({ length: 1_000 }, (_, at) =>
      table(
        `t${at}`,
        Array.from({ length: 10 }, (_each, place) => column(`c${place}`)),
        {
          indexes: [index(`i${at}`, ['c1']), index(`j${at}`, ['c2'])],
          uniques: [unique('u', 'c3')],
        },
      ),
    )
  const sides = { current: make(), models: make() }
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage()
    expect(between(sides).operations).toEqual([])
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  })
  expect(Math.min(...times)).toBeLessThan(120)
})
