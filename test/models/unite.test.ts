import type { Knex } from 'knex'
import { Model } from 'objection'
import { expect, test } from 'vitest'
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

class Declared extends Model {
  static override tableName = 'users'
  static defineTable(table: Knex.CreateTableBuilder, knex: Knex): void {
    table.increments()
    table.string('name', 80).notNullable()
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
    table.unique(['name'])
  }
}

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

test('super.defineTable and this are as in any other static method', () => {
  class Base extends Model {
    static prefix = 'base'
    static defineTable(table: Knex.CreateTableBuilder, _knex: Knex): void {
      table.increments()
      table.string(`${this.prefix}_code`)
    }
  }
  class Item extends Base {
    static override tableName = 'items'
    static override prefix = 'item'
    static override defineTable(table: Knex.CreateTableBuilder, knex: Knex): void {
      super.defineTable(table, knex)
      table.string('name')
    }
  }

  const { tables } = describeClasses([Base, Item])

  expect(tables.map(({ table }) => table.columns.map(({ name }) => name))).toEqual([
    ['id', 'item_code', 'name'],
  ])
})

test('mixins add to the table of the class that they are mixed into', () => {
  type Constructor = new (...args: never[]) => Model
  const Timestamped = <T extends Constructor & { defineTable?: unknown }>(Base: T): T =>
    class extends (Base as unknown as typeof Declared) {
      static override defineTable(table: Knex.CreateTableBuilder, _knex: Knex): void {
        table.timestamps(true, true)
      }
    } as unknown as T
  class Note extends Timestamped(Model) {
    static override tableName = 'notes'
  }

  const { tables } = describeClasses([Note])

  expect(tables[0]?.table.columns.map(({ name }) => name)).toEqual(['created_at', 'updated_at'])
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

test('a defineTable that fails is reported by the class that has it, once', () => {
  class Base extends Model {
    static override tableName = 'users'
    static defineTable(table: Knex.CreateTableBuilder): void {
      table.increments()
      throw new TypeError('no such helper')
    }
  }
  class Child extends Base {}
  class Async extends Model {
    static override tableName = 'later'
    static async defineTable(table: Knex.CreateTableBuilder): Promise<void> {
      table.increments()
      await Promise.reject(new Error('late'))
    }
  }
  class Wrong extends Model {
    static override tableName = 'wrong'
    static defineTable = 'users'
  }

  const { tables, failures } = describeClasses([Base, Child, Async, Wrong])

  expect(tables).toEqual([])
  expect(failures).toMatchObject([
    {
      file: 'src/models/base.ts',
      model: 'Base',
      code: 'MODEL_DEFINE_TABLE',
      reason: expect.stringMatching(
        /^defineTable: TypeError: no such helper \(.*line \d+\)$/,
      ) as string,
    },
    { model: 'Async', reason: expect.stringContaining('it is async') as string },
    { model: 'Wrong', reason: expect.stringContaining('it is no function') as string },
  ])
})

test('abstract classes are none, and say so by null, by nothing or by throwing', () => {
  class Abstract extends Model {}
  class Throwing extends Model {
    static override get tableName(): string {
      throw new Error('abstract')
    }
  }
  class Concrete extends Throwing {
    static override get tableName(): string {
      return 'concrete'
    }
  }
  class Lost extends Model {
    static override get tableName(): string {
      throw new Error('no table')
    }
  }

  const { tables, failures } = describeClasses([Abstract, Throwing, Concrete, Lost])

  expect(tables.map(({ table }) => table.name)).toEqual(['concrete'])
  expect(failures).toMatchObject([{ model: 'Lost', code: 'MODEL_CLASS' }])
})

test('tableExtras say what Knex has no word for, and are checked', () => {
  class Fine extends Declared {
    static override tableName = 'fine'
    static tableExtras = { indexes: { fine_name_unique: { nullsNotDistinct: true } } }
  }
  class Wrong extends Declared {
    static override tableName = 'wrong'
    static tableExtras = { indexes: { other: { method: 'gin' } } }
  }

  const { tables, failures } = describeClasses([Fine, Wrong])

  expect(tables[0]?.table.uniques).toMatchObject([{ nullsNotDistinct: true }])
  expect(failures).toMatchObject([
    {
      model: 'Wrong',
      code: 'MODEL_TABLE_EXTRAS',
      reason: expect.stringContaining('no index other in table wrong') as string,
    },
  ])
})

test('jsonSchema offers values for declared columns too', () => {
  class Levelled extends Model {
    static override tableName = 'levelled'
    static override jsonSchema = { properties: { level: { type: 'integer', default: 2 } } }
    static defineTable(table: Knex.CreateTableBuilder): void {
      table.increments()
      table.integer('level').notNullable()
    }
  }

  expect(describeClasses([Levelled]).tables[0]?.offeredValues).toEqual({ level: 2 })
})
