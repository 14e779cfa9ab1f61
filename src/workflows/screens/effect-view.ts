/** What one revision does on this database, both ways. */
import { summaryOf } from '../../operations/summary.js'
import { MigrateError } from '../../errors.js'
import type { StepRequest } from '../../plan/step-request.js'
import { planSteps } from '../../plan/plan-steps.js'
import type { PlanStep } from '../../plan/step.js'
import { driverOf } from '../../project/connection.js'
import type { Project } from '../../project/project.js'
import type { Revision } from '../../revisions/revision.js'
import { withAncestors, withDescendants } from '../../revisions/walk.js'
import { hazardsOf } from '../../safety/hazards.js'
import { hazardsOfRaw } from '../../safety/raw.js'
import { loadSteps } from '../running/load-scripts.js'
import { knexOf } from '../running/project-knex.js'
import type { EffectDocument, EffectSide } from './screen-documents.js'
import type { Session } from '../session.js'
import { inSession } from '../session.js'
import { oneRevision } from '../show.js'

/**
 * The statements and hazards of a revision, tried on a copy of the database's structure from where
 * it stands; a revision deep in the applied ones is tried on a copy that is built from the start.
 * @throws MigrateError `REV_…`, `SCRIPT_…`, and what `planSteps` throws
 */
export function effectView(
  project: Project,
  { revision: name }: { readonly revision: string },
): Promise<EffectDocument> {
  return inSession(project, { readOnly: true }, async (session) => {
    const revision = oneRevision(session, name)
    return { revision: revision.id, ...(await bothSides(session, revision)) }
  })
}

interface Sides {
  readonly up: EffectSide
  readonly down: EffectSide
}

/** A way to a schema on which the revision can be tried. */
interface Approach {
  readonly isLive: boolean
  readonly before: readonly StepRequest[]
  /** Whether the revision is in the schema that it leads to. */
  readonly isApplied: boolean
}

async function bothSides(session: Session, revision: Revision): Promise<Sides> {
  const { graph, applied } = session
  const { id } = revision
  if (!applied.has(id)) {
    const ancestors = withAncestors(graph, [id])
    const waiting = graph.order.filter((one) => ancestors.has(one.id) && !applied.has(one.id))
    const before = await loadSteps(session, without(waiting, id), 'up')
    return await tryBoth(session, revision, { isLive: true, before, isApplied: false })
  }
  const after = withDescendants(graph, [id])
  const isLast = [...after].every((one) => one === id || !applied.has(one))
  return isLast
    ? await tryBoth(session, revision, { isLive: true, before: [], isApplied: true })
    : await tryBoth(session, revision, await fromStart(session, revision))
}

async function fromStart(session: Session, { id }: Revision): Promise<Approach> {
  const ancestors = withAncestors(session.graph, [id])
  const path = session.graph.order.filter((one) => ancestors.has(one.id))
  const before = await loadSteps(session, without(path, id), 'up')
  return { isLive: false, before, isApplied: false }
}

function without(revisions: readonly Revision[], id: string): readonly Revision[] {
  return revisions.filter((one) => one.id !== id)
}

async function tryBoth(session: Session, revision: Revision, approach: Approach): Promise<Sides> {
  const [up] = await loadSteps(session, [revision], 'up')
  if (up === undefined) throw new Error('A revision has no script.')
  const down: StepRequest = { ...up, direction: 'down' }
  try {
    const requests = approach.isApplied ? [down, up] : [up, down]
    const steps = await plan(session, approach, requests)
    const sideTo = (direction: 'up' | 'down'): EffectSide =>
      sideOf(
        session,
        steps.find((step) => step.direction === direction),
      )
    return { up: sideTo('up'), down: sideTo('down') }
  } catch (thrown) {
    if (!(thrown instanceof MigrateError) || thrown.code !== 'REVISION_ONE_WAY') throw thrown
    // What stands cannot be undone first, so it is tried where it does not stand yet.
    const alone = approach.isApplied ? await fromStart(session, revision) : approach
    const [step] = await plan(session, alone, [up])
    return { up: sideOf(session, step), down: { ...NOTHING, unforeseen: thrown.why } }
  }
}

const NOTHING: EffectSide = {
  operations: [],
  statements: [],
  hazards: [],
  unforeseen: null,
  empty: true,
}

async function plan(
  session: Session,
  approach: Approach,
  requests: readonly StepRequest[],
): Promise<readonly PlanStep[]> {
  const steps = await planSteps({
    dialect: session.dialect,
    ...driverOf(session.database),
    connection: approach.isLive ? session.connection : null,
    knex: knexOf(session),
    requests: [...approach.before, ...requests],
    withStatements: true,
  })
  return steps.slice(approach.before.length)
}

function sideOf({ dialect }: Session, step: PlanStep | undefined): EffectSide {
  if (step === undefined) throw new Error('A step was not planned.')
  const hazards = [
    ...hazardsOf(dialect, step.operations),
    ...step.raw.flatMap((statement) => hazardsOfRaw(statement)),
  ]
  return {
    operations: step.operations.map(summaryOf),
    statements: step.statements ?? [],
    hazards: hazards.map(({ object, message }) => ({ object, message })),
    unforeseen: step.unforeseen,
    empty: step.empty,
  }
}
