/** Runs keep apart: eight processes, one lock, and a holder that is killed. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { MigrateError } from '../../../src/errors.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

/** Bundled once: eight processes that each compile it would take longer than all the rest. */
const folder = mkdtempSync(join(import.meta.dirname, '../../../node_modules/.locker-'))
const PROGRAM = join(folder, 'locker.mjs')

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, '../../support/postgres-locker.ts')],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec('create table applied (id int primary key, pid int)')
  })
  afterAll(() => database.drop())

  const start = (...args: readonly string[]): ChildProcess =>
    fork(PROGRAM, [database.url, ...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })

  test('of eight processes at once one applies, and seven see it done', async () => {
    const said = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const child = start('apply')
        const answers = await Promise.all([once(child, 'message'), once(child, 'exit')])
        return answers.map(([first]: readonly unknown[]) => first)
      }),
    )
    expect(said.map(([message]) => message).toSorted()).toEqual([
      'applied',
      ...Array.from({ length: 7 }, () => 'nothing to do'),
    ])
    expect(said.every(([, code]) => code === 0)).toBe(true)
    expect((await database.exec('select count(*)::int as n from applied')).rows).toEqual([{ n: 1 }])
  })

  test('who holds the lock is said, and a holder that is killed holds it no more', async () => {
    const holder = start('hold')
    await once(holder, 'message')
    const connection = await database.connect()
    const { frame } = postgres
    await frame.enter(connection)
    const thrown: unknown = await frame.begin(connection, 0).catch((error: unknown) => error)
    if (!(thrown instanceof MigrateError)) throw new Error('it was not locked')
    expect(thrown).toMatchObject({
      code: 'DATABASE_LOCKED',
      details: {
        application: expect.stringContaining(`migrate-tui ${holder.pid ?? 0}@`) as string,
      },
    })
    expect(thrown.why).toMatch(
      /The lock is held by migrate-tui .* \(process \d+ of the server\).* since \d{4}-/,
    )
    expect(thrown.fix).toContain('pg_terminate_backend')
    // It sleeps in the middle of a statement: the server must notice that nobody waits for it.
    holder.kill('SIGKILL')
    const started = performance.now()
    await frame.begin(connection, 10_000)
    expect(performance.now() - started).toBeLessThan(5000)
    expect(await connection.query('select count(*) as n from applied where id = 99')).toEqual([
      { n: 0 },
    ])
    await frame.rollback(connection)
    await frame.leave(connection)
  })

  test('the lock is kept between the transactions of a run, and given back after it', async () => {
    const [one, other] = [await database.connect(), await database.connect()]
    const { frame } = postgres
    await frame.enter(one)
    await frame.begin(one, 100)
    await frame.commit(one)
    await expect(frame.begin(other, 0)).rejects.toMatchObject({ code: 'DATABASE_LOCKED' })
    // Nothing that holds the lock keeps a concurrent build waiting.
    await other.execute('create index concurrently if not exists by_pid on applied (pid)')
    await frame.leave(one)
    await frame.begin(other, 0)
    await frame.savepoint(other, 'revision')
    await other.execute('create table gone (id int)')
    await frame.rollbackTo(other, 'revision')
    await frame.release(other, 'revision')
    await frame.commit(other)
    await frame.begin(one, 0)
    await frame.rollback(one)
    expect(await postgres.listTables(one)).toEqual(['applied'])
  })

  test('runs in different schemas do not wait for each other', async () => {
    await database.exec('create schema a; create schema b')
    const [one, other] = [
      await database.connect({ searchPath: ['a'] }),
      await database.connect({ searchPath: ['b'] }),
    ]
    await postgres.frame.begin(one, 0)
    await postgres.frame.begin(other, 0)
    await postgres.frame.rollback(one)
    await postgres.frame.rollback(other)
  })
})
