/** The revisions that a downgrade undoes. */
import { atMostOne, knownHeads, onBranch, readArgument } from './anchor.js'
import { ambiguous, notApplied, severalHeads, tooFar, wrongDirection } from './choice-errors.js'
import { requireFiles } from './current.js'
import type { Expression } from './expression.js'
import type { RevisionGraph } from './graph.js'
import { nodeAt } from './graph.js'
import { branchLine } from './name.js'
import { fromAnchor } from './resolve.js'
import type { Revision, RevisionId } from './revision.js'
import { typedId } from './revision.js'
import { bases, withDescendants } from './walk.js'

/**
 * The applied revisions to undo to go back to the target, each before its parents and
 * dependencies: what follows the target, or depends on what does, and nothing else.
 * `label@base` and `label@rev` go back on that branch alone; `-2` undoes the last two.
 * @throws MigrateError with a code that starts with `REV_`: the target names nothing, too much, or
 *   what is not applied; or an applied revision has no file
 */
export function downgradePath(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  target: string,
): readonly Revision[] {
  requireFiles(graph, applied)
  const expression = readArgument(graph, target)
  const first =
    expression.anchor === null
      ? [lastToUndo(graph, applied, expression)]
      : after(graph, applied, expression)
  const undone = withDescendants(graph, first)
  return graph.order.filter(({ id }) => undone.has(id) && applied.has(id)).reverse()
}

/** The revisions right after the target, on its branch where one is named. */
function after(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  expression: Expression,
): readonly RevisionId[] {
  const { branch, written } = expression
  const [target] = atMostOne(graph, written, fromAnchor(graph, applied, expression))
  if (target !== undefined && !applied.has(target)) throw notApplied(target)
  const following =
    target === undefined ? bases(graph).map(({ id }) => id) : nodeAt(graph, target).children
  return onBranch(graph, branch, following)
}

/** The last revision that `-n` undoes, counted from the one that is current. */
function lastToUndo(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  expression: Expression,
): RevisionId {
  const { written, steps } = expression
  if (steps >= 0) {
    throw wrongDirection(
      written,
      `Run migrate-tui upgrade ${written}, or name a revision to go back to.`,
    )
  }
  let at = startOf(graph, applied, expression)
  // A revision on the way that is not applied is no step: there is nothing to undo in it.
  for (let left = -steps - 1; left > 0; left -= applied.has(at) ? 1 : 0) {
    const { parents } = nodeAt(graph, at)
    const [parent] = parents
    if (parent === undefined) throw tooFar(written, steps, -steps - left)
    if (parents.length > 1) throw mergeOnTheWay(at, parents)
    at = parent
  }
  return at
}

function mergeOnTheWay(at: RevisionId, parents: readonly RevisionId[]): Error {
  return ambiguous(
    `${at} merges ${parents.length} branches, and steps back could mean any of them`,
    parents.map((id) => `${typedId(id)}@-1`),
    'Undo the merge with -1 first, or name the revision to go back to.',
  )
}

/** The current head that steps back start from. */
function startOf(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  { branch, written, steps }: Expression,
): RevisionId {
  const current = onBranch(graph, branch, knownHeads(graph, applied))
  const starts =
    current.length > 0 || branch === null ? current : coveredHeads(graph, applied, branch)
  const [start, ...others] = starts
  if (start === undefined) throw tooFar(written, steps, 0)
  if (others.length > 0) {
    throw severalHeads(
      written,
      starts,
      starts.map((id) => `${typedId(id)}@${steps}`),
    )
  }
  return start
}

/** What is applied of a branch and has no applied child, though another branch depends on it. */
function coveredHeads(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  branch: string,
): readonly RevisionId[] {
  const line = branchLine(graph, branch)
  return [...applied].filter(
    (id) => line.has(id) && !nodeAt(graph, id).children.some((child) => applied.has(child)),
  )
}
