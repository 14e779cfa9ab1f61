/** Steps up from where the database stands: `+2`, `label@+1`. */
import { knownHeads, reachedBy } from './anchor.js'
import { severalHeads } from './choice-errors.js'
import type { Expression } from './expression.js'
import type { RevisionGraph } from './graph.js'
import { nodeAt } from './graph.js'
import { branchLine } from './name.js'
import type { RevisionId } from './revision.js'
import { typedId } from './revision.js'
import { stepsUp } from './steps.js'

/**
 * The one revision so many steps after where the database stands on the branch; none for base.
 * @throws MigrateError where several revisions are current, the way forks, or it ends before
 */
export function following(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  expression: Expression,
): readonly RevisionId[] {
  const { branch, steps, written } = expression
  const line = branch === null ? null : branchLine(graph, branch)
  const starts = line === null ? knownHeads(graph, applied) : currentOn(graph, applied, line)
  const [start = null, ...others] = starts
  if (others.length > 0) {
    throw severalHeads(
      written,
      starts,
      starts.map((id) => `${typedId(id)}+${steps}`),
    )
  }
  return reachedBy(expression, stepsUp(graph, start, { steps, line }))
}

/** The current heads on a branch; where there are none, what is applied of it and goes no further. */
function currentOn(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  line: ReadonlySet<RevisionId>,
): readonly RevisionId[] {
  const current = knownHeads(graph, applied).filter((id) => line.has(id))
  if (current.length > 0) return current
  const active = [...applied].filter((id) => line.has(id))
  const passed = new Set(
    active.flatMap((id) => {
      const { parents, dependencies } = nodeAt(graph, id)
      return [...parents, ...dependencies]
    }),
  )
  return active.filter((id) => !passed.has(id))
}
