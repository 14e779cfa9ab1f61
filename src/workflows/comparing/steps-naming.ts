/** What the applied scripts do to some tables, also under the names that those had before. */
import type { PlanStep } from '../../plan/step.js'
import { planSteps } from '../../plan/plan-steps.js'
import { driverOf } from '../../project/connection.js'
import { fileOf, loadSteps } from '../running/load-scripts.js'
import { knexOf } from '../running/project-knex.js'
import type { Session } from '../session.js'

/**
 * The steps of the applied revisions whose scripts name one of the tables, in order. Where they rename
 * one, those that name it as it was called before are among them. No other script is loaded. With
 * `folds` names that differ in case alone are one.
 */
export async function stepsNaming(
  session: Session,
  tables: readonly string[],
  folds = false,
): Promise<readonly PlanStep[]> {
  const fold = (text: string): string => (folds ? text.toLowerCase() : text)
  const names = new Set(tables.map(fold))
  for (;;) {
    const steps = await plannedSteps(session, names, fold)
    const older = renamesIn(steps).filter(
      ({ from, to }) => names.has(fold(to)) && !names.has(fold(from)),
    )
    if (older.length === 0) return steps
    for (const { from } of older) names.add(fold(from))
  }
}

async function plannedSteps(
  session: Session,
  names: ReadonlySet<string>,
  fold: (text: string) => string,
): Promise<readonly PlanStep[]> {
  const revisions = session.graph.order.filter(({ id }) => {
    if (!session.applied.has(id) || fileOf(session, id).fillIn) return false
    const text = fold(fileOf(session, id).text())
    return [...names].some((name) => text.includes(name))
  })
  if (revisions.length === 0) return []
  return await planSteps({
    dialect: session.dialect,
    ...driverOf(session.database),
    connection: null,
    knex: knexOf(session),
    requests: await loadSteps(session, revisions, 'up'),
    withStatements: false,
    lenient: true,
  })
}

/** What the scripts call: whether the table is known there is another question. */
function renamesIn(
  steps: readonly PlanStep[],
): readonly { readonly from: string; readonly to: string }[] {
  return steps.flatMap(({ actions }) =>
    actions.flatMap((action) =>
      action.kind === 'call' && action.call.kind === 'renameTable' ? [action.call] : [],
    ),
  )
}
