/** Runs a plan: each revision all or nothing with its row in the history, told as events while it goes. */
import { setImmediate } from 'node:timers/promises'
import { messageOf, withState } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import { createPerformer } from '../plan/perform.js'
import type { RunEvent } from './events.js'
import { markBegun, unmark } from './mark-begun.js'
import type { Finished } from './perform-step.js'
import { noteDone, performStep, syncKnex } from './perform-step.js'
import type { RunInput, Running, RunStep } from './running.js'
import { beginGroup, commitGroup } from './running.js'
import { stateAround } from './state-after.js'
import {
  failedStep,
  interrupted,
  isConnectionLost,
  logFailure,
  revisionFailed,
} from './step-failure.js'

/** Revisions share a transaction for at most this long, in ms; a commit each costs three times as much. */
const GROUP_MS = 250

/** The state when the session is lost. */
const LOST =
  'Whether the last commit arrived is not known: `migrate-tui current` says where the database is.'

/**
 * Runs the steps and yields what happens. When a revision fails it is taken back, those before it
 * stay, and the error says so; nothing is left open however the run ends.
 * @throws MigrateError `HEAD_MOVED` before anything ran when another process was faster: plan again
 * @throws MigrateError `REVISION_FAILED`, or the code of the problem itself, with the state
 * @throws MigrateError `INTERRUPTED` when `signal` fired; the revision then running was finished
 */
export async function* runSteps(input: RunInput): AsyncGenerator<RunEvent, void, void> {
  const { dialect, connection } = input
  const run: Running = {
    input,
    performer: createPerformer(dialect, connection, input.knex),
    done: 0,
    committed: 0,
    applied: [...input.expected],
    positions: { revisions: 0, log: input.expectedLog },
    unwritten: { applied: [], reverted: [], log: [], ended: [] },
    mark: null,
    open: false,
    hasTables: false,
  }
  await dialect.frame.enter(connection)
  try {
    for (let step = input.steps[0]; step !== undefined; step = input.steps[run.done]) {
      if (run.done > 0) await signalsIn()
      if (input.signal.aborted) throw interrupted(run)
      yield* step.plan.transaction ? runGroup(run) : runOutsideTransaction(run, step)
    }
    yield { kind: 'done' }
  } catch (thrown) {
    throw withState(thrown, isConnectionLost(thrown) ? LOST : stateAround(run))
  } finally {
    if (run.open) await dialect.frame.rollback(connection)
    await run.performer.destroy()
    await dialect.frame.leave(connection)
  }
}

/** A turn of the event loop: SQLite's driver answers at once, and a signal would wait until the end. */
async function signalsIn(): Promise<void> {
  // What runs in the phase that hears of signals is past it only after the first.
  await setImmediate()
  await setImmediate()
}

/** One transaction with as many revisions as fit into it, a savepoint each. */
async function* runGroup(run: Running): AsyncGenerator<RunEvent, void, void> {
  const { steps } = run.input
  await beginGroup(run)
  const committed = run.done
  const started = performance.now()
  for (let step = steps[run.done]; step !== undefined; step = steps[run.done]) {
    yield startedEvent(run, step)
    const result = await tryStep(run, step)
    if ('thrown' in result) {
      const isLost = isConnectionLost(result.thrown)
      // With its session the server took the whole transaction back.
      if (isLost) {
        run.open = false
        run.done = committed
      } else await commitGroup(run)
      yield { kind: 'stepFailed', revision: idOf(step), message: messageOf(result.thrown) }
      const failed = await failedStep(run, step, result.thrown)
      if (!isLost) await logFailure(run, failed)
      throw revisionFailed(run, failed)
    }
    run.done += 1
    if (run.input.commitsEach) await commitGroup(run)
    for (const event of result.events) yield event
    yield finishedEvent(step, result)
    if (run.input.commitsEach) return
    const following = steps[run.done]
    if (following !== undefined && !joins(run, step, following)) break
    if (performance.now() - started > GROUP_MS) break
  }
  await commitGroup(run)
}

/** Whether a step may share the transaction of the one before it. */
function joins(run: Running, before: RunStep, step: RunStep): boolean {
  const sameRisk = before.destructive === step.destructive
  // Where DDL commits itself a group would be done before its rows are written.
  const takesBack = run.input.dialect.facts.transactionalDdl
  const shares = takesBack && !before.alone && !step.alone && step.plan.transaction
  // PostgreSQL lets nobody use a value in the transaction that added it to an enum.
  const addsValues = before.plan.operations.some(({ kind }) => kind === 'alterEnum')
  return sameRisk && shares && !addsValues && !run.input.signal.aborted
}

/**
 * A step inside its savepoint: done with its rows, or taken back. Where DDL commits itself a step is
 * alone in its transaction, and a savepoint would be forgotten at the first statement: all of the
 * transaction is then taken back.
 */
async function tryStep(
  run: Running,
  step: RunStep,
): Promise<Finished | { readonly thrown: unknown }> {
  const { dialect, connection } = run.input
  const { frame, facts } = dialect
  if (facts.transactionalDdl) await frame.savepoint(connection, 'revision')
  try {
    if (!facts.transactionalDdl) await markBegun(run, step)
    const guard = await frame.guard(connection)
    const finished = await performStep(run, step, guard)
    await guard.verify()
    await syncKnex(run, step)
    if (facts.transactionalDdl) await frame.release(connection, 'revision')
    unmark(run)
    noteDone(run, step, finished)
    return finished
  } catch (thrown) {
    if (isConnectionLost(thrown)) return { thrown }
    await frame.rollbackTo(connection, 'revision')
    if (facts.transactionalDdl) await frame.release(connection, 'revision')
    return { thrown }
  }
}

/** A revision whose script asked for no transaction: each statement stands as soon as it ran. */
async function* runOutsideTransaction(
  run: Running,
  step: RunStep,
): AsyncGenerator<RunEvent, void, void> {
  // The lock is taken once to see that nobody was faster; the script itself needs it free.
  await beginGroup(run)
  await markBegun(run, step)
  await commitGroup(run)
  yield startedEvent(run, step)
  let finished: Finished
  try {
    finished = await performStep(run, step, null)
    await beginGroup(run)
    await syncKnex(run, step)
    unmark(run)
    noteDone(run, step, finished)
    await commitGroup(run)
  } catch (thrown) {
    yield { kind: 'stepFailed', revision: idOf(step), message: messageOf(thrown) }
    const failed = await failedStep(run, step, thrown)
    if (!run.open) await logFailure(run, failed)
    throw revisionFailed(run, failed)
  }
  run.done += 1
  run.committed = run.done
  yield* finished.events
  yield finishedEvent(step, finished)
}

function idOf(step: RunStep): string {
  return step.plan.revision.id
}

function startedEvent(run: Running, step: RunStep): RunEvent {
  const { revision, direction } = step.plan
  return {
    kind: 'stepStarted',
    revision: revision.id,
    message: revision.message,
    direction,
    index: run.done + 1,
    of: run.input.steps.length,
    onlyAdds: step.plan.pure && step.plan.operations.every(isAdding),
  }
}

function isAdding({ kind }: Operation): boolean {
  return kind === 'createTable' || kind === 'addColumn'
}

function finishedEvent(step: RunStep, finished: Finished): RunEvent {
  const { durationMs, statements } = finished
  return { kind: 'stepFinished', revision: idOf(step), durationMs, statements }
}
