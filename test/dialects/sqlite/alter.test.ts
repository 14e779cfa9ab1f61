/** Every operation, on both drivers: SQLite 3.53 alters more by itself than the 3.44 of sqlite3. */
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { databaseWith, DRIVERS, expectApplied, schemaTexts } from '../../support/sqlite.js'
import { CASES } from '../../support/sqlite-alterations.js'
import { BASE } from '../../support/sqlite-users.js'

describe.each(DRIVERS)('%s', (driver) => {
  test.each(Object.entries(CASES))('%s', async (name, [rebuilds, operations]) => {
    const connection = await databaseWith(BASE, driver)
    const statements = await expectApplied(connection, await operations(connection))
    const isNative = rebuilds === 'none' || (rebuilds === 'older' && driver === 'better-sqlite3')
    const drops = statements.filter((sql) => sql.startsWith('drop table')).length
    expect(drops).toBe(isNative && name !== 'a dropped table' ? 0 : 1)
    await expectKept(connection, name)
  })
})

/** Rows, the counter, the trigger and the view are there, whatever was altered. */
async function expectKept(connection: Connection, name: string): Promise<void> {
  const [renamed] = await connection.query(
    `select name from sqlite_master where type = 'table' and name in ('users', 'Users', 'people "2"')`,
  )
  const table = `"${String(renamed?.name).replaceAll('"', '""')}"`
  expect(await connection.query(`select id from ${table} order by id`)).toEqual([
    { id: 1 },
    { id: 2 },
  ])
  if (name !== 'no counter any more') {
    const sequence = `select seq from sqlite_sequence where name = ?`
    expect(await connection.query(sequence, [String(renamed?.name)])).toEqual([{ seq: 7 }])
  }
  const texts = await schemaTexts(connection)
  expect(texts.filter((row) => row.type === 'trigger' || row.type === 'view')).toHaveLength(2)
  expect(await connection.query('select * from adults')).toHaveLength(1)
  if (name === 'a dropped table') return
  expect(await connection.query('select id from posts order by id')).toEqual([
    { id: 1 },
    { id: 2 },
    { id: 3 },
  ])
  expect(await connection.query('pragma foreign_key_check')).toEqual([])
  expect(await connection.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
}
