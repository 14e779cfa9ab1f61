import type { Knex } from 'knex'
import { Model } from 'objection'
import { expect, test } from 'vitest'
import { Declared } from '../support/declared-model.js'
import { describeClasses } from '../support/describe-classes.js'

class User extends Model {
  static override tableName = 'users'
  static override jsonSchema: object = {
    required: ['name', 'kind'],
    properties: { name: { type: 'string', maxLength: 80 }, kind: { enum: ['user', 'admin'] } },
  }
}

test('models that only infer one table are united', () => {
  class Admin extends User {
    static override jsonSchema = {
      required: ['name', 'level'],
      properties: {
        name: { type: ['string', 'null'] },
        kind: { enum: ['user', 'admin'] },
        level: { type: 'integer', default: 1 },
      },
    }
  }

  const { tables, failures } = describeClasses([User, Admin])

  expect(failures).toEqual([])
  expect(tables).toHaveLength(1)
  expect(tables[0]).toMatchObject({
    source: 'inferred',
    models: [
      { model: 'User', file: 'src/models/user.ts' },
      { model: 'Admin', file: 'src/models/admin.ts' },
    ],
    offeredValues: { level: 1 },
  })
  expect(tables[0]?.table.columns.map(({ name, nullable }) => `${name} ${nullable}`)).toEqual([
    'id false',
    'name true',
    'kind true',
    'level true',
  ])
})

test('a model that declares speaks for those that infer', () => {
  const { tables, failures } = describeClasses([User, Declared])

  expect(failures).toEqual([])
  expect(tables).toHaveLength(1)
  expect(tables[0]).toMatchObject({
    source: 'declared',
    models: [{ model: 'Declared' }, { model: 'User' }],
    assumed: [],
    expectations: [],
    table: {
      name: 'users',
      columns: [
        { name: 'id', type: { kind: 'increments' } },
        { name: 'name', type: { kind: 'string', length: 80 }, nullable: false },
        { name: 'created_at', type: { kind: 'timestamp' }, default: { kind: 'now' } },
      ],
      uniques: [{ name: 'users_name_unique' }],
    },
  })
})

test('a subclass that inherits its table is the same table', () => {
  class Admin extends Declared {}

  const { tables, failures } = describeClasses([Declared, Admin])

  expect(failures).toEqual([])
  expect(tables.map(({ models }) => models.length)).toEqual([2])
})

test.each([
  ['the column name', (table: Knex.CreateTableBuilder) => table.string('name', 81)],
  [
    'the column email',
    (table: Knex.CreateTableBuilder, knex: Knex) => {
      table.string('name', 80).notNullable()
      table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
      table.string('email')
    },
  ],
  [
    'users_name_unique',
    (table: Knex.CreateTableBuilder, knex: Knex) => {
      table.string('name', 80).notNullable()
      table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
    },
  ],
])('two declarations that differ in %s are a failure that names both', (what, define) => {
  class Other extends Model {
    static override tableName = 'users'
    static defineTable(table: Knex.CreateTableBuilder, knex: Knex): void {
      table.increments()
      define(table, knex)
    }
  }

  const { tables, failures } = describeClasses([Declared, Other])

  expect(tables).toEqual([])
  expect(failures).toEqual([
    {
      file: 'src/models/other.ts',
      model: 'Other',
      code: 'MODEL_TABLES_DIFFER',
      reason: `Other (src/models/other.ts) and Declared (src/models/declared.ts) both define the table users, and differ in ${what}`,
    },
  ])
})
