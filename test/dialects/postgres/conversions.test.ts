/** Types that become each other with rows in the table, and back, for every pair of times. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import type { ColumnType } from '../../../src/schema/column.js'
import { column, table } from '../../support/postgres-change-parts.js'
import {
  carryOut,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

/** Types of times, each with a value. */
const TIMES: readonly (readonly [name: string, type: ColumnType, value: string])[] = [
  ['date', { kind: 'date' }, '2020-02-29'],
  ['time', { kind: 'time', precision: null }, '10:11:12'],
  ['timetz', { kind: 'native', text: 'timetz' }, '10:11:12+00'],
  ['timestamp', { kind: 'timestamp', tz: false, precision: 3 }, '2020-02-29 10:11:12'],
  ['timestamptz', { kind: 'timestamp', tz: true, precision: null }, '2020-02-29 10:11:12+00'],
]

/** A time of day becomes no date: its day is not known. */
const isDayless = (name: string): boolean => name === 'time' || name === 'timetz'

const PAIRS = TIMES.flatMap((from) =>
  TIMES.flatMap((to) => (from[0] === to[0] ? [] : [[from[0], to[0], from, to] as const])),
)

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  test.each(PAIRS)('%s becomes %s', async (fromName, toName, [, type, value], [, other]) => {
    const from = column('t', type, {})
    const to = column('t', other, {})
    const alter = { kind: 'alterColumn', table: 'moments', from, to } as const
    await connection.execute('begin')
    try {
      await carryOut(connection, [{ kind: 'createTable', table: table('moments', [from]) }])
      await carryOut(connection, [alter])
      await carryOut(connection, [{ ...alter, from: to, to: from }])
      if (isDayless(fromName) && !isDayless(toName)) return
      await connection.query(`insert into moments values ('${value}')`)
      await carryOut(connection, [alter])
      const [row] = await connection.query('select t is not null as kept from moments')
      expect(row).toEqual({ kept: true })
    } finally {
      await connection.execute('rollback')
    }
  })

  test('a default that is written out as null is none, and in nobody’s way', async () => {
    const nothing = { kind: 'sql', text: 'null' } as const
    const from = column('a', { kind: 'native', text: 'char(20)' }, { default: nothing })
    const to = column('a', { kind: 'native', text: 'inet' }, {})
    const alter = { kind: 'alterColumn', table: 'hosts', from, to } as const
    await connection.execute('begin')
    try {
      await carryOut(connection, [{ kind: 'createTable', table: table('hosts', [from]) }])
      await carryOut(connection, [alter])
      await carryOut(connection, [{ ...alter, from: to, to: from }])
      await carryOut(connection, [alter])
    } finally {
      await connection.execute('rollback')
    }
  })
})
