/** Which columns a table is inferred to have, and what is said of them. */
import { Model, knexSnakeCaseMappers, snakeCaseMappers } from 'objection'
import { describe, expect, test } from 'vitest'
import { describeClasses } from '../support/describe-classes.js'
import { onlyTable, tableOf } from '../support/inferred-table.js'

describe('which properties are columns', () => {
  test('virtual attributes, relations, getters and methods are none', () => {
    class User extends Model {
      static override tableName = 'users'
      static override virtualAttributes = ['fullName']
      static override relationMappings = () => ({
        friends: {
          relation: Model.HasManyRelation,
          modelClass: User,
          join: { from: 'users.id', to: 'users.friend_id' },
        },
      })
      static override jsonSchema = {
        properties: Object.fromEntries(
          ['name', 'fullName', 'friends', 'initials'].map((name) => [name, { type: 'string' }]),
        ),
      }
      get initials(): string {
        return String(this.$id()).slice(0, 1)
      }
    }
    const table = onlyTable([User])
    expect(table.table.columns.map(({ name }) => name)).toEqual(['id', 'name', 'friend_id'])
    expect(table.createOnly).toEqual(['id', 'friend_id'])
  })

  test('jsonAttributes are JSON, also beyond jsonSchema', () => {
    const { table } = tableOf(
      { properties: { settings: { type: 'string' } } },
      { jsonAttributes: ['settings', 'extra'] },
    )
    expect(table.columns).toMatchObject([
      { name: 'id' },
      { name: 'settings', type: { kind: 'json' } },
      { name: 'extra', type: { kind: 'json' }, nullable: true },
    ])
  })

  test('a property that the model takes out before it writes is a note', () => {
    class User extends Model {
      static override tableName = 'users'
      static override jsonSchema = {
        properties: { password: { type: 'string' }, confirmation: { type: 'string' } },
      }
      override $formatDatabaseJson(json: Record<string, unknown>): Record<string, unknown> {
        const stored = { ...super.$formatDatabaseJson(json), updated_by: 'me' }
        Reflect.deleteProperty(stored, 'confirmation')
        return stored
      }
    }
    const { tables, notes } = describeClasses([User])
    expect(tables[0]?.table.columns.map(({ name }) => name)).toEqual(['id', 'password'])
    expect(notes).toMatchObject([{ code: 'MODEL_PROPERTY_NOT_STORED', where: 'User.confirmation' }])
  })

  test('columns are named by the mappers of the model', () => {
    const { table } = tableOf(
      { properties: { firstName: { type: 'string' }, aB1: { type: 'string' } } },
      { columnNameMappers: snakeCaseMappers() },
    )
    expect(table.columns.map(({ name }) => name)).toEqual(['id', 'first_name', 'a_b1'])
  })

  test('columns and tables are named by the mappers of Knex', () => {
    const { table } = tableOf(
      { properties: { firstName: { type: 'string' } } },
      { tableName: 'app.userAccounts', idColumn: 'userId' },
      { ...knexSnakeCaseMappers() },
    )
    expect(table.name).toBe('app.user_accounts')
    expect(table.columns.map(({ name }) => name)).toEqual(['user_id', 'first_name'])
    expect(table.primaryKey?.columns).toEqual(['user_id'])
  })

  test('a $formatDatabaseJson that cannot bear null leaves the mappers', () => {
    class User extends Model {
      static override tableName = 'users'
      static override columnNameMappers = snakeCaseMappers()
      static override jsonSchema = { properties: { tagList: { type: 'array' } } }
      override $formatDatabaseJson(json: Record<string, unknown>): Record<string, unknown> {
        const list = json.tagList as readonly string[]
        return super.$formatDatabaseJson({ ...json, tagList: list.join(',') })
      }
    }
    const { table } = onlyTable([User])
    expect(table.columns.map(({ name }) => name)).toEqual(['id', 'tag_list'])
  })
})

test('defaults are offered, and not made defaults of columns', () => {
  const { offeredValues, table } = tableOf({
    properties: { level: { type: 'integer', default: 3 }, note: { type: 'string', default: null } },
  })
  expect(offeredValues).toEqual({ level: 3 })
  expect(table.columns.every((column) => column.default === null)).toBe(true)
})

test('what was assumed is said, columns of one kind together', () => {
  const { assumed } = tableOf({
    properties: {
      name: { type: 'string' },
      email: { type: 'string' },
      price: { type: 'number' },
      any: {},
    },
  })
  expect(assumed).toEqual([
    "id: a counting primary key, Objection's default idColumn.",
    'name, email: at most 255 characters, since there is no maxLength.',
    'price: double, since jsonSchema says no precision.',
    'any: a string of at most 255 characters, since jsonSchema says no type.',
  ])
})

test('what jsonSchema says of types is expected of the live columns', () => {
  const { expectations } = tableOf({
    properties: { gone: { type: 'null' }, data: { type: ['object', 'null'] }, any: {} },
  })
  expect(expectations).toEqual([
    { kind: 'property', where: 'User.gone', column: 'gone', jsonTypes: ['null'] },
    { kind: 'property', where: 'User.data', column: 'data', jsonTypes: ['object', 'null'] },
  ])
})
