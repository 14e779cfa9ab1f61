/** What is left to do and to say when a step failed. */
import { MigrateError } from '../errors.js'
import { logRow, StepFailure } from './perform-step.js'
import type { Running, RunStep } from './running.js'
import { beginGroup, commitGroup } from './running.js'
import { stateAfter } from './state-after.js'

/** Whether the session is gone, and its transaction with it. */
export function isConnectionLost(thrown: unknown): boolean {
  const of = thrown instanceof StepFailure ? thrown.thrown : thrown
  return of instanceof MigrateError && of.code === 'CONNECT_LOST'
}

/** Writes the failure into the log, in a transaction of its own after the step was taken back. */
export async function logFailure(run: Running, step: RunStep, message: string): Promise<void> {
  const { dialect, connection } = run.input
  try {
    await beginGroup(run)
    run.positions = { ...run.positions, log: run.positions.log + 1 }
    const outcome = { startedAt: new Date().toISOString(), durationMs: 0, error: message }
    run.unwritten.log.push(logRow(run, step, { ...outcome, state: 'failed' }))
    await commitGroup(run)
  } catch {
    // The failure itself matters more than its entry in the log, which a full disk may refuse.
    if (run.open) await dialect.frame.rollback(connection)
    run.open = false
  }
}

/** What a person reads of a failed step: a problem that is theirs to decide keeps its own words. */
export function revisionFailed(run: Running, step: RunStep, thrown: unknown): MigrateError {
  const failure = thrown instanceof StepFailure ? thrown : new StepFailure(thrown, null, [])
  const { plan } = step
  const known = failure.thrown instanceof MigrateError ? failure.thrown : null
  const verb = plan.direction === 'up' ? 'upgrade' : 'downgrade'
  const failed = `Revision ${plan.revision.id} failed to ${verb}: ${failure.message}`
  return new MigrateError(
    known?.code ?? 'REVISION_FAILED',
    known?.exit ?? 1,
    known?.exit === 3 ? known.message : failed,
    {
      ...(known?.why == null ? {} : { why: known.why }),
      fix: known?.fix ?? `Mend ${plan.revision.path ?? plan.revision.id}, then run it again.`,
      state: stateAfter(run, step, { begun: failure.begun, lost: isConnectionLost(failure) }),
      details: {
        revision: plan.revision.id,
        path: plan.revision.path,
        sql: failure.sql,
        ...known?.details,
      },
      cause: failure.thrown,
    },
  )
}

/** What a person reads when ctrl-c ended a run between two steps. */
export function interrupted(run: Running): MigrateError {
  const { done } = run
  const of = run.input.steps.length
  const ran = done === 1 ? '1 revision ran and is' : `${done} revisions ran and are`
  const all = of === 1 ? '1 revision' : `${of} revisions`
  return new MigrateError('INTERRUPTED', 130, `Interrupted after ${done} of ${all}.`, {
    fix: 'Run the same command again to go on.',
    state:
      done === 0
        ? 'Nothing ran; the database is as it was.'
        : `${ran} committed; none is half done.`,
  })
}
