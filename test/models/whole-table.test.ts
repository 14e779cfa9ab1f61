import type { Knex } from 'knex'
import { Model } from 'objection'
import { expect, test } from 'vitest'
import { describeClasses } from '../support/describe-classes.js'

type Declare = (table: Knex.CreateTableBuilder) => void

function reasonOf(declare: Declare): string | undefined {
  class Item extends Model {
    static override tableName = 'items'
    static defineTable(table: Knex.CreateTableBuilder): void {
      declare(table)
    }
  }
  const { tables, failures } = describeClasses([Item])
  expect(tables).toHaveLength(failures.length === 0 ? 1 : 0)
  return failures[0]?.reason
}

const withKey =
  (declare: Declare): Declare =>
  (table) => {
    table.increments()
    declare(table)
  }

test.each<readonly [string, Declare, string]>([
  ['no column', () => undefined, 'it names no column'],
  [
    'a column twice',
    withKey((table) => {
      table.string('a')
      table.integer('a')
    }),
    'it names the column a twice',
  ],
  [
    'a key over nothing',
    (table) => {
      table.string('a')
      table.primary(['b'])
    },
    'the primary key is over b, which is no column of it',
  ],
  [
    'a unique over nothing',
    withKey((table) => table.unique(['b'])),
    'the unique items_b_unique is over b, which is no column of it',
  ],
  [
    'an index over nothing',
    withKey((table) => table.index(['id', 'b'])),
    'the index items_id_b_index is over b, which is no column of it',
  ],
  [
    'a foreign key over nothing',
    withKey((table) => table.foreign('b').references('others.id')),
    'the foreign key items_b_foreign is over b, which is no column of it',
  ],
])('a table with %s is told of its model, where it is declared', (_what, declare, reason) => {
  expect(reasonOf(declare)).toBe(`defineTable: ${reason}`)
})

test('a key that writes a column in other letters is left to the database', () => {
  expect(reasonOf(withKey((table) => table.unique(['ID'])))).toBeUndefined()
})
