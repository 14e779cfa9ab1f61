/** Targets that stay where they are when revisions run: steps from the current revision do not. */
import { readArgument } from './anchor.js'
import type { RevisionGraph } from './graph.js'
import { nodeAt } from './graph.js'
import { fromAnchor, resolveExpression } from './resolve.js'
import type { Revision, RevisionId } from './revision.js'
import { typedId } from './revision.js'
import { bases } from './walk.js'

/** What is known of a revision on a path. */
type Revised = Pick<Revision, 'id' | 'parents'>

/**
 * The target of an upgrade as it is kept while its steps run: a revision in place of steps, since
 * `+1` means another one after each. Words that name a place, such as `heads`, stay.
 * @throws MigrateError with a code that starts with `REV_`
 */
export function fixedUpgrade(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  target: string,
): string {
  const expression = readArgument(graph, target)
  if (expression.steps === 0 && expression.anchor?.kind !== 'current') return target
  const [id, ...others] = resolveExpression(graph, applied, expression)
  if (others.length > 0) return target
  return id === undefined ? 'base' : typedId(id)
}

/**
 * The target of a downgrade as it is kept while its steps run. `undone` is its path, in the order
 * in which it is undone.
 * @throws MigrateError with a code that starts with `REV_`
 */
export function fixedDowngrade(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  { target, undone }: { readonly target: string; readonly undone: readonly Revised[] },
): string {
  const { anchor, branch, steps } = readArgument(graph, target)
  if (steps === 0 && anchor?.kind !== 'current') return target
  if (anchor === null) {
    const last = undone.at(-1)
    return last === undefined ? target : targetBelow(graph, applied, last)
  }
  const [id] = fromAnchor(graph, applied, readArgument(graph, target))
  const place = id === undefined ? 'base' : typedId(id)
  return branch === null ? place : `${typedId(branch)}@${place}`
}

/**
 * The target right below an applied revision that none applied follows: the downgrade to it undoes
 * that revision. It names the branch where others begin at the same place.
 */
export function targetBelow(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  { id, parents }: Revised,
): string {
  const parent = parents.find((one) => applied.has(one)) ?? parents[0]
  const beside = parent === undefined ? bases(graph).length : nodeAt(graph, parent).children.length
  const place = parent === undefined ? 'base' : typedId(parent)
  return beside === 1 ? place : `${typedId(id)}@${place}`
}
