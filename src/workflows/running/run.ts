/** Upgrade and downgrade: the same way from a target to a run, in two directions. */
import os from 'node:os'
import { MigrateError, messageOf } from '../../errors.js'
import { calledHook } from '../call-hook.js'
import type { Project } from '../../project/project.js'
import { currentHeads } from '../../revisions/current.js'
import { resolveRevisions } from '../../revisions/resolve.js'
import { runSteps } from '../../runner/run.js'
import type { RunInput, RunStep } from '../../runner/running.js'
import { asksConsent } from '../../safety/count.js'
import type { Hazard } from '../../safety/hazard.js'
import type { Direction } from '../../scripts/record.js'
import { userName } from '../../user-name.js'
import { backUp } from './back-up.js'
import type { Consent } from './consent.js'
import { allowedBy, obtainConsent, unforeseenLoss } from './consent.js'
import type { RunDocument, StepDocument } from '../documents.js'
import { withScriptLine } from './failed-line.js'
import { runNotes } from '../history-doubts.js'
import type { Io } from '../io.js'
import type { JudgedStep, Made } from './judge-steps.js'
import { judge, plannedStep, refuseWhatWillFail } from './judge-steps.js'
import type { LoadedStep } from './load-scripts.js'
import type { RunOptions } from '../options.js'
import { pathTo, planOf } from './plan-run.js'
import { knexOf } from './project-knex.js'
import type { Session, SessionWishes } from '../session.js'
import { connectionOf, inSession, keptKnexHistory } from '../session.js'
import { doneDocument, plannedDocument } from './step-documents.js'
import { TOOL_VERSION } from '../tool-version.js'

/** How often a run plans in a row, getting nothing done, because another process was faster. */
const PLAN_AGAIN = 20

/** What is known of a run as it goes on. */
interface Outcome {
  readonly steps: StepDocument[]
  backup: string | null
}

/**
 * Runs the revisions between the database and a target.
 * @throws MigrateError with the state of the database in its words
 */
export function run(
  project: Project,
  direction: Direction,
  options: RunOptions,
  io: Io,
): Promise<RunDocument> {
  const wishes: SessionWishes = {
    readOnly: options.dryRun,
    lockTimeout: options.lockTimeout,
    beforeMaking: (revisions) => void pathTo(revisions, direction, options.target),
  }
  return inSession(project, wishes, async (opened) => {
    const notes = runNotes(opened)
    for (const { message } of notes) io.warn(message)
    const from = currentHeads(opened.graph, opened.applied)
    const outcome: Outcome = { steps: [], backup: null }
    try {
      let session = opened
      let done = 0
      for (let attempt = 1; !(await attemptRun(session, direction, options, io, outcome));) {
        attempt = outcome.steps.length > done ? 1 : attempt + 1
        done = outcome.steps.length
        if (attempt > PLAN_AGAIN) throw neverAtRest()
        session = await session.readAgain()
      }
      const after = options.dryRun ? opened.applied : await session.appliedNow()
      const to = currentHeads(session.graph, after)
      return { from, to, ...outcome, sql: null, notes }
    } catch (thrown) {
      await tellHook(project, thrown, io)
      throw thrown
    }
  })
}

/** What the hook itself throws does not hide what it is told. */
async function tellHook({ hooks }: Project, thrown: unknown, io: Io): Promise<void> {
  try {
    await hooks.onFailure?.(thrown instanceof Error ? thrown : new Error(String(thrown)))
  } catch (own) {
    io.warn(`The hook onFailure failed too: ${messageOf(own)}`)
  }
}

/** One attempt; false when another process changed the history meanwhile, so that it must be planned again. */
async function attemptRun(
  session: Session,
  direction: Direction,
  options: RunOptions,
  io: Io,
  outcome: Outcome,
): Promise<boolean> {
  const planned = await planOf(session, direction, options)
  if (planned === null) return false
  const { loaded, plans, judged, made } = planned
  io.event({ kind: 'planned', steps: judged.map(plannedStep) })
  if (options.dryRun) {
    outcome.steps.push(...plans.map(plannedDocument))
    return true
  }
  if (judged.length === 0) return true
  refuseWhatWillFail(judged)
  const consent = await consentFor(session, judged, options, io)
  outcome.backup ??= await backUpFirst(session, judged, options, io)
  return await runJudged(session, { loaded, judged, made, consent, options }, io, outcome)
}

function consentFor(
  session: Session,
  judged: readonly JudgedStep[],
  options: RunOptions,
  io: Io,
): Promise<Consent> {
  const { graph, applied, database } = session
  const resolve = (name: string): string => resolveRevisions(graph, applied, name)[0]?.id ?? name
  return obtainConsent(judged, allowedBy(options, resolve), database, io)
}

async function backUpFirst(
  session: Session,
  judged: readonly JudgedStep[],
  options: RunOptions,
  io: Io,
): Promise<string | null> {
  const { database, dialect } = session
  const first = judged.find((step) => step.destructive)
  if (first === undefined || !options.backup || database.backup === null) return null
  const request = {
    dialect,
    connection: connectionOf(session),
    file: session.file,
    settings: database.backup,
    revision: first.plan.revision.id,
    lockTimeout: options.lockTimeout ?? database.lockTimeout,
  }
  return await backUp(request, io)
}

interface Ready {
  readonly loaded: readonly LoadedStep[]
  readonly judged: readonly JudgedStep[]
  readonly made: Made
  readonly consent: Consent
  readonly options: RunOptions
}

async function runJudged(
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
  try {
    for await (const event of runSteps(runInput(session, ready, steps, io))) {
      io.event(event)
      if (event.kind !== 'stepFinished') continue
      const plan = byId.get(event.revision)
      if (plan === undefined) continue
      const { durationMs, statements } = event
      outcome.steps.push(doneDocument(plan, durationMs, statements))
      const { direction } = plan
      const revision = event.revision
      const applied = { database: session.database.name, revision, direction, durationMs }
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

function neverAtRest(): MigrateError {
  return new MigrateError('HEAD_MOVED', 1, 'Other processes keep changing the applied revisions.', {
    fix: 'Wait until they are done, then run the command again.',
    state: `This run got nothing done in ${PLAN_AGAIN} plans; what it did before that stands.`,
  })
}
