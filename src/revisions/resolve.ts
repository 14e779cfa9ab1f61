/** From a revision argument to the revisions it stands for, as Alembic reads it. */
import { anchored, atMostOne, onBranch, reachedBy, readArgument } from './anchor.js'
import { tooFar } from './choice-errors.js'
import type { Expression } from './expression.js'
import { following } from './following.js'
import type { RevisionGraph } from './graph.js'
import { revisionAt } from './graph.js'
import { branchLine } from './name.js'
import type { Revision, RevisionId } from './revision.js'
import { stepsDown, stepsUp } from './steps.js'
import { resolvedHeads, withAncestors } from './walk.js'

/**
 * The revisions that an argument stands for, none for `base`. Steps without a revision before them
 * count from where the database stands (`+2`) or back from the heads (`-1`).
 * @throws MigrateError with a code that starts with `REV_`
 */
export function resolveRevisions(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  argument: string,
): readonly Revision[] {
  const ids = resolveExpression(graph, applied, readArgument(graph, argument))
  return ids.map((id) => revisionAt(graph, id))
}

/** Everything that is applied in a database that stands at the argument: the start of a range. */
export function appliedAt(graph: RevisionGraph, argument: string): ReadonlySet<RevisionId> {
  return withAncestors(
    graph,
    resolveRevisions(graph, new Set(), argument).map(({ id }) => id),
  )
}

/** The ids that an expression stands for, none for base. */
export function resolveExpression(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  expression: Expression,
): readonly RevisionId[] {
  const { anchor, branch, steps } = expression
  if (anchor !== null) return fromAnchor(graph, applied, expression)
  if (steps >= 0) return following(graph, applied, expression)
  const ends = onBranch(
    graph,
    branch,
    resolvedHeads(graph).map(({ id }) => id),
  )
  // Branches that part above it lead to the same one.
  return [...new Set(ends.flatMap((end) => reachedBy(expression, stepsDown(graph, end, -steps))))]
}

/** The ids that an expression with an anchor stands for, its steps counted; none for base. */
export function fromAnchor(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  expression: Expression,
): readonly RevisionId[] {
  const starts = anchored(graph, applied, expression)
  const { steps, branch, written } = expression
  if (steps === 0) return starts
  const [start = null] = atMostOne(graph, written, starts)
  if (steps > 0) {
    const line = branch === null ? null : branchLine(graph, branch)
    return reachedBy(expression, stepsUp(graph, start, { steps, line }))
  }
  if (start === null) throw tooFar(written, steps, 0)
  return reachedBy(expression, stepsDown(graph, start, -steps))
}
