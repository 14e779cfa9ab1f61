import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite, runScripts, runScriptsOn, SQLITE } from '../support/script-run.js'
import type { FunctionScript } from '../support/script-run.js'
import { newFile } from '../support/sqlite.js'
import { migrateErrorOf } from '../support/thrown.js'

const table = (id: string): FunctionScript => ({
  id,
  up: (knex) => knex.schema.createTable(id, (t) => void t.increments()),
})

/** A file with a row, and another session that holds a lock on it. */
function heldBy(sql: string): { readonly file: string; readonly release: () => void } {
  const file = newFile()
  const other = new Database(file)
  onTestFinished(() => void other.close())
  other.exec('create table held (a); insert into held values (1)')
  other.exec(`begin${sql}`)
  other.prepare('select * from held').all()
  return { file, release: () => void other.exec('commit') }
}

test('a run that does not get the lock says that nothing ran', async () => {
  const { file } = heldBy(' immediate')
  const connection = await openSqlite(file)
  const error = await migrateErrorOf(() =>
    runScripts(connection, [table('a')], 'up', { lockTimeout: 20 }),
  )
  expect(error).toMatchObject({
    code: 'DATABASE_LOCKED',
    state: 'Nothing ran: the database is as it was.',
  })
})

test('a run that cannot commit says that it was rolled back, and it was', async () => {
  const { file, release } = heldBy('')
  const connection = await openSqlite(file)
  const error = await migrateErrorOf(() =>
    runScripts(connection, [table('a')], 'up', { lockTimeout: 20 }),
  )
  expect(error).toMatchObject({
    code: 'DATABASE_LOCKED',
    state: 'What ran was rolled back; no revision of this run is committed.',
  })
  release()
  expect(await connection.query("select name from sqlite_schema where type = 'table'")).toEqual([
    { name: 'held' },
  ])
})

test('what was committed before a lock was missing is counted', async () => {
  const file = newFile()
  const connection = await openSqlite(file)
  const other = new Database(file)
  onTestFinished(() => void other.close())
  const error = await migrateErrorOf(() =>
    runScriptsOn(SQLITE, connection, {
      scripts: [table('a'), table('b')],
      direction: 'up',
      more: { lockTimeout: 20, commitsEach: true },
      onEvent: ({ kind }) => {
        if (kind === 'stepFinished') other.exec('begin immediate')
      },
    }),
  )
  expect(error).toMatchObject({
    code: 'DATABASE_LOCKED',
    state: 'Nothing else ran; 1 revision of this run is committed.',
  })
})
