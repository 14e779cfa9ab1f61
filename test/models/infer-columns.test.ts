import { Model, knexSnakeCaseMappers, snakeCaseMappers } from 'objection'
import { describe, expect, test } from 'vitest'
import type { DesiredTable } from '../../src/schema/desired.js'
import { describeClasses } from '../support/describe-classes.js'

/** The one table of a model with this jsonSchema. */
function tableOf(
  jsonSchema: object,
  more: Readonly<Record<string, unknown>> = {},
  knexConfig: Readonly<Record<string, unknown>> = {},
): DesiredTable {
  class User extends Model {
    static override tableName = 'users'
    static override jsonSchema = jsonSchema
  }
  Object.assign(User, more)
  return onlyTable([User], knexConfig)
}

function onlyTable(
  classes: readonly unknown[],
  knexConfig: Readonly<Record<string, unknown>> = {},
): DesiredTable {
  const { tables, failures } = describeClasses(classes, knexConfig)
  expect(failures).toEqual([])
  const [table] = tables
  if (table === undefined || tables.length > 1) throw new Error(`${tables.length} tables`)
  return table
}

function columnOf(schema: object, name = 'it', required: readonly string[] = []) {
  const { table } = tableOf({ properties: { [name]: schema }, required })
  return table.columns.find((column) => column.name === name)
}

describe('types', () => {
  const cases: readonly (readonly [object, object])[] = [
    [{ type: 'string' }, { kind: 'string', length: 255 }],
    [
      { type: 'string', maxLength: 80 },
      { kind: 'string', length: 80 },
    ],
    [
      { type: 'string', maxLength: 100_000 },
      { kind: 'text', size: 'longtext' },
    ],
    [
      { type: 'string', format: 'date-time' },
      { kind: 'timestamp', tz: true, precision: null },
    ],
    [{ type: 'string', format: 'date' }, { kind: 'date' }],
    [
      { type: 'string', format: 'time' },
      { kind: 'time', precision: null },
    ],
    [{ type: 'string', format: 'uuid' }, { kind: 'uuid' }],
    [
      { type: 'string', format: 'email', maxLength: 120 },
      { kind: 'string', length: 120 },
    ],
    [
      { type: 'string', enum: ['a', 'b'] },
      { kind: 'enum', values: ['a', 'b'], native: null },
    ],
    [{ enum: ['a', 'b', null] }, { kind: 'enum', values: ['a', 'b'], native: null }],
    [
      { oneOf: [{ const: 'a' }, { const: 'b' }] },
      { kind: 'enum', values: ['a', 'b'], native: null },
    ],
    [{ type: 'integer' }, { kind: 'integer', unsigned: false }],
    [{ enum: [1, 2] }, { kind: 'integer', unsigned: false }],
    [{ type: 'number' }, { kind: 'double', precision: null, scale: null, unsigned: false }],
    [{ type: 'boolean' }, { kind: 'boolean' }],
    [{ type: 'object' }, { kind: 'json' }],
    [{ type: 'array', items: { type: 'string' } }, { kind: 'json' }],
    [{ type: ['string', 'object'], format: 'date-time' }, { kind: 'timestamp' }],
    [
      { type: ['string', 'null'], maxLength: 10 },
      { kind: 'string', length: 10 },
    ],
    [{ anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] }, { kind: 'uuid' }],
    [{ type: 'string', anyOf: [{ format: 'date' }, { maxLength: 0 }] }, { kind: 'date' }],
    [{ allOf: [{ type: 'string' }, { maxLength: 10 }] }, { kind: 'string', length: 10 }],
    [{ allOf: [{ type: 'object' }], description: 'anything' }, { kind: 'json' }],
    [{ $ref: '#/definitions/level' }, { kind: 'string', length: 255 }],
    [{ description: 'anything' }, { kind: 'string', length: 255 }],
  ]
  test.each(cases)('%j is %j', (schema, type) => {
    expect(columnOf(schema)?.type).toMatchObject(type)
  })

  test('a local reference is followed', () => {
    const { table } = tableOf({
      definitions: { level: { type: 'integer' } },
      properties: { level: { $ref: '#/definitions/level' } },
    })
    expect(table.columns[1]?.type.kind).toBe('integer')
  })

  test('a local reference is followed in allOf, as OpenAPI writes it', () => {
    const { table } = tableOf({
      definitions: { level: { type: 'integer' } },
      properties: { level: { allOf: [{ $ref: '#/definitions/level' }], nullable: true } },
      required: ['level'],
    })
    expect(table.columns[1]).toMatchObject({ type: { kind: 'integer' }, nullable: true })
  })
})

describe('nullability', () => {
  test.each([
    ['not required', { type: 'string' }, [], true],
    ['required', { type: 'string' }, ['it'], false],
    ['required with a null type', { type: ['string', 'null'] }, ['it'], true],
    [
      'required with null as an alternative',
      { anyOf: [{ type: 'null' }, { type: 'string' }] },
      ['it'],
      true,
    ],
    ['required and nullable', { type: 'string', nullable: true }, ['it'], true],
    ['required with null among the values', { enum: ['a', null] }, ['it'], true],
  ])('%s', (_, schema, required, nullable) => {
    expect(columnOf(schema, 'it', required)?.nullable).toBe(nullable)
  })
})

describe('the primary key', () => {
  test.each([
    ['no id property', {}, { kind: 'increments' }],
    ['an integer', { id: { type: 'integer' } }, { kind: 'increments' }],
    ['a number', { id: { type: 'number' } }, { kind: 'increments' }],
    ['a uuid', { id: { type: 'string', format: 'uuid' } }, { kind: 'uuid' }],
    ['a string', { id: { type: 'string', maxLength: 26 } }, { kind: 'string', length: 26 }],
  ])('%s', (_, properties, type) => {
    const { table } = tableOf({ properties })
    expect(table.primaryKey).toEqual({ name: null, columns: ['id'] })
    expect(table.columns[0]).toMatchObject({ name: 'id', type, nullable: false })
  })

  test('composite keys do not count up', () => {
    const { table } = tableOf(
      { properties: { locale: { type: 'string', maxLength: 5 } } },
      { idColumn: ['product_id', 'locale'] },
    )
    expect(table.primaryKey).toEqual({ name: null, columns: ['product_id', 'locale'] })
    expect(table.columns).toMatchObject([
      { name: 'product_id', type: { kind: 'integer' }, nullable: false },
      { name: 'locale', type: { kind: 'string', length: 5 }, nullable: false },
    ])
  })

  test('idColumn null is a table without one', () => {
    const { table } = tableOf({ properties: { at: { type: 'string' } } }, { idColumn: null })
    expect(table.primaryKey).toBeNull()
    expect(table.columns.map(({ name }) => name)).toEqual(['at'])
  })

  test('a default idColumn that nothing names is only for creating the table', () => {
    expect(tableOf({ properties: { name: { type: 'string' } } }).createOnly).toEqual(['id'])
    expect(tableOf({ properties: { id: { type: 'integer' } } }).createOnly).toEqual([])
  })
})

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
