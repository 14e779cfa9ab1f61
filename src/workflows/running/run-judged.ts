/** The planned steps of a run, carried out: what each does is told, kept and handed to the hooks. */
import os from 'node:os'
import { MigrateError } from '../../errors.js'
import { runSteps } from '../../runner/run.js'
import type { RunInput, RunStep } from '../../runner/running.js'
import { asksConsent } from '../../safety/count.js'
import type { Hazard } from '../../safety/hazard.js'
import type { Note } from '../../schema/desired.js'
import { userName } from '../../user-name.js'
import { calledHook } from '../call-hook.js'
import type { StepDocument } from '../documents.js'
import type { Io } from '../io.js'
import type { RunOptions } from '../options.js'
import type { Session } from '../session.js'
import { connectionOf, keptKnexHistory } from '../session.js'
import { TOOL_VERSION } from '../tool-version.js'
import type { Consent } from './consent.js'
import { unforeseenLoss } from './consent.js'
import { withScriptLine } from './failed-line.js'
import type { JudgedStep, Made } from './judge-steps.js'
import { judge } from './judge-steps.js'
import type { LoadedStep } from './load-scripts.js'
import { knexOf } from './project-knex.js'
import { doneDocument } from './step-documents.js'

/** What is known of a run as it goes on. */
export interface Outcome {
  readonly steps: StepDocument[]
  backup: string | null
  readonly notes: Note[]
  /** Milliseconds that the steps took together, with all that was done for them. */
  durationMs: number
}

/** Planned steps with what they were judged to do, and what was agreed to. */
export interface Ready {
  readonly loaded: readonly LoadedStep[]
  readonly judged: readonly JudgedStep[]
  readonly made: Made
  readonly consent: Consent
  readonly options: RunOptions
}

/**
 * Runs them, one by one where that was asked for; false when another process changed the history
 * meanwhile, so that it must be planned again.
 */
export async function runJudged(
  session: Session,
  ready: Ready,
  io: Io,
  outcome: Outcome,
): Promise<boolean> {
  const steps = ready.judged.map((step, i) => runStep(step, ready.loaded[i]))
  if (!ready.options.step) return await runAll(session, ready, steps, io, outcome)
  for (const [i, step] of steps.entries()) {
    const { revision, direction } = step.plan
    const question = { revision: revision.id, message: revision.message, direction }
    const asked = io.ask?.askStep({ ...question, index: i + 1, of: steps.length })
    if (asked !== undefined && !(await asked)) return true
    const now = i === 0 ? session : await session.readAgain()
    if (!(await runAll(now, ready, [step], io, outcome))) return false
  }
  return true
}

function runStep(step: JudgedStep, loaded: LoadedStep | undefined): RunStep {
  if (loaded === undefined) throw new Error('A planned step has no script.')
  const { plan } = step
  return {
    plan,
    run: loaded.script[plan.direction] ?? (() => Promise.resolve()),
    alone: !plan.pure,
    destructive: step.destructive,
    hazards: step.hazards.filter(asksConsent).map((hazard) => hazard.code),
  }
}

async function runAll(
  session: Session,
  ready: Ready,
  steps: readonly RunStep[],
  io: Io,
  outcome: Outcome,
): Promise<boolean> {
  const { hooks } = session.project
  const byId = new Map(steps.map((step) => [step.plan.revision.id, step.plan]))
  const already = outcome.steps.length
  const started = performance.now()
  try {
    for await (const event of runSteps(runInput(session, ready, steps, io))) {
      io.event(event)
      if (event.kind !== 'stepFinished') continue
      const plan = byId.get(event.revision)
      if (plan === undefined) continue
      const { durationMs, statements, revision } = event
      outcome.steps.push(doneDocument(plan, durationMs, statements))
      const { direction } = plan
      const applied = { database: session.database.name, revision, direction, durationMs }
      if (hooks.onApply === undefined) continue
      await calledHook('onApply', () => hooks.onApply?.(applied), {
        state: `Revision ${revision} is committed, and those before it; what follows did not run.`,
      })
    }
    return true
  } catch (thrown) {
    const overtaken = thrown instanceof MigrateError && thrown.code === 'HEAD_MOVED'
    const isAtStart = outcome.steps.length === already
    if (overtaken && (isAtStart || leadsToOnePlace(ready.options))) return false
    throw withScriptLine(thrown, session)
  } finally {
    outcome.durationMs += performance.now() - started
  }
}

/** Whether a plan from further on ends where the first one did: one step more or less, said anew, would not. */
function leadsToOnePlace({ target, limit }: RunOptions): boolean {
  return limit === null && !/(?:^|@)[+-]|current/.test(target)
}

function runInput(
  session: Session,
  { consent, made, options }: Ready,
  steps: readonly RunStep[],
  io: Io,
): RunInput {
  const { dialect, database } = session
  const connection = connectionOf(session)
  return {
    dialect,
    connection,
    knex: knexOf(session, options.tag),
    steps,
    tables: session.tables,
    knexHistory: keptKnexHistory(session),
    expected: session.rows.map((row) => row.revision),
    expectedLog: session.logged,
    lockTimeout: options.lockTimeout ?? database.lockTimeout,
    signal: io.signal,
    commitsEach: options.commitsEach || session.project.hooks.onApply !== undefined,
    tell: (event) => {
      io.event(event)
    },
    toolVersion: TOOL_VERSION,
    by: `${userName()}@${os.hostname()}`,
    async judge(step, operations, raw) {
      const { id } = step.plan.revision
      // What was agreed to need not be counted again.
      const isOpen = (one: Hazard): boolean => asksConsent(one) && !consent.allows(id, one)
      const open = await judge({ dialect, connection, made }, { operations, raw, isOpen })
      if (open.length > 0) throw unforeseenLoss(id, open)
    },
  }
}
