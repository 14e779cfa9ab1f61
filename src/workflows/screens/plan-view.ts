/** A plan as it is looked at before anything runs. */
import path from 'node:path'
import { MigrateError } from '../../errors.js'
import { summaryOf } from '../../operations/summary.js'
import type { Project } from '../../project/project.js'
import { currentHeads } from '../../revisions/current.js'
import { fixedDowngrade, fixedUpgrade, targetBelow } from '../../revisions/fixed-target.js'
import { typedId } from '../../revisions/revision.js'
import { lockSentences } from '../../safety/locks.js'
import type { TableName } from '../../schema/table.js'
import { withScriptLine } from '../running/failed-line.js'
import { certainFailures, plannedStep } from '../running/judge-steps.js'
import type { JudgedStep } from '../running/judge-steps.js'
import type { LoadedStep } from '../running/load-scripts.js'
import type { Io } from '../io.js'
import { notUndone } from './not-undone.js'
import type { RunOptions } from '../options.js'
import type { Planned } from '../running/plan-run.js'
import { pathTo, planOf } from '../running/plan-run.js'
import type { PlanDocument, PlanViewStep } from './screen-documents.js'
import type { Session } from '../session.js'
import { inSession } from '../session.js'

/** Where to go. */
export interface PlanWish {
  readonly direction: 'up' | 'down'
  readonly target: string
}

/** How often a plan is made again because another process was faster. */
const PLAN_AGAIN = 20

/**
 * The steps to a target with their statements, hazards and live counts; nothing runs.
 * @throws MigrateError `REV_…`, `SCRIPT_…`, and what `planSteps` throws
 */
export function planView(project: Project, wish: PlanWish, io: Io): Promise<PlanDocument> {
  return inSession(project, { readOnly: true }, async (opened) => {
    let session = opened
    for (let attempt = 1; attempt <= PLAN_AGAIN; attempt += 1) {
      const planned = await planNow(session, wish, io)
      if (planned !== null) return documentOf(session, wish, planned)
      session = await session.readAgain()
    }
    throw new MigrateError(
      'HEAD_MOVED',
      1,
      'Other processes keep changing the applied revisions.',
      {
        fix: 'Wait until they are done, then look again.',
        state: 'Nothing ran.',
      },
    )
  })
}

/** The plan, or its failure with the script that it names and where in it. */
async function planNow(session: Session, wish: PlanWish, io: Io): Promise<Planned | null> {
  try {
    const of = pathTo(session, wish.direction, wish.target).length
    return await planOf(session, wish.direction, optionsOf(wish), (revision, index) => {
      io.event({ kind: 'trying', revision, index, of })
    })
  } catch (thrown) {
    throw withScriptLine(thrown, session)
  }
}

function optionsOf({ target }: PlanWish): RunOptions {
  return {
    target,
    sql: false,
    tag: null,
    dryRun: true,
    step: false,
    commitsEach: false,
    allowDestructive: false,
    allowDestructiveRevisions: [],
    backup: true,
    lockTimeout: null,
    limit: null,
    expected: null,
  }
}

function documentOf(
  session: Session,
  { direction, target }: PlanWish,
  planned: Planned,
): PlanDocument {
  const { graph, applied, dialect } = session
  const after = new Set(applied)
  const undone = planned.loaded.map(({ revision }) => revision)
  for (const { revision } of planned.loaded) {
    if (direction === 'up') after.add(revision.id)
    else after.delete(revision.id)
  }
  return {
    direction,
    from: currentHeads(graph, applied),
    to: currentHeads(graph, after),
    target:
      direction === 'up'
        ? fixedUpgrade(graph, applied, target)
        : fixedDowngrade(graph, applied, { target, undone }),
    steps: viewSteps(session, planned),
    isTransactional: dialect.facts.transactionalDdl,
  }
}

function viewSteps(session: Session, { judged, loaded }: Planned): readonly PlanViewStep[] {
  const blocked = certainFailures(judged)
  const created = new Set<TableName>()
  return judged.map((step, i) => {
    const view = viewStep(session, step, loaded[i], created)
    for (const operation of step.plan.operations) {
      if (operation.kind === 'createTable') created.add(operation.table.name)
      if (operation.kind === 'renameTable' && created.has(operation.from)) created.add(operation.to)
    }
    return { ...view, isBlocked: blocked.has(step) }
  })
}

function viewStep(
  { dialect, project, graph, applied }: Session,
  step: JudgedStep,
  loaded: LoadedStep | undefined,
  created: ReadonlySet<TableName>,
): Omit<PlanViewStep, 'isBlocked'> {
  const { plan } = step
  const file = plan.revision.path
  return {
    ...plannedStep(step),
    file,
    path: file === null ? null : path.resolve(project.root, file),
    isAtomic: plan.transaction && dialect.facts.transactionalDdl,
    operations: plan.operations.map(summaryOf),
    target:
      plan.direction === 'up'
        ? typedId(plan.revision.id)
        : targetBelow(graph, applied, plan.revision),
    notUndone: notUndone(step, loaded?.script ?? { down: null, isDownEmpty: false }),
    locks: lockSentences(dialect, { operations: plan.operations, raw: plan.raw, created }),
  }
}
