import { describe, expect, test } from 'vitest'
import type { Table } from '../../src/schema/table.js'
import { between, said } from '../support/comparing.js'
import { email, id, index, key, table, unique } from '../support/schema-builders.js'

describe('a constraint', () => {
  const users = (more: Partial<Table>): Table => table('users', [id, email], more)

  test('whose name the model leaves to Knex is the one of the database, whatever its name there', () => {
    const found = between({
      current: [users({ uniques: [unique('old_mail', 'email')] })],
      models: [users({ uniques: [unique('users_email_unique', 'email')] })],
    })
    expect(found.operations).toEqual([])
  })

  test('whose name the database chose is the one of the model', () => {
    const found = between({
      current: [users({ checks: [{ name: 'users_check1', sql: 'id > 0 or email is null' }] })],
      models: [users({ checks: [{ name: 'reachable', sql: 'id > 0 or email is null' }] })],
    })
    expect(found.operations).toEqual([])
  })

  test.each([
    ['unique', { uniques: [unique('one', 'email')] }, { uniques: [unique('two', 'email')] }],
    ['index', { indexes: [index('one', ['email'])] }, { indexes: [index('two', ['email'])] }],
    [
      'foreign key',
      { foreignKeys: [key('one', 'id', 'users')] },
      { foreignKeys: [key('two', 'id', 'users')] },
    ],
    [
      'check',
      { checks: [{ name: 'one', sql: 'id > 0' }] },
      { checks: [{ name: 'two', sql: 'id > 0' }] },
    ],
  ])('with two chosen names is made anew: %s', (_kind, one, two) => {
    const found = between({ current: [users(one)], models: [users(two)] })
    expect(found.operations).toHaveLength(2)
  })

  test('with another content under the same name is made anew', () => {
    const foreignKey = key('users_id_foreign', 'id', 'teams')
    const teams = table('teams', [id], { primaryKey: { name: null, columns: ['id'] } })
    const found = between({
      current: [users({ foreignKeys: [foreignKey] }), teams],
      models: [users({ foreignKeys: [{ ...foreignKey, onDelete: 'cascade' }] }), teams],
    })
    expect(said(found)).toEqual([
      'Drop foreign key users (id) to teams (id)',
      'Add foreign key users (id) to teams (id), on delete cascade',
    ])
  })

  test('whose name the database cuts short is the one of the model, and is added under its whole name', () => {
    const canonical = (one: Table): Table => ({
      ...one,
      uniques: one.uniques.map((each) => ({ ...each, name: each.name.slice(0, 12) })),
    })
    const models = [users({ uniques: [unique('users_email_unique', 'email')], comment: 'people' })]
    const there = users({ uniques: [unique('users_email_', 'email')] })
    expect(said(between({ current: [there], models }, { canonical }))).toEqual([
      'Set the comment of table users: people',
    ])
    const added = between({ current: [users({})], models }, { canonical }).operations[0]
    expect(added).toMatchObject({ kind: 'addUnique', unique: { name: 'users_email_unique' } })
  })

  test('that nothing would add again is not dropped', () => {
    const check = { name: 'one', sql: 'id > 0' }
    const found = between(
      {
        current: [users({ checks: [check] })],
        models: [users({ checks: [{ ...check, name: 'two' }] })],
      },
      {
        canonical: (one, like) =>
          like === undefined ? { ...one, checks: [{ ...check, name: 'of no object' }] } : one,
      },
    )
    expect(said(found)).toEqual([])
  })

  test('gives up a name from before a rename when the model means another by it', () => {
    const found = between({
      current: [users({ indexes: [index('users_id_index', ['email'])] })],
      models: [
        users({
          indexes: [index('users_id_index', ['id']), index('users_email_index', ['email'])],
        }),
      ],
    })
    expect(said(found)).toEqual([
      'Drop index users_id_index on users (email)',
      'Add index users_id_index on users (id)',
      'Add index users_email_index on users (email)',
    ])
  })

  test('over several columns is the same key whatever the order of its pairs', () => {
    const pair = (columns: readonly string[], refColumns: readonly string[]): Table =>
      users({ foreignKeys: [{ ...key('fk', 'id', 'users'), columns, refColumns }] })
    const found = between({
      current: [pair(['id', 'email'], ['a', 'b'])],
      models: [pair(['email', 'id'], ['b', 'a'])],
    })
    expect(found.operations).toEqual([])
  })

  test('that is a unique index here and a rule there is the same to a database that has only one of them', () => {
    const canonical = (each: Table): Table => ({
      ...each,
      indexes: each.indexes.filter((one) => !one.unique),
      uniques: [
        ...each.uniques,
        ...each.indexes.filter((one) => one.unique).map((one) => unique(one.name, 'email')),
      ],
    })
    const rule = users({ uniques: [unique('mail', 'email')] })
    const indexed = users({ indexes: [index('mail', ['email'], { unique: true })] })
    expect(between({ current: [rule], models: [indexed] }, { canonical }).operations).toEqual([])
    const gone = between({ current: [indexed], models: [users({})] }, { canonical })
    expect(said(gone)).toEqual(['Drop unique index mail on users (email)'])
  })
})
