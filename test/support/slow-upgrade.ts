/** Upgrades that run on beside a test until it has looked, or ended them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT, type TestProject } from './project.js'
import type { ServerEngine } from './server-project.js'

/** Asks the server, beside the upgrade. */
export type SqlOf = (text: string) => Promise<readonly object[]>

/** Statements that are no reads: those a plan may ask of the database too. */
export const SLEEP: Readonly<Record<ServerEngine['client'], (seconds: number) => string>> = {
  pg: (seconds) => `await knex.raw('do $$ begin perform pg_sleep(${seconds}); end $$')`,
  mysql2: (seconds) => `await knex.raw('do sleep(${seconds})')`,
}

/** An upgrade that runs on beside the test; its exit code and what it said, once it is over. */
export function startUpgrade(project: TestProject): {
  readonly kill: () => void
  readonly interrupt: () => void
  readonly done: Promise<{ readonly code: number | null; readonly stdout: string }>
} {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'bin/migrate-tui.js'), 'upgrade', '--json'],
    { cwd: project.folder, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const done = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout }))
  return {
    kill: () => child.kill('SIGKILL'),
    interrupt: () => child.kill('SIGINT'),
    done,
  }
}

/** Waits until a session of the server runs the sleep, or waits for a table; its id there. */
export async function slowSession({ client }: ServerEngine, sql: SqlOf): Promise<unknown> {
  const question =
    client === 'pg'
      ? `select pid as id from pg_stat_activity where datname = current_database() and state = 'active' and query like 'do $$%pg_sleep%'
        union all select pid from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`
      : `select id from information_schema.processlist where db = database()
        and (info like 'do sleep%' or state like 'Waiting for table%')`
  for (;;) {
    const [row] = await sql(question)
    if (row !== undefined) return Object.values(row)[0]
    await sleep(30)
  }
}
