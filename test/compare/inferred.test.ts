import { describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/compare/comparison.js'
import type { DesiredTable, Expectation } from '../../src/schema/desired.js'
import type { Table } from '../../src/schema/table.js'
import { comparing, inferred, rowsOf, said } from '../support/comparing.js'
import { column, email, id, index, key, table, unique } from '../support/schema-builders.js'

const live = table('users', [id, { ...email, nullable: false }, column('legacy')], {
  primaryKey: { name: null, columns: ['id'] },
  uniques: [unique('mail', 'email')],
  indexes: [index('old', ['legacy'])],
  checks: [{ name: 'ck', sql: 'legacy > 0' }],
  comment: 'kept',
})

function against(
  current: readonly Table[],
  model: Table,
  more: Partial<DesiredTable> = {},
): Comparison {
  return comparing({ tables: current, enums: [] }, [inferred(model, more)], { managed: new Set() })
}

function notes(found: Comparison): readonly (readonly [string, string])[] {
  return found.notes.map((note) => [note.code, note.where])
}

describe('a model that only infers', () => {
  test('finds new columns in a table that exists, and nothing else', () => {
    const model = table(
      'users',
      [{ ...email, type: { kind: 'text', size: 'text' } }, column('age')],
      {
        foreignKeys: [key('fk', 'age', 'users')],
        uniques: [unique('age', 'age')],
        primaryKey: { name: null, columns: ['email'] },
      },
    )
    expect(said(against([live], model))).toEqual(['Add column users.age: integer'])
  })

  test('reports what it does not name as undeclared', () => {
    const found = against([live], table('users', [id, email]))
    expect(found.operations).toEqual([])
    expect(found.undeclared).toEqual([{ table: 'users', column: 'legacy', type: 'integer' }])
    expect(found.tables()).toMatchObject([{ status: 'same' }])
    const undeclared = rowsOf(found).filter((row) => row.status === 'undeclared')
    expect(undeclared.map((row) => row.name)).toEqual(['legacy', 'mail', 'old', 'ck'])
  })

  test('asks for no rename: what it does not name is not gone', () => {
    const model = table('users', [id, email, column('legacy_2')])
    expect(against([live], model).renames).toEqual([])
  })

  test('creates the table that does not exist, and says what it assumed', () => {
    const found = against([], table('users', [id, email]), {
      assumed: ['email is a varchar(120).'],
    })
    expect(said(found)).toEqual(['Create table users with 2 columns'])
    expect(found.notes).toEqual([
      { code: 'ASSUMED', message: 'email is a varchar(120).', where: 'users' },
    ])
  })
})

describe('a relation', () => {
  const relation: Expectation = {
    kind: 'relation',
    where: 'User.posts',
    columns: ['id'],
    refTable: 'posts',
    refColumns: ['user_id'],
  }
  const posts = table('posts', [id, column('user_id')])

  test('without a foreign key is told', () => {
    const found = against([live, posts], live, { expectations: [relation] })
    expect(notes(found)).toEqual([['RELATION_WITHOUT_KEY', 'User.posts']])
  })

  test('is the foreign key that leads the other way', () => {
    const keyed = { ...posts, foreignKeys: [key('fk', 'user_id', 'users')] }
    expect(notes(against([live, keyed], live, { expectations: [relation] }))).toEqual([])
  })
})

describe('a property', () => {
  function property(name: string, ...jsonTypes: readonly string[]): Expectation {
    return { kind: 'property', where: `User.${name}`, column: name, jsonTypes }
  }

  test.each([
    [property('email', 'null'), 'PROPERTY_NEVER_FITS'],
    [property('legacy', 'object', 'null'), 'PROPERTY_NEVER_FITS'],
    [property('legacy', 'array'), 'PROPERTY_NEVER_FITS'],
    [property('nowhere', 'string'), 'PROPERTY_WITHOUT_COLUMN'],
  ])('that can never be right is told: %j', (expectation, code) => {
    const found = against([live], live, { expectations: [expectation] })
    expect(notes(found)).toEqual([[code, expectation.kind === 'property' && expectation.where]])
  })

  test.each([
    property('email', 'string', 'null'),
    property('email', 'object'),
    property('legacy', 'null'),
    property('legacy', 'string'),
    property('legacy', 'boolean'),
    property('legacy', 'object', 'integer'),
  ])('that may be right is not: %j', (expectation) => {
    expect(notes(against([live], live, { expectations: [expectation] }))).toEqual([])
  })

  test('whose column is about to be added is not', () => {
    const model = table('users', [column('age')])
    const found = against([live], model, { expectations: [property('age', 'integer')] })
    expect(notes(found)).toEqual([])
  })
})
