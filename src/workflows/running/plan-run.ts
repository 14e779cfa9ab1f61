/** From a target to a plan: the path, its scripts loaded, what each would do, and what is at stake. */
import { MigrateError } from '../../errors.js'
import { planSteps } from '../../plan/plan-steps.js'
import type { PlanStep } from '../../plan/step.js'
import type { PlanInput } from '../../plan/step-request.js'
import { driverOf } from '../../project/connection.js'
import { downgradePath } from '../../revisions/downgrade-path.js'
import { isRange } from '../../revisions/expression.js'
import type { Revision } from '../../revisions/revision.js'
import { upgradePath } from '../../revisions/upgrade-path.js'
import type { Direction } from '../../scripts/loading/record.js'
import type { JudgedStep, Made } from './judge-steps.js'
import { judgeSteps, nothingMade } from './judge-steps.js'
import type { LoadedStep } from './load-scripts.js'
import { loadSteps } from './load-scripts.js'
import type { RunOptions } from '../options.js'
import { knexOf } from './project-knex.js'
import type { Session } from '../session.js'

/** A plan with its scripts. */
export interface Planned {
  readonly loaded: readonly LoadedStep[]
  readonly plans: readonly PlanStep[]
  readonly judged: readonly JudgedStep[]
  readonly made: Made
}

/**
 * The plan; null when it failed because another process changed the history while it was made.
 * @throws MigrateError `PLAN_MOVED` (exit 3) where the steps are not those that were expected
 * @throws MigrateError `REV_…`, `SCRIPT_…`, and what `planSteps` throws
 */
export async function planOf(
  session: Session,
  direction: Direction,
  options: RunOptions,
  onTry?: PlanInput['onTry'],
): Promise<Planned | null> {
  const path = pathTo(session, direction, options.target).slice(0, options.limit ?? undefined)
  requireExpected(path, options.expected)
  const loaded = await loadSteps(session, path, direction)
  try {
    // Most deployments find nothing to do, and need no Knex for that.
    const plans =
      loaded.length === 0
        ? []
        : await planSteps({
            dialect: session.dialect,
            ...driverOf(session.database),
            connection: session.connection,
            knex: knexOf(session, options.tag),
            requests: loaded,
            withStatements: options.dryRun,
            ...(onTry === undefined ? {} : { onTry }),
          })
    const made = await nothingMade(session)
    const judged = await judgeSteps({ ...session, made: { ...made, tables: new Set() } }, plans)
    return { loaded, plans, judged, made }
  } catch (thrown) {
    const { logged } = await session.readAgain()
    if (logged === session.logged) throw thrown
    return null
  }
}

/** What a person agreed to is what runs: a plan that moved meanwhile is shown again first. */
function requireExpected(path: readonly Revision[], expected: readonly string[] | null): void {
  if (expected === null) return
  const found = path.map(({ id }) => id)
  if (found.length === expected.length && found.every((id, at) => id === expected[at])) return
  throw new MigrateError('PLAN_MOVED', 3, 'The plan is no longer the one that was shown.', {
    why: `It was ${listed(expected)}; now it is ${listed(found)}.`,
    fix: 'Look at the plan again: another process or a changed file moved it.',
    state: 'Nothing ran: the database is as it was.',
    details: { expected, found },
  })
}

function listed(revisions: readonly string[]): string {
  return revisions.length === 0 ? 'empty' : revisions.join(', ')
}

/**
 * The revisions between the database and a target.
 * @throws MigrateError `REV_…`, `RANGE_OFFLINE` (exit 2) for a range
 */
export function pathTo(
  { graph, applied }: Pick<Session, 'graph' | 'applied'>,
  direction: Direction,
  target: string,
): readonly Revision[] {
  if (isRange(target) && !graph.nodes.has(target)) throw rangeOffline(target)
  return direction === 'up'
    ? upgradePath(graph, applied, target)
    : downgradePath(graph, applied, target)
}

function rangeOffline(target: string): MigrateError {
  return new MigrateError('RANGE_OFFLINE', 2, `${target} is a range of revisions.`, {
    why: 'A run begins where the database stands, so it is told the end alone.',
    fix: 'Name the end alone, or add --sql to print the statements from the one to the other.',
    state: 'Nothing ran: the database is as it was.',
  })
}
