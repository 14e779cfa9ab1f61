/** How far branch labels reach, as in Alembic: along their branch, not only where they are written. */
import type { RevisionGraph, RevisionNode } from './graph.js'
import { nodeAt } from './graph.js'
import type { RevisionId } from './revision.js'

const NONE: readonly string[] = []

/**
 * The labels of every revision that has any: those written in it, in a revision it descends from,
 * or in one that it leads to without a fork or a merge between.
 */
export function labelsByRevision(graph: RevisionGraph): ReadonlyMap<RevisionId, readonly string[]> {
  const labels = new Map<RevisionId, readonly string[]>()
  if (graph.labels.size === 0) return labels
  for (const [label, id] of graph.labels) spreadBack(graph, labels, { label, id })
  for (const { id } of graph.order) {
    const { parents } = nodeAt(graph, id)
    const all = union(
      labels.get(id) ?? NONE,
      parents.map((parent) => labels.get(parent) ?? NONE),
    )
    if (all.length > 0) labels.set(id, all)
  }
  return labels
}

/** Gives the label to its revision and to those before it, up to the preceding fork. */
function spreadBack(
  graph: RevisionGraph,
  labels: Map<RevisionId, readonly string[]>,
  from: { readonly label: string; readonly id: RevisionId },
): void {
  add(labels, from.id, from.label)
  let node = nodeAt(graph, from.id)
  while (!isFork(node) && node.parents.length === 1) {
    node = nodeAt(graph, node.parents[0] ?? from.id)
    if (isFork(node) || node.parents.length > 1) return
    add(labels, node.revision.id, from.label)
  }
}

function isFork(node: RevisionNode): boolean {
  return node.children.length + node.dependents.length > 1
}

function add(labels: Map<RevisionId, readonly string[]>, id: RevisionId, label: string): void {
  const before = labels.get(id) ?? NONE
  if (!before.includes(label)) labels.set(id, [...before, label])
}

/** Shares the first list that holds everything: a long branch has one list, not one each. */
function union(
  own: readonly string[],
  inherited: readonly (readonly string[])[],
): readonly string[] {
  const lists = [own, ...inherited].filter((list) => list.length > 0)
  const whole = lists.find((list) => lists.every((other) => covers(list, other)))
  return whole ?? [...new Set(lists.flat())]
}

function covers(list: readonly string[], other: readonly string[]): boolean {
  return list === other || other.every((label) => list.includes(label))
}
