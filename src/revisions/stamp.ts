/** What a database counts as applied after a stamp, which runs no script. */
import { readArgument } from './anchor.js'
import { wrongDirection } from './choice-errors.js'
import { currentHeads, requireFiles } from './current.js'
import type { Expression } from './expression.js'
import type { RevisionGraph } from './graph.js'
import { revisionNamed } from './name.js'
import { resolveExpression } from './resolve.js'
import type { Revision, RevisionId } from './revision.js'
import { lineage, withAncestors } from './walk.js'

export interface StampPlan {
  /** The current heads before and after. */
  readonly from: readonly RevisionId[]
  readonly to: readonly RevisionId[]
  /** The revisions to record as applied, oldest first. */
  readonly add: readonly Revision[]
  /** The ids to forget: newest first, then those that have no file. */
  readonly remove: readonly RevisionId[]
}

/** What is asked of a stamp: revision arguments, and whether to forget everything else first. */
export interface StampRequest {
  readonly targets: readonly string[]
  readonly purge: boolean
}

/**
 * The change that makes the targets current. Each replaces the current heads on its own line,
 * above or below it, dependencies counted; other branches stay as they are. `base` forgets
 * everything, `label@base` that branch.
 * @throws MigrateError with a code that starts with `REV_`; without `purge` also where an applied
 *   revision has no file
 */
export function stampTargets(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  { targets, purge }: StampRequest,
): StampPlan {
  if (!purge) requireFiles(graph, applied)
  const from = currentHeads(graph, applied)
  let kept = purge ? [] : from
  const stamped: RevisionId[] = []
  for (const target of targets) {
    const expression = readStamp(graph, target)
    const ids = resolveExpression(graph, applied, expression)
    const replaced = lineOf(graph, ids, expression)
    kept = kept.filter((head) => !(replaced?.has(head) ?? true))
    stamped.push(...ids)
  }
  const staying = withAncestors(graph, kept)
  const after = new Set(withAncestors(graph, stamped))
  // What was out of order on a branch that stays is not applied by stamping another.
  for (const id of applied) if (staying.has(id)) after.add(id)
  return {
    from,
    to: currentHeads(graph, after),
    add: graph.order.filter(({ id }) => after.has(id) && !applied.has(id)),
    remove: removedIds(graph, applied, after),
  }
}

function readStamp(graph: RevisionGraph, target: string): Expression {
  const expression = readArgument(graph, target)
  if (expression.anchor === null) {
    throw wrongDirection(
      target,
      'A stamp says where the database is: name a revision, or write current+1.',
    )
  }
  return expression
}

/** The revisions whose place the targets take; null: all. */
function lineOf(
  graph: RevisionGraph,
  ids: readonly RevisionId[],
  { branch }: Expression,
): ReadonlySet<RevisionId> | null {
  if (ids.length > 0) return new Set(ids.flatMap((id) => [...lineage(graph, id, 'all')]))
  if (branch === null) return null
  return lineage(graph, revisionNamed(graph, branch).id, 'all')
}

function removedIds(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  after: ReadonlySet<RevisionId>,
): readonly RevisionId[] {
  const gone = [...applied].filter((id) => !after.has(id))
  const known = new Set(gone)
  return [
    ...graph.order
      .map(({ id }) => id)
      .filter((id) => known.has(id))
      .reverse(),
    ...gone.filter((id) => !graph.nodes.has(id)),
  ]
}
