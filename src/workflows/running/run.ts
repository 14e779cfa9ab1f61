/** Upgrade and downgrade: the same way from a target to a run, in two directions. */
import { MigrateError, messageOf } from '../../errors.js'
import type { PlanStep } from '../../plan/step.js'
import type { Project } from '../../project/project.js'
import { currentHeads } from '../../revisions/current.js'
import { resolveRevisions } from '../../revisions/resolve.js'
import type { Direction } from '../../scripts/loading/record.js'
import { brokenNotes } from '../comparing/broken-notes.js'
import { backUp } from './back-up.js'
import type { Consent } from './consent.js'
import { allowedBy, obtainConsent } from './consent.js'
import type { RunDocument } from '../documents.js'
import { runNotes } from '../history-doubts.js'
import type { Io } from '../io.js'
import type { JudgedStep } from './judge-steps.js'
import { plannedStep, refuseWhatWillFail } from './judge-steps.js'
import type { RunOptions } from '../options.js'
import { pathTo, planOf } from './plan-run.js'
import type { Session, SessionWishes } from '../session.js'
import { connectionOf, inSession } from '../session.js'
import type { Outcome } from './run-judged.js'
import { runJudged } from './run-judged.js'
import { slowScripts } from './slow-script.js'
import { plannedDocument } from './step-documents.js'

/** How often a run plans in a row, getting nothing done, because another process was faster. */
const PLAN_AGAIN = 20

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
    const notes = [...runNotes(opened)]
    for (const { message } of notes) io.warn(message)
    const from = currentHeads(opened.graph, opened.applied)
    const outcome: Outcome = { steps: [], backup: null, notes, durationMs: 0 }
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
      return { from, to, ...outcome, durationMs: Math.round(outcome.durationMs), sql: null }
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
  const slow = slowScripts(session, direction, io)
  const planned = await planOf(session, direction, options, slow.onTry).finally(slow.end)
  if (planned === null) return false
  const { loaded, plans, judged, made } = planned
  io.event({ kind: 'planned', steps: judged.map(plannedStep) })
  await tellBroken(session, plans, io, outcome)
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

/** Tells once what the steps break without a word of the database. */
async function tellBroken(
  session: Session,
  plans: readonly PlanStep[],
  io: Io,
  { notes }: Outcome,
): Promise<void> {
  const operations = plans.flatMap((plan) => plan.operations)
  const raw = plans.flatMap((plan) => plan.raw)
  for (const note of await brokenNotes(session, operations, raw)) {
    if (notes.some(({ message }) => message === note.message)) continue
    notes.push(note)
    io.warn(note.message)
  }
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

function neverAtRest(): MigrateError {
  return new MigrateError('HEAD_MOVED', 1, 'Other processes keep changing the applied revisions.', {
    fix: 'Wait until they are done, then run the command again.',
    state: `This run got nothing done in ${PLAN_AGAIN} plans; what it did before that stands.`,
  })
}
