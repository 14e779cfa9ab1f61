import { describe, expect, test } from 'vitest'
import { ALL_FACETS, between, said } from '../support/comparing.js'
import { email, id, index, table } from '../support/schema-builders.js'

describe('what is not compared', () => {
  test('is neither changed in a table that exists nor written into a new one', () => {
    const facets = { ...ALL_FACETS, indexes: false, comments: false, nullability: false }
    const model = table('users', [{ ...email, nullable: false, comment: 'x' }], {
      indexes: [index('mail', ['email'])],
      comment: 'y',
    })
    const live = table('users', [email], { indexes: [index('other', ['email'])] })
    expect(between({ current: [live], models: [model] }, { facets }).operations).toEqual([])
    const [created] = between({ current: [], models: [model] }, { facets }).operations
    expect(created).toMatchObject({
      table: { comment: null, indexes: [], columns: [{ comment: null, nullable: false }] },
    })
  })

  test('goes with the column that it cannot stand without', () => {
    const facets = { ...ALL_FACETS, indexes: false }
    const live = table('users', [id, email], { indexes: [index('mail', ['email'])] })
    const found = between({ current: [live], models: [table('users', [id])] }, { facets })
    expect(said(found)).toEqual([
      'Drop index mail on users (email)',
      'Drop column users.email: varchar(120)',
    ])
  })

  test('is an excluded table, and an excluded column with what names it', () => {
    const isIncluded = (name: string, part: string | null): boolean =>
      name !== 'audit' && part !== 'email'
    const live = table('users', [id, email], { indexes: [index('mail', ['email'])] })
    const current = [live, table('audit', [id])]
    const models = [table('users', [id])]
    expect(between({ current, models }, { isIncluded })).toMatchObject({
      operations: [],
      unmanaged: [],
    })
  })

  test('keeps its table from being dropped', () => {
    const isIncluded = (_name: string, part: string | null): boolean => part !== 'email'
    const found = between({ current: [table('users', [id, email])], models: [] }, { isIncluded })
    expect(found.operations).toEqual([])
    expect(found.unmanaged).toEqual(['users'])
    expect(found.notes).toMatchObject([{ code: 'PARTLY_EXCLUDED' }])
  })
})
