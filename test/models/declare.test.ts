/** What one class declares by itself, and how it inherits. */
import type { Knex } from 'knex'
import { Model } from 'objection'
import { expect, test } from 'vitest'
import { Declared } from '../support/declared-model.js'
import { describeClasses } from '../support/describe-classes.js'

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
