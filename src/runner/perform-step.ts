/** Performs one step on the live database and writes its row: what stands between a plan and its record. */
import type { Guard } from '../dialects/dialect.js'
import { messageOf } from '../errors.js'
import type { Performance } from '../plan/perform.js'
import type { RunEvent } from './events.js'
import type { LogRow } from './history-row.js'
import { deleteKnexRow, insertKnexRow } from './knex-history.js'
import type { Running, RunStep } from './running.js'

export interface Finished {
  readonly startedAt: Date
  readonly durationMs: number
  readonly statements: number
  /** A `statement` event each, in order, that were not told before. */
  readonly events: readonly RunEvent[]
}

/** How far a step came. */
export interface Progress {
  /** The statements that were carried out. */
  readonly done: readonly string[]
  /** The one that was begun and not heard of again; null where there is none. */
  readonly running: string | null
}

/** What a script threw, with the statement told last and how far the step had come. */
export class StepFailure extends Error {
  constructor(
    readonly thrown: unknown,
    readonly sql: string | null,
    readonly progress: Progress,
  ) {
    super(messageOf(thrown))
  }
}

/**
 * Performs a step. The guard, where there is one, hears of everything before it runs.
 * @throws StepFailure whatever went wrong
 */
export async function performStep(
  run: Running,
  step: RunStep,
  guard: Guard | null,
): Promise<Finished> {
  const { plan } = step
  const startedAt = new Date()
  const started = performance.now()
  const events: RunEvent[] = []
  const how: Performance = plan.pure
    ? { kind: 'actions', actions: plan.actions, transaction: plan.transaction }
    : { kind: 'script', run: step.run, transaction: plan.transaction }
  const doing: { sql: string | null } = { sql: null }
  const done: string[] = []
  let running: string | null = null
  const { input } = run
  try {
    const statements = await run.performer.perform(how, {
      onOperations: async (operations) => {
        doing.sql = null
        await run.input.judge(step, operations, [])
        guard?.named(operations)
      },
      onRaw: async (statement) => {
        await run.input.judge(step, [], [statement])
        guard?.raw(statement.sql)
      },
      onCarriedOut: () => {
        guard?.carriedOut?.()
      },
      onStatement: (sql, quick) => {
        doing.sql = sql
        running = sql
        const event = { kind: 'statement', revision: plan.revision.id, sql, quick } as const
        if (input.tell === undefined) events.push(event)
        else input.tell(event)
      },
      onDone: (sql) => {
        done.push(sql)
        running = null
      },
    })
    return { startedAt, durationMs: Math.round(performance.now() - started), statements, events }
  } catch (thrown) {
    // What a script asked of Knex itself comes as the driver threw it.
    const explained = input.dialect.explain?.(thrown, input.connection) ?? thrown
    throw new StepFailure(explained, doing.sql, { done, running })
  }
}

/** Keeps Knex's own history true, where it is kept, inside the step's transaction. */
export async function syncKnex(run: Running, { plan }: RunStep): Promise<void> {
  const { dialect, connection, knexHistory } = run.input
  const { knexName } = plan.revision
  if (knexHistory === null || knexName === null) return
  await (plan.direction === 'up'
    ? insertKnexRow(dialect, connection, knexHistory, knexName)
    : deleteKnexRow(dialect, connection, knexHistory, knexName))
}

/** Notes that a step is done; its rows are written when its transaction is committed. */
export function noteDone(run: Running, step: RunStep, finished: Finished): void {
  const { revision, direction } = step.plan
  run.positions = {
    revisions: run.positions.revisions + (direction === 'up' ? 1 : 0),
    log: run.positions.log + 1,
  }
  const row = logRow(run, step, {
    state: 'applied',
    startedAt: finished.startedAt.toISOString(),
    durationMs: finished.durationMs,
    error: null,
  })
  run.unwritten.log.push(row)
  if (direction === 'up') {
    run.unwritten.applied.push({ ...row, state: 'applied', position: run.positions.revisions })
    run.applied.push(revision.id)
    return
  }
  run.unwritten.reverted.push(revision.id)
  const at = run.applied.lastIndexOf(revision.id)
  if (at !== -1) run.applied.splice(at, 1)
}

type Outcome = Pick<LogRow, 'state' | 'startedAt' | 'durationMs' | 'error'>

/** The log's row for a step at the position that `run` stands at. */
export function logRow(run: Running, step: RunStep, outcome: Outcome): LogRow {
  const { revision, direction } = step.plan
  return {
    state: outcome.state,
    startedAt: outcome.startedAt,
    durationMs: outcome.durationMs,
    error: outcome.error,
    revision: revision.id,
    position: run.positions.log,
    direction,
    downRevisions: revision.parents,
    message: revision.message,
    checksum: revision.checksum,
    finishedAt: new Date().toISOString(),
    toolVersion: run.input.toolVersion,
    appliedBy: run.input.by,
    hazards: step.hazards,
  }
}
