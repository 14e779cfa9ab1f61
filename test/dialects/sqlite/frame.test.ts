import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { ROOT } from '../../support/project.js'
import { DRIVERS, newFile, open, run } from '../../support/sqlite.js'
import { migrateErrorOf } from '../../support/thrown.js'

const { frame } = sqlite

/** Another process that begins to write to the file, or to read it, and waits to be ended. */
async function otherProcess(file: string, sql: string): Promise<() => Promise<void>> {
  const text = `
    const db = new (require('better-sqlite3'))(${JSON.stringify(file)})
    db.exec(${JSON.stringify(sql)}); console.log('ready'); setInterval(() => {}, 1000)
    process.stdin.on('data', () => { db.exec('commit'); process.exit(0) })`
  const child = spawn(process.execPath, ['-e', text], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return async () => {
    child.stdin.write('end')
    await once(child, 'exit')
  }
}

describe.each(DRIVERS)('%s', (driver) => {
  test('foreign keys are off inside the frame and as before after it', async () => {
    const connection = await open(':memory:', {}, driver)
    await run(connection, ['pragma foreign_keys = on', 'pragma legacy_alter_table = on'])
    await frame.enter(connection)
    expect(await connection.query('pragma foreign_keys')).toEqual([{ foreign_keys: 0 }])
    expect(await connection.query('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }])
    await frame.leave(connection)
    expect(await connection.query('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
    expect(await connection.query('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: 1 }])
  })

  test('what is rolled back to a savepoint is gone, the rest stays', async () => {
    const connection = await open(newFile(), {}, driver)
    await frame.enter(connection)
    await frame.begin(connection, 100)
    await run(connection, ['create table a (x)'])
    await frame.savepoint(connection, 'one')
    await run(connection, ['create table b (x)', 'pragma legacy_alter_table = on'])
    await frame.rollbackTo(connection, 'one')
    await frame.release(connection, 'one')
    await frame.commit(connection)
    expect(await sqlite.listTables(connection)).toEqual(['a'])
    expect(await connection.query('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }])
    await frame.begin(connection, 100)
    await run(connection, ['create table c (x)'])
    await frame.rollback(connection)
    await frame.rollback(connection)
    expect(await sqlite.listTables(connection)).toEqual(['a'])
    await frame.leave(connection)
  })

  test('a second writer waits so long and says who it waited for', async () => {
    const file = newFile()
    const connection = await open(file, {}, driver)
    await run(connection, ['create table t (a)'])
    const end = await otherProcess(file, 'begin immediate')
    await frame.enter(connection)
    const started = performance.now()
    const error = await migrateErrorOf(() => frame.begin(connection, 300))
    expect(performance.now() - started).toBeGreaterThan(290)
    expect(error.code).toBe('DATABASE_LOCKED')
    expect(error.message).toMatch(
      /^The database is locked: (?:Another process|process \d+ \(.*\)) is/,
    )
    expect(error.details).toMatchObject({ path: file, waitedMs: 300 })
    const waiting = frame.begin(connection, 10_000)
    await end()
    await waiting
    await run(connection, ['insert into t values (1)'])
    await frame.commit(connection)
    await frame.leave(connection)
    expect(await connection.query('pragma busy_timeout')).toEqual([{ timeout: 3000 }])
  })

  test('a commit says who reads, and never that it waits for itself', async () => {
    const file = newFile()
    const connection = await open(file, {}, driver)
    await run(connection, ['create table t (a)', 'insert into t values (1)'])
    const end = await otherProcess(file, 'begin; select * from t')
    await frame.enter(connection)
    await frame.begin(connection, 300)
    await run(connection, ['insert into t values (2)'])
    const error = await migrateErrorOf(() => frame.commit(connection))
    expect(error.code).toBe('DATABASE_LOCKED')
    expect(error.message).toMatch(
      /^The database is locked: (?:Another process|process \d+ \(.*\)) is reading it,/,
    )
    expect(error.message).not.toContain(`process ${process.pid} `)
    await frame.rollback(connection)
    await frame.leave(connection)
    await end()
  })

  test.each(['delete', 'wal'])('a commit in %s mode waits for who still reads', async (mode) => {
    const file = newFile()
    const connection = await open(file, {}, driver)
    await run(connection, [
      `pragma journal_mode = ${mode}`,
      'create table t (a)',
      'insert into t values (1)',
    ])
    const reader = await open(file, { readOnly: true })
    await reader.execute('begin')
    await reader.query('select * from t')
    await frame.enter(connection)
    await frame.begin(connection, 5000)
    await run(connection, ['insert into t values (2)'])
    const committing = frame.commit(connection)
    await wait(100)
    await reader.execute('commit')
    await committing
    expect(await connection.query('select count(*) as n from t')).toEqual([{ n: 2 }])
    await frame.leave(connection)
  })
})

test('a rebuild outside the frame, where rows would cascade, is refused', async () => {
  const connection = await open()
  await run(connection, ['create table t (a text)', 'begin'])
  const from = {
    name: 'a',
    type: { kind: 'text', size: 'text' },
    nullable: true,
    default: null,
    generated: null,
    identity: null,
    collation: null,
    comment: null,
  } as const
  const to = { ...from, type: { kind: 'integer', unsigned: false } } as const
  await expect(
    sqlite.emit(connection, [{ kind: 'alterColumn', table: 't', from, to }]),
  ).rejects.toThrow('The frame was not entered')
})
