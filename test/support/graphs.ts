/** Revisions and graphs for tests: written out by hand, or drawn at random. */
import fc from 'fast-check'
import type { RevisionGraph } from '../../src/revisions/graph.js'
import { buildGraph } from '../../src/revisions/graph.js'
import type { Revision } from '../../src/revisions/revision.js'
import { withAncestors } from '../../src/revisions/walk.js'

/** A revision with nothing but its id, and what is given. */
export function revisionOf(id: string, given: Partial<Revision> = {}): Revision {
  return {
    id,
    parents: [],
    dependsOn: [],
    branchLabels: [],
    message: '',
    createdAt: null,
    path: `/project/migrations/${id}.ts`,
    plain: false,
    ...given,
  }
}

/** What stands beside the parents: `b: { parents: ['a'], branchLabels: ['shop'] }`. */
type Written = readonly string[] | Partial<Revision>

/** A graph from ids and their parents, in the order written. */
export function graphOf(written: Readonly<Record<string, Written>>): RevisionGraph {
  return buildGraph(
    Object.entries(written).map(([id, given]) =>
      revisionOf(id, isParents(given) ? { parents: given } : given),
    ),
  )
}

/** A chain of so many revisions, `r00000` first. */
export function chainOf(length: number): readonly Revision[] {
  const idAt = (index: number): string => `r${String(index).padStart(5, '0')}`
  return Array.from({ length }, (_, index) =>
    revisionOf(idAt(index), { parents: index === 0 ? [] : [idAt(index - 1)] }),
  )
}

export function idsOf(revisions: readonly Revision[]): readonly string[] {
  return revisions.map(({ id }) => id)
}

/** A database in the middle of a history. */
export interface Situation {
  readonly revisions: readonly Revision[]
  readonly graph: RevisionGraph
  /** With all their ancestors. */
  readonly applied: ReadonlySet<string>
}

/** Random histories: several bases, forks, merges, dependencies and labels, and what is applied. */
export function situations(most = 14): fc.Arbitrary<Situation> {
  const link = fc.record({
    parents: fc.array(fc.nat(), { maxLength: 2 }),
    dependsOn: fc.array(fc.nat(), { maxLength: 1 }),
    isLabelled: fc.boolean(),
    isApplied: fc.boolean(),
  })
  return fc.array(link, { minLength: 1, maxLength: most }).map((links) => {
    const idAt = (index: number): string => `rev${String(index).padStart(2, '0')}`
    const before = (drawn: readonly number[], index: number): readonly string[] =>
      index === 0 ? [] : [...new Set(drawn.map((n) => idAt(n % index)))]
    const revisions = links.map(({ parents, dependsOn, isLabelled }, index) =>
      revisionOf(idAt(index), {
        parents: before(parents, index),
        dependsOn: before(dependsOn, index),
        branchLabels: isLabelled ? [`label${String(index)}`] : [],
      }),
    )
    const graph = buildGraph(revisions)
    const tops = links.flatMap(({ isApplied }, index) => (isApplied ? [idAt(index)] : []))
    return { revisions, graph, applied: withAncestors(graph, tops) }
  })
}

function isParents(given: Written): given is readonly string[] {
  return Array.isArray(given)
}
