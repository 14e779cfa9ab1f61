/** Signs of four bytes, which tables hold and the catalog does not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/dialect.js'
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
