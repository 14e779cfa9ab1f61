/** What stands in the database after a step failed, to the statement. */
import type { FailedRun } from './failed-runs.js'
import type { Progress } from './perform-step.js'
import type { Running, RunStep } from './running.js'

/** How a step ended, and whether the session went with the statement that was running. */
export interface Ending extends Progress {
  readonly lost: boolean
}

/** What is left of a step that failed. */
export interface Standing {
  readonly statements: readonly string[]
  /** The one of which nobody knows whether it was still carried out. */
  readonly unknown: string | null
  /** What the one that failed left behind all the same, a sentence each. */
  readonly left: readonly string[]
}

/** Statements that are named one by one; a script of thousands would bury the reason. */
const NAMED = 10

/** How much of an earlier run's statements our log keeps; its columns end at 64 KB. */
const KEPT = 12_000

/** What stands of a step; null where it was rolled back whole. */
export function standingOf({ input }: Running, step: RunStep, ending: Ending): Standing | null {
  const { frame } = input.dialect
  const { done, running, lost } = ending
  if (!step.plan.transaction) return { statements: done, unknown: lost ? running : null, left: [] }
  if (frame.standing === undefined) return null
  const count = frame.standing([...done, running ?? ''])
  // A statement that changes rows in a transaction went with the session; any other may have been done.
  const mayStand = running !== null && frame.standing([...done, running, '']) === done.length + 1
  return { statements: done.slice(0, count), unknown: lost && mayStand ? running : null, left: [] }
}

/** Whether anything is left that is in the way of another run, or may be. */
export function isHalfDone(standing: Standing | null): boolean {
  if (standing === null) return false
  const { statements, unknown, left } = standing
  return statements.length + left.length > 0 || unknown !== null
}

/** The state in words; `earlier` are the runs before it that ended half-way. */
export function stateAfter(
  run: Running,
  step: RunStep,
  standing: Standing | null,
  earlier: readonly FailedRun[],
): string {
  const word = step.plan.direction === 'up' ? 'applied' : 'reverted'
  const others =
    run.done === 0
      ? `nothing else was ${word}`
      : `${run.done} before it ${run.done === 1 ? 'was' : 'were'} ${word} and committed`
  if (standing === null) return `It was rolled back whole; ${others}.`
  const why = step.plan.transaction
    ? 'Schema changes commit themselves here'
    : 'It ran outside a transaction'
  const count = countText(standing.statements.length, earlier.length > 0)
  return [
    `${why}: ${count}; ${others}.`,
    ...listed(standing.statements),
    ...standing.left,
    ...unknownLines(standing),
    ...earlier.map(earlierText),
  ].join('\n')
}

/** The state in words where no script failed, but what goes before or after one: a lock, a commit. */
export function stateAround(run: Running): string {
  const { committed, done } = run
  const before =
    committed === 0
      ? 'no revision of this run is committed'
      : `${committed === 1 ? '1 revision of this run is' : `${committed} revisions of this run are`} committed`
  if (done === committed) {
    return committed === 0
      ? 'Nothing ran: the database is as it was.'
      : `Nothing else ran; ${before}.`
  }
  return run.input.dialect.facts.transactionalDdl
    ? `What ran was rolled back; ${before}.`
    : `Schema changes of the last revision stand, and the history does not list it; ${before}.`
}

/** What our log keeps of a failure: the reason and, below it, what stands. */
export function loggedError(message: string, standing: Standing | null): string {
  if (standing === null || !isHalfDone(standing)) return message
  const { statements } = standing
  const text = [
    message,
    `${capitalised(countText(statements.length, false))}${statements.length === 0 ? '.' : ':'}`,
    ...listed(statements),
    ...standing.left,
    ...unknownLines(standing),
  ].join('\n')
  return text.length > KEPT ? `${text.slice(0, KEPT)}…` : text
}

/** One run of a revision that failed before, in words. */
function earlierText({ direction, at, error, hasEnded }: FailedRun): string {
  const verb = direction === 'up' ? 'upgrade' : 'downgrade'
  if (!hasEnded) {
    return `Its ${verb} of ${at} never ended: its process or its session was gone, and what it had done stands.`
  }
  return `Its ${verb} of ${at} had failed half-way: ${error}`
}

function unknownLines({ unknown }: Standing): readonly string[] {
  if (unknown === null) return []
  return ['Whether this one was still carried out is not known:', `  ${oneLine(unknown)}`]
}

function countText(stands: number, isAgain: boolean): string {
  if (stands === 0) return `no ${isAgain ? 'further ' : ''}statement of it stands`
  return stands === 1 ? 'its first statement stands' : `its first ${stands} statements stand`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function listed(statements: readonly string[]): readonly string[] {
  const more = statements.length - NAMED
  return [
    ...statements.slice(0, NAMED).map((sql) => `  ${oneLine(sql)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

function oneLine(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}
