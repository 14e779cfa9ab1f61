/** A model that declares its table. */
import type { Knex } from 'knex'
import { Model } from 'objection'

export class Declared extends Model {
  static override tableName = 'users'
  static defineTable(table: Knex.CreateTableBuilder, knex: Knex): void {
    table.increments()
    table.string('name', 80).notNullable()
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
    table.unique(['name'])
  }
}
