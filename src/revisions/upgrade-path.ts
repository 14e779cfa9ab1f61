/** The revisions that an upgrade applies. */
import { readArgument } from './anchor.js'
import { wrongDirection } from './choice-errors.js'
import { requireFiles } from './current.js'
import type { RevisionGraph } from './graph.js'
import { resolveExpression } from './resolve.js'
import type { Revision, RevisionId } from './revision.js'
import { withAncestors } from './walk.js'

/**
 * The revisions still to apply to reach the target, every one after its parents and dependencies.
 * Revisions that sort before applied ones but are not applied come with it, where the target
 * needs them. Empty where the target is applied already.
 * @throws MigrateError with a code that starts with `REV_`: the target names nothing or too much,
 *   or an applied revision has no file
 */
export function upgradePath(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  target: string,
): readonly Revision[] {
  requireFiles(graph, applied)
  const expression = readArgument(graph, target)
  if (expression.anchor === null && expression.steps < 0) {
    throw wrongDirection(
      target,
      `Run migrate-tui downgrade ${target}, or name a revision to upgrade to.`,
    )
  }
  const needed = withAncestors(graph, resolveExpression(graph, applied, expression))
  return graph.order.filter(({ id }) => needed.has(id) && !applied.has(id))
}
