/** A table built by stock Knex in a real SQLite database, held against what the same calls mean. */
import type { Knex } from 'knex'
import knexModule from 'knex'
import { expect } from 'vitest'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { Column, ColumnType } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { PLAIN_COLUMN } from './schema-arbitraries.js'
import { carryOut, newFile, open, tableIn } from './sqlite.js'

export type Build = (table: Knex.CreateTableBuilder, knex: Knex) => unknown

export const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  ...PLAIN_COLUMN,
  name,
  type,
  ...more,
})

/** What Knex built and what we build compare equal to what is meant. */
export async function expectSame(build: Build, meant: Table): Promise<void> {
  const file = newFile()
  const knex = knexModule({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  })
  try {
    await knex.schema.createTable(meant.name, (t) => void build(t, knex))
  } finally {
    await knex.destroy()
  }
  const live = await tableIn(await open(file), meant.name)
  expect(sqlite.canonical(live, meant)).toEqual(sqlite.canonical(meant))
  const ours = await open()
  await carryOut(ours, [{ kind: 'createTable', table: meant }])
  expect(sqlite.canonical(await tableIn(ours, meant.name), meant)).toEqual(sqlite.canonical(meant))
}
