import { Model } from 'objection'
import { expect, test } from 'vitest'
import { setAside } from '../../src/models/set-aside.js'
import {
  describeClasses,
  keysOf,
  model,
  relation,
  tableNamed,
} from '../support/describe-classes.js'

test('a model on a view is said and left alone, and nothing refers to it', () => {
  const Stats = model('stats')
  const User = model('users', () => ({
    stats: relation(Model.BelongsToOneRelation, () => Stats, 'users.stats_id', 'stats.id'),
  }))
  const { tables } = describeClasses([User, Stats])
  const models = [
    { model: 'User', file: 'user.ts', table: 'users' },
    { model: 'Stat', file: 'stat.ts', table: 'stats' },
    { model: 'Base', file: 'base.ts', table: null },
  ]
  const loaded = { tables, failures: [], notes: [], models }

  const left = setAside(loaded, (table) =>
    table === 'stats' ? { code: 'MODEL_ON_VIEW', what: 'the view stats' } : null,
  )

  expect(keysOf({ tables, failures: [] }, 'users')).toEqual(['stats_id -> stats.id'])
  expect(left.tables.map(({ table }) => table.name)).toEqual(['users'])
  expect(tableNamed({ tables: left.tables, failures: [] }, 'users')).toMatchObject({
    table: { foreignKeys: [] },
    expectations: [],
  })
  expect(left.notes).toEqual([
    {
      code: 'MODEL_ON_VIEW',
      message: 'Stat (stat.ts) stands on the view stats, which is left alone.',
      where: 'stats',
    },
  ])
  expect(left.models).toBe(models)
})
