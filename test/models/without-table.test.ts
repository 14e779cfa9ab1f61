import { Model } from 'objection'
import { expect, test } from 'vitest'
import { describeClasses } from '../support/describe-classes.js'

test('a class that describes a table without its name is said, and one that others extend is not', () => {
  class Forgotten extends Model {
    static defineTable(): void {
      throw new Error('is not called')
    }
  }
  class Base extends Model {
    static override jsonSchema = { type: 'object', properties: { name: { type: 'string' } } }
  }
  // As a mixin does it.
  class Between extends Base {}
  class User extends Between {
    static override tableName = 'users'
  }
  class Plain extends Model {}
  const { notes, tables, failures } = describeClasses([Forgotten, Base, User, Plain])
  expect(failures).toEqual([])
  expect(tables.map(({ table }) => table.name)).toEqual(['users'])
  expect(notes).toMatchObject([{ code: 'MODEL_WITHOUT_TABLE', where: 'Forgotten' }])
})
