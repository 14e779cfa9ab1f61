/** Tables read from the builders of a recorder. */
import type { Knex } from 'knex'
import type { Table } from '../../src/schema/table.js'
import type { ModelRecorder } from '../../src/vocabulary/client.js'

export type Define = (table: Knex.CreateTableBuilder, knex: Knex) => unknown

/** Says a word that Knex's types leave out. */
export function word(table: object, name: string, ...args: unknown[]): unknown {
  return Reflect.apply(Reflect.get(table, name) as (...args: unknown[]) => unknown, table, args)
}

/** The table that a definition makes on a recorder's builder. */
export function reading(recorder: ModelRecorder): (define: Define, name?: string) => Table {
  return (define, name = 'users') =>
    recorder.readTable(name, (table, ofRecorder) => {
      define(table, ofRecorder)
    })
}
