/** Reading the tables that a plan names: one by one where they are few, in one go where they are many. */
import { expect, test } from 'vitest'
import type { Connection } from '../../src/dialects/connection.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { liveReader } from '../../src/plan/live-reader.js'
import { databaseWith } from '../support/sqlite.js'

const NAMES = Array.from({ length: 30 }, (_, i) => `t${i}`)

/** The dialect, with a list of what is asked of it. */
function watched(): { readonly dialect: Dialect; readonly asked: string[] } {
  const asked: string[] = []
  const dialect: Dialect = {
    ...sqlite,
    introspect: (connection, scope) => {
      asked.push('all')
      return sqlite.introspect(connection, scope)
    },
    introspectTable: (connection, name) => {
      asked.push(name)
      return sqlite.introspectTable(connection, name)
    },
  }
  return { dialect, asked }
}

function base(): Promise<Connection> {
  return databaseWith(NAMES.map((name) => `create table ${name} (id integer primary key, a text)`))
}

test('many tables are read in one go, and are the same as one by one', async () => {
  const connection = await base()
  const { dialect, asked } = watched()
  const reader = liveReader(dialect, connection, [...NAMES, 'gone'])
  for (const name of NAMES) {
    expect(await reader.table(name)).toEqual(await sqlite.introspectTable(connection, name))
  }
  expect(await reader.table('gone')).toBeNull()
  expect(asked).toEqual(['all'])
})

test('a name in another case is asked for by itself', async () => {
  const connection = await base()
  const { dialect, asked } = watched()
  const reader = liveReader(dialect, connection, [...NAMES, 'T3'])
  expect((await reader.table('T3'))?.name).toBe('t3')
  expect(asked).toEqual(['all', 'T3'])
})

test('a few tables are asked for one by one', async () => {
  const connection = await base()
  const { dialect, asked } = watched()
  const reader = liveReader(dialect, connection, ['t1', 't2'])
  expect((await reader.table('t2'))?.name).toBe('t2')
  expect(asked).toEqual(['t2'])
})
