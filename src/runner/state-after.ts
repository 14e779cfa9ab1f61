/** What stands in the database after a step failed, to the statement. */
import type { Running, RunStep } from './running.js'

/** How a step ended: the statements it had begun, and whether the session went with the last of them. */
interface Ending {
  readonly begun: readonly string[]
  readonly lost: boolean
}

/** Statements that are named one by one; a script of thousands would bury the reason. */
const NAMED = 10

/** The state in words. */
export function stateAfter(run: Running, step: RunStep, ending: Ending): string {
  const word = step.plan.direction === 'up' ? 'applied' : 'reverted'
  const others =
    run.done === 0
      ? `nothing else was ${word}`
      : `${run.done} before it ${run.done === 1 ? 'was' : 'were'} ${word} and committed`
  const { begun, lost } = ending
  const { frame } = run.input.dialect
  if (step.plan.transaction && frame.standing === undefined) {
    return `It was rolled back whole; ${others}.`
  }
  const last = begun.length - 1
  const stands = step.plan.transaction ? (frame.standing?.(begun) ?? 0) : Math.max(0, last)
  // A statement that changes rows in a transaction went with the session; any other may have been done.
  const mayStand = !step.plan.transaction || frame.standing?.([...begun, '']) === begun.length
  const why = step.plan.transaction
    ? 'Schema changes commit themselves here'
    : 'It ran outside a transaction'
  return [
    `${why}: ${countText(stands)}; ${others}.`,
    ...listed(begun.slice(0, stands)),
    ...(lost && mayStand && last >= 0
      ? [`Whether this one was still carried out is not known:`, `  ${oneLine(begun[last] ?? '')}`]
      : []),
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

function countText(stands: number): string {
  if (stands === 0) return 'no statement of it stands'
  return stands === 1 ? 'its first statement stands' : `its first ${stands} statements stand`
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
