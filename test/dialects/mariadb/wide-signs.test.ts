/** Signs of four bytes, which tables hold and the catalog does not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Table } from '../../../src/schema/table.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  tableIn,
} from '../../support/mariadb.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'

let database: MariadbDatabase
let connection: Connection

beforeAll(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterAll(() => database.drop())

const moods: Table = {
  ...EMPTY_TABLE,
  name: 'moods',
  comment: 'how 😀 it is',
  columns: [
    {
      ...PLAIN_COLUMN,
      name: 'mood',
      type: { kind: 'string', length: 20 },
      default: { kind: 'literal', value: 'é😀' },
      comment: '𝄞',
    },
  ],
}

test('they are no difference', async () => {
  await carryOut(connection, [{ kind: 'createTable', table: moods }])
  const live = await tableIn(connection, 'moods')
  expect(mariadb.canonical(live, moods)).toEqual(mariadb.canonical(moods))
  await database.exec('insert into moods values ()')
  expect(await database.exec('select * from moods')).toEqual([{ mood: 'é😀' }])
  const plain = { ...moods, comment: 'how it is' }
  expect(mariadb.canonical(live, plain)).not.toEqual(mariadb.canonical(plain))
})

const labelled: Table = {
  ...EMPTY_TABLE,
  name: 'labelled',
  columns: [
    {
      ...PLAIN_COLUMN,
      name: 'mood',
      type: { kind: 'enum', values: ['why?', "it's 😀", '\\🎉'], native: null },
      default: { kind: 'literal', value: "it's 😀" },
    },
    { ...PLAIN_COLUMN, name: 'flags', type: { kind: 'set', values: ['a', 'b😀', 'c🎉'] } },
  ],
}

test('values of enums and sets are read whole, and told apart', async () => {
  await carryOut(connection, [{ kind: 'createTable', table: labelled }])
  const live = await tableIn(connection, 'labelled')
  expect(live.columns.map(({ type, default: value }) => ({ type, value }))).toEqual(
    labelled.columns.map(({ type, default: value }) => ({ type, value })),
  )
  const other: Table = {
    ...labelled,
    columns: labelled.columns.map((column) =>
      column.name === 'flags'
        ? { ...column, type: { kind: 'set', values: ['a', 'b🎉', 'c😀'] } }
        : column,
    ),
  }
  expect(mariadb.canonical(live, labelled)).toEqual(mariadb.canonical(labelled))
  expect(mariadb.canonical(live, other)).not.toEqual(mariadb.canonical(other))
})

test('a change of such a column keeps its values, in the rows too', async () => {
  await database.exec("insert into labelled values (default, 'b😀,a')")
  const [mood] = (await tableIn(connection, 'labelled')).columns
  if (mood === undefined) throw new Error('the column is gone')
  await carryOut(connection, [
    { kind: 'alterColumn', table: 'labelled', from: mood, to: { ...mood, nullable: false } },
  ])
  expect(await database.exec('select mood, flags from labelled')).toEqual([
    { mood: "it's 😀", flags: 'a,b😀' },
  ])
})
