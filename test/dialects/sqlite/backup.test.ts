import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { DRIVERS, newFile, open, run } from '../../support/sqlite.js'
import { migrateErrorOf } from '../../support/thrown.js'

describe.each(DRIVERS)('%s', (driver) => {
  test.each(['delete', 'wal'])('a copy in %s mode is whole, synced and private', async (mode) => {
    const file = newFile()
    const copy = join(dirname(file), 'copy.sqlite3')
    const connection = await open(file, {}, driver)
    await run(connection, [
      `pragma journal_mode = ${mode}`,
      'create table t (a)',
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) insert into t select zeroblob(20) from n',
    ])
    const result = await sqlite.backup(connection, copy)
    expect(result).toEqual({ path: copy, bytes: statSync(copy).size })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const names = readdirSync(dirname(file)).filter((name) => !name.startsWith('test'))
    expect(names).toEqual(['copy.sqlite3'])
    const opened = await open(copy, { readOnly: true }, driver)
    expect(await opened.query('select count(*) as n from t')).toEqual([{ n: 20000 }])
    expect(await opened.query('pragma journal_mode')).toEqual([{ journal_mode: mode }])
  })

  test('an existing file is never replaced', async () => {
    const file = newFile()
    const connection = await open(file, {}, driver)
    await run(connection, ['create table t (a)'])
    const copy = join(dirname(file), 'copy.sqlite3')
    writeFileSync(copy, 'mine')
    expect((await migrateErrorOf(() => sqlite.backup(connection, copy))).code).toBe('BACKUP_EXISTS')
    const nowhere = join(dirname(file), 'no', 'copy')
    expect((await migrateErrorOf(() => sqlite.backup(connection, nowhere))).code).toBe(
      'BACKUP_FAILED',
    )
    expect(readdirSync(dirname(file)).toSorted()).toEqual(['copy.sqlite3', 'test.sqlite3'])
  })

  test('what the file system refuses is told as that, and no statement of SQLite', async () => {
    const connection = await open(newFile(), {}, driver)
    const copy = join(dirname(newFile()), 'x'.repeat(250))
    const error = await migrateErrorOf(() => sqlite.backup(connection, copy))
    expect(error.code).toBe('BACKUP_FAILED')
    expect(error.message).toContain('ENAMETOOLONG')
    expect(error.message).not.toContain('statement')
    expect(error.fix).toContain('backup.folder')
  })

  test('a database in memory can be copied as well', async () => {
    const connection = await open(':memory:', {}, driver)
    await run(connection, ['create table t (a)', 'insert into t values (1)'])
    const copy = newFile()
    await sqlite.backup(connection, copy)
    const opened = await open(copy, { readOnly: true })
    expect(await opened.query('select a from t')).toEqual([{ a: 1 }])
  })
})
