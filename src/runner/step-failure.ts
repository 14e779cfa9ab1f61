/** What is left to do and to say when a step failed. */
import { MigrateError } from '../errors.js'
import type { FailedRun } from './failed-runs.js'
import { readFailedRuns } from './failed-runs.js'
import { unmark } from './mark-begun.js'
import type { Progress } from './perform-step.js'
import { logRow, StepFailure } from './perform-step.js'
import type { Running, RunStep } from './running.js'
import { beginGroup, commitGroup } from './running.js'
import type { Standing } from './state-after.js'
import { isHalfDone, loggedError, standingOf, stateAfter } from './state-after.js'

/** Whether the session is gone, and its transaction with it. */
export function isConnectionLost(thrown: unknown): boolean {
  const of = thrown instanceof StepFailure ? thrown.thrown : thrown
  return of instanceof MigrateError && of.code === 'CONNECT_LOST'
}

/** What is known of a step that failed. */
export interface FailedStep {
  readonly step: RunStep
  readonly failure: StepFailure
  readonly standing: Standing | null
  /** The runs before this one that ended half-way, and after which the revision was not done. */
  readonly earlier: readonly FailedRun[]
}

/** Looks at a step that failed: what stands of it, and of the runs before. */
export async function failedStep(
  run: Running,
  step: RunStep,
  thrown: unknown,
): Promise<FailedStep> {
  const nothing: Progress = { done: [], running: null }
  const failure = thrown instanceof StepFailure ? thrown : new StepFailure(thrown, null, nothing)
  const lost = isConnectionLost(failure)
  const left = lost || step.plan.transaction ? [] : await leftBehind(run, failure.progress)
  const stands = standingOf(run, step, { ...failure.progress, lost })
  const standing = stands === null ? null : { ...stands, left }
  const earlier = lost || standing === null ? [] : await halfDoneRuns(run, step)
  return { step, failure, standing, earlier }
}

/** What the statement that failed outside a transaction left behind, a sentence each. */
async function leftBehind(run: Running, { running }: Progress): Promise<readonly string[]> {
  const { dialect, connection } = run.input
  if (running === null) return []
  try {
    return (await dialect.frame.leftBy?.(connection, running)) ?? []
  } catch {
    // The failure itself matters more than what cannot be read after it.
    return []
  }
}

async function halfDoneRuns(run: Running, { plan }: RunStep): Promise<readonly FailedRun[]> {
  const { dialect, connection, tables } = run.input
  try {
    const runs = await readFailedRuns(dialect, connection, tables, run.mark)
    return runs.filter((one) => one.isHalfDone && one.revision === plan.revision.id)
  } catch {
    // The failure itself matters more than the ones before it.
    return []
  }
}

/** Writes the failure into the log, in a transaction of its own after the step was taken back. */
export async function logFailure(run: Running, failed: FailedStep): Promise<void> {
  const { dialect, connection } = run.input
  const { step, failure, standing } = failed
  const error = loggedError(failure.message, standing)
  try {
    await beginGroup(run)
    unmark(run)
    run.positions = { ...run.positions, log: run.positions.log + 1 }
    const outcome = { startedAt: new Date().toISOString(), durationMs: 0, error }
    const state = isHalfDone(standing) ? 'partial' : 'failed'
    run.unwritten.log.push(logRow(run, step, { ...outcome, state }))
    await commitGroup(run)
  } catch {
    // The failure itself matters more than its entry in the log, which a full disk may refuse.
    if (run.open) await dialect.frame.rollback(connection)
    run.open = false
  }
}

/** What a person reads of a failed step: a problem that is theirs to decide keeps its own words. */
export function revisionFailed(run: Running, failed: FailedStep): MigrateError {
  const { failure, standing, earlier } = failed
  const { plan } = failed.step
  const known = failure.thrown instanceof MigrateError ? failure.thrown : null
  const verb = plan.direction === 'up' ? 'upgrade' : 'downgrade'
  const message = `Revision ${plan.revision.id} failed to ${verb}: ${failure.message}`
  return new MigrateError(
    known?.code ?? 'REVISION_FAILED',
    known?.exit ?? 1,
    known?.exit === 3 ? known.message : message,
    {
      ...(known?.why == null ? {} : { why: known.why }),
      fix: fixOf(failed, known),
      state: stateAfter(run, failed.step, standing, earlier),
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

/** What to do next: what stands is in the way of another run from the beginning. */
function fixOf({ step, standing, earlier }: FailedStep, known: MigrateError | null): string {
  const { revision } = step.plan
  const path = revision.path ?? revision.id
  if (earlier.length > 0 && known?.code === 'ALREADY_THERE') {
    return `A run before left it. In ${path}, leave out what stands, or undo that by hand; then run it again.`
  }
  if (earlier.length === 0 && !isHalfDone(standing)) {
    return known?.fix ?? `Mend ${path}, then run it again.`
  }
  return known === null
    ? `Mend ${path}, leave out what stands or undo that by hand, then run it again.`
    : `${known.fix} Before it runs again leave out of ${path} what stands, or undo that by hand.`
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
