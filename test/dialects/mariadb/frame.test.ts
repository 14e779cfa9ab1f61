import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import { type MariadbDatabase, makeMariadbDatabase } from '../../support/mariadb.js'
import { migrateErrorOf } from '../../support/thrown.js'

const { frame } = mariadb

let database: MariadbDatabase
let connection: Connection

beforeEach(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterEach(() => database.drop())

function startWorker(task: string): ChildProcessWithoutNullStreams {
  const script = new URL('../../support/mariadb-worker.ts', import.meta.url).pathname
  return spawn(process.execPath, ['--import', 'tsx', script, database.url, task])
}

async function outcome(worker: ChildProcessWithoutNullStreams): Promise<string> {
  let said = ''
  worker.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  worker.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(worker, 'exit')) as readonly unknown[]
  return `${said.trim()}, exit ${String(code)}`
}

async function counts(): Promise<unknown> {
  return connection.query('select a from t order by a')
}

test('of eight processes one is inside at a time, and all come to their turn', async () => {
  const workers = Array.from({ length: 8 }, () => startWorker('work'))
  const outcomes = await Promise.all(workers.map(outcome))
  expect(outcomes).toEqual(Array.from({ length: 8 }, () => 'inside 1, exit 0'))
  expect(await connection.query('select done, inside from work')).toEqual([{ done: 8, inside: 0 }])
})

test('a process that is killed lets the lock go', async () => {
  const worker = startWorker('hold')
  await once(worker.stdout, 'data')
  const held = await migrateErrorOf(() => frame.begin(connection, 100))
  expect(held.code).toBe('DATABASE_LOCKED')
  expect(held.why).toMatch(/^The lock is held by session \d+ of root.* since \d{4}-\d\d-\d\dT/)
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  await frame.begin(connection, 1000)
  await frame.commit(connection)
  await frame.leave(connection)
})

test('the lock is held until the frame is left, and then another has it', async () => {
  const other = await database.connect()
  await frame.enter(connection)
  await frame.begin(connection, 100)
  await frame.commit(connection)
  await expect(frame.begin(other, 50)).rejects.toMatchObject({ code: 'DATABASE_LOCKED' })
  await frame.begin(connection, 100)
  await frame.rollback(connection)
  await frame.leave(connection)
  await frame.begin(other, 50)
  await frame.rollback(other)
  await frame.leave(other)
})

test('a lock that the server took away is not believed in', async () => {
  await frame.begin(connection, 100)
  const [own] = (await database.exec('select connection_id() as id')) as readonly { id: number }[]
  const rows = await connection.query(
    'select id from information_schema.processlist where db = database() and id not in (connection_id(), ?)',
    [own?.id ?? 0],
  )
  expect(rows).toHaveLength(1)
  await connection.execute(`kill ${String(rows[0]?.id)}`)
  await expect(frame.commit(connection)).rejects.toMatchObject({ code: 'LOCK_LOST' })
})

test('data is taken back whole where nothing committed itself', async () => {
  await connection.execute('create table t (a int)')
  await frame.enter(connection)
  await frame.begin(connection, 100)
  await connection.execute('insert into t values (1)')
  await frame.savepoint(connection, 'revision')
  await connection.execute('insert into t values (2)')
  await frame.rollbackTo(connection, 'revision')
  await frame.release(connection, 'revision')
  await frame.commit(connection)
  await frame.leave(connection)
  expect(await counts()).toEqual([{ a: 1 }])
})

test('after a schema change only the data behind it is taken back', async () => {
  await connection.execute('create table t (a int)')
  await frame.enter(connection)
  await frame.begin(connection, 100)
  await frame.savepoint(connection, 'revision')
  const begun = [
    'insert into t values (1)',
    'alter table t add b int',
    'insert into t values (2, 2)',
  ]
  for (const sql of begun) await connection.execute(sql)
  await frame.rollbackTo(connection, 'revision')
  await frame.release(connection, 'revision')
  await frame.commit(connection)
  await frame.leave(connection)
  expect(await counts()).toEqual([{ a: 1 }])
  expect(frame.standing?.([...begun, 'insert into nowhere values (1)'])).toBe(2)
})

test('which statements stand when the last of them failed', () => {
  expect(frame.standing?.([])).toBe(0)
  expect(frame.standing?.(['update t set a = 1'])).toBe(0)
  expect(frame.standing?.(['create table t (a int)'])).toBe(0)
  expect(frame.standing?.(['update t set a = 1', 'alter table t add b int'])).toBe(1)
  expect(frame.standing?.(['/* x */ truncate t', 'select 1', 'insert into t values (1)'])).toBe(1)
  expect(frame.standing?.(['create temporary table t (a int)', 'drop temporary table t'])).toBe(0)
})

test('a server that cuts values without a word is told not to while a run goes on', async () => {
  await connection.execute("set session sql_mode = 'NO_ENGINE_SUBSTITUTION'")
  await connection.execute('create table t (a varchar(10))')
  await connection.execute("insert into t values ('too long for it')")
  await frame.enter(connection)
  await expect(connection.execute('alter table t modify a varchar(3)')).rejects.toMatchObject({
    code: 'VALUES_DO_NOT_CONVERT',
  })
  await frame.leave(connection)
  expect(await connection.query('select @@sql_mode as m')).toEqual([
    { m: 'NO_ENGINE_SUBSTITUTION' },
  ])
})

test('a statement waits for a lock of another session no longer than it was told', async () => {
  const waiting = await database.connect({ lockTimeout: 500 })
  await connection.execute('create table t (a int)')
  await connection.execute('start transaction')
  await connection.query('select * from t')
  await expect(waiting.execute('alter table t add b int')).rejects.toMatchObject({
    code: 'LOCK_TIMEOUT',
  })
  await connection.execute('rollback')
})

test('a statement is stopped when its time is over', async () => {
  const hasty = await database.connect({ statementTimeout: 100 })
  await expect(hasty.query('select sleep(5) from information_schema.tables')).rejects.toMatchObject(
    {
      code: 'STATEMENT_TIMEOUT',
    },
  )
})
