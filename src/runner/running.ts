/** What a run is given, and what changes while it goes on. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import { MigrateError } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import type { Performer, ProjectKnex } from '../plan/perform.js'
import type { PlanStep } from '../plan/step.js'
import type { ScriptFunction } from '../scripts/loading/record.js'
import type { RawStatement } from '../vocabulary/call.js'
import type { RunEvent } from './events.js'
import type { HistoryTables } from './history-tables.js'
import { createHistoryTables, hasHistory } from './history-tables.js'
import type { HistoryRow, LogRow } from './history-row.js'
import {
  deleteMarks,
  deleteRevisions,
  insertLog,
  insertRevisions,
  lastPositions,
  readApplied,
} from './history.js'
import type { KnexHistory } from './knex-history.js'

/** A step with what runs it where its recording does not say everything. */
export interface RunStep {
  readonly plan: PlanStep
  readonly run: ScriptFunction
  /** Whether it must not share a transaction: what it does was not foreseen. */
  readonly alone: boolean
  /** Whether it loses data: what came before is committed first. */
  readonly destructive: boolean
  /** Codes of the hazards that were consented to. */
  readonly hazards: readonly string[]
}

export interface RunInput {
  readonly dialect: Dialect
  readonly connection: Connection
  readonly knex: ProjectKnex
  readonly steps: readonly RunStep[]
  readonly tables: HistoryTables
  readonly knexHistory: KnexHistory | null
  /** The revisions that our table listed when the plan was made, in the order recorded. */
  readonly expected: readonly string[]
  /** The last position in our log when the plan was made. */
  readonly expectedLog: number
  /** Milliseconds to wait for the write lock. */
  readonly lockTimeout: number
  readonly signal: AbortSignal
  /** Whether each revision is committed before it is told of: somebody acts on it. */
  readonly commitsEach: boolean
  readonly toolVersion: string
  readonly by: string
  /** Hears of each statement before it runs; without it they come among the step's events, after it. */
  tell?(event: RunEvent): void
  /** Stops what the plan did not foresee and nobody consented to, by throwing. */
  judge(
    step: RunStep,
    operations: readonly Operation[],
    raw: readonly RawStatement[],
  ): Promise<void>
}

/** Rows to write, in the order in which the revisions ran. */
export interface Unwritten {
  readonly applied: HistoryRow[]
  readonly reverted: string[]
  readonly log: LogRow[]
  /** Positions of rows that told of runs that have ended now. */
  readonly ended: number[]
}

/** One run under way. Only this folder changes it. */
export interface Running {
  readonly input: RunInput
  readonly performer: Performer
  /** How many steps are done. */
  done: number
  /** How many of these are committed. */
  committed: number
  /** What our table lists now, in order, as far as this run knows. */
  readonly applied: string[]
  /** Rows of revisions that are done, written together before their transaction is committed. */
  unwritten: Unwritten
  /** The last position given in each of our tables. */
  positions: { revisions: number; log: number }
  /** Where the log says that the step now running began; null where it says nothing. */
  mark: number | null
  /** Whether a transaction is open. */
  open: boolean
  /** Whether our tables are known to be there: a group with which they were made is committed. */
  hasTables: boolean
}

/**
 * Takes the write lock, makes our tables where they are missing, and compares what they list with
 * what the plan was made for.
 * @throws MigrateError `HEAD_MOVED` when another process was faster
 */
export async function beginGroup(run: Running): Promise<void> {
  const { dialect, connection, tables, lockTimeout } = run.input
  await dialect.frame.begin(connection, lockTimeout)
  run.open = true
  if (!run.hasTables && !(await hasHistory(dialect, connection, tables))) {
    for (const sql of createHistoryTables(dialect, tables)) await connection.execute(sql)
  }
  if (run.done === 0) await expectApplied(run)
  // Every run writes into the log, so that later its end tells all: the list would be read once a revision.
  const positions = await lastPositions(dialect, connection, tables)
  // A revision that only Knex's table listed can be reverted without a change in ours.
  const isMarkGone = run.mark !== null && positions.log === run.mark - 1
  if (positions.log !== run.positions.log && !isMarkGone) throw headMoved(run.done)
  run.positions = positions
}

async function expectApplied(run: Running): Promise<void> {
  const { dialect, connection, tables } = run.input
  const listed = await readApplied(dialect, connection, tables)
  if (listed.length !== run.applied.length || listed.some((id, i) => id !== run.applied[i])) {
    throw headMoved(run.done)
  }
}

/** Makes what ran since `beginGroup` last, with its rows: together they are all there or none. */
export async function commitGroup(run: Running): Promise<void> {
  const { dialect, connection, tables } = run.input
  const { applied, reverted, log, ended } = run.unwritten
  run.unwritten = { applied: [], reverted: [], log: [], ended: [] }
  await insertRevisions(dialect, connection, tables, applied)
  await deleteRevisions(dialect, connection, tables, reverted)
  await deleteMarks(dialect, connection, tables, ended)
  await insertLog(dialect, connection, tables, log)
  await run.input.dialect.frame.commit(run.input.connection)
  run.open = false
  run.committed = run.done
  run.hasTables = true
}

function headMoved(done: number): MigrateError {
  return new MigrateError(
    'HEAD_MOVED',
    1,
    'Another process changed the applied revisions meanwhile.',
    {
      fix: 'Run the command again: it plans from where the database is now.',
      state: done === 0 ? 'This run changed nothing.' : `${done} revisions of this run are done.`,
    },
  )
}
