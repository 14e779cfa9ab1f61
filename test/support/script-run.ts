/** Scripts that are functions, planned and run on a real SQLite database. */
import Database from 'better-sqlite3'
import knexModule from 'knex'
import type { Knex } from 'knex'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { Connection } from '../../src/dialects/connection.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import type { ProjectKnex } from '../../src/plan/perform.js'
import { planSteps } from '../../src/plan/plan-steps.js'
import type { StepRequest } from '../../src/plan/step-request.js'
import type { RunEvent } from '../../src/runner/events.js'
import { readHistory, readLog } from '../../src/runner/history.js'
import { historyTables } from '../../src/runner/history-tables.js'
import { runSteps } from '../../src/runner/run.js'
import type { RunInput } from '../../src/runner/running.js'

export const TABLES = historyTables('migrate_tui')

/** An engine that scripts run on, with the project's Knex as scripts see it. */
export interface ScriptEngine {
  readonly dialect: Dialect
  readonly driver: unknown
  readonly knex: ProjectKnex
}

/** The project's Knex on SQLite. */
export const KNEX = {
  knexModule,
  config: { client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true },
}

type Work = (knex: Knex) => Promise<unknown>

export interface FunctionScript {
  readonly id: string
  readonly up: Work
  readonly down?: Work
  readonly transaction?: boolean
}

/** A session on a database file or in memory. */
export function openSqlite(file = ':memory:'): Promise<Connection> {
  return sqlite.connect(Database, {
    client: 'better-sqlite3',
    connection: { filename: file },
    searchPath: [],
    readOnly: false,
    lockTimeout: 2000,
    statementTimeout: null,
  })
}

/** A request to run a script; its checksum and file are of no account. */
function requestOf(script: FunctionScript, direction: 'up' | 'down'): StepRequest {
  return {
    revision: {
      id: script.id,
      message: script.id,
      parents: [],
      path: null,
      checksum: null,
      knexName: null,
    },
    direction,
    script: {
      up: script.up,
      down: script.down ?? null,
      isDownEmpty: false,
      transaction: script.transaction ?? true,
    },
  }
}

export const SQLITE: ScriptEngine = { dialect: sqlite, driver: Database, knex: KNEX }

/** Plans and runs scripts on SQLite one after the other; the events, or what was thrown after them. */
export async function runScripts(
  connection: Connection,
  scripts: readonly FunctionScript[],
  direction: 'up' | 'down' = 'up',
  more: Partial<RunInput> = {},
): Promise<readonly RunEvent[]> {
  return await runScriptsOn(SQLITE, connection, { scripts, direction, more })
}

/** The same on any engine. */
export async function runScriptsOn(
  { dialect, driver, knex }: ScriptEngine,
  connection: Connection,
  wanted: {
    readonly scripts: readonly FunctionScript[]
    readonly direction: 'up' | 'down'
    readonly more?: Partial<RunInput>
    /** Called with each event, before the run goes on. */
    readonly onEvent?: (event: RunEvent) => void
  },
): Promise<readonly RunEvent[]> {
  const { scripts, direction } = wanted
  const requests = scripts.map((script) => requestOf(script, direction))
  const plans = await planSteps({
    dialect,
    driver,
    connection,
    knex,
    requests,
    withStatements: false,
  })
  const rows = await readHistory(dialect, connection, TABLES)
  const events: RunEvent[] = []
  const input: RunInput = {
    dialect,
    connection,
    knex,
    steps: plans.map((plan, i) => ({
      plan,
      run: requests[i]?.script[direction] ?? (() => Promise.resolve()),
      alone: !plan.pure,
      destructive: false,
      hazards: [],
    })),
    tables: TABLES,
    knexHistory: null,
    expected: rows.map((row) => row.revision),
    expectedLog: (await readLog(dialect, connection, TABLES, { ids: false })).last,
    lockTimeout: 2000,
    signal: new AbortController().signal,
    commitsEach: false,
    toolVersion: 'test',
    by: 'test',
    judge: () => Promise.resolve(),
    ...wanted.more,
  }
  for await (const event of runSteps(input)) {
    events.push(event)
    wanted.onEvent?.(event)
  }
  return events
}
