/** The graph of all revisions, checked and ordered once, so that everything else only reads. */
import {
  badName,
  cycle,
  duplicateId,
  duplicateLabel,
  missingDependency,
  missingParent,
} from './graph-errors.js'
import type { Revision, RevisionId } from './revision.js'
import { nameProblem } from './revision.js'

export interface RevisionNode {
  readonly revision: Revision
  /** As `revision.parents`, each once. */
  readonly parents: readonly RevisionId[]
  /** What `dependsOn` names, as ids, each once. */
  readonly dependencies: readonly RevisionId[]
  readonly children: readonly RevisionId[]
  /** The revisions that depend on it. */
  readonly dependents: readonly RevisionId[]
}

export interface RevisionGraph {
  readonly nodes: ReadonlyMap<RevisionId, RevisionNode>
  /** Oldest first: every revision after its parents and dependencies, else as they were given. */
  readonly order: readonly Revision[]
  /** The revision that each branch label is written in. */
  readonly labels: ReadonlyMap<string, RevisionId>
}

/** A node while it is being linked. */
interface OpenNode {
  readonly revision: Revision
  parents: RevisionId[]
  dependencies: RevisionId[]
  children: RevisionId[]
  dependents: RevisionId[]
}

/** Shared by all nodes and never added to: most links are none, and most others one. */
const NONE: RevisionId[] = []

/**
 * The graph, in time linear in revisions and links. The order given breaks ties, so give the
 * revisions in the order of their files.
 * @throws MigrateError `REV_BAD_NAME`, `REV_DUPLICATE_ID`, `REV_DUPLICATE_LABEL`,
 *   `REV_MISSING_PARENT`, `REV_MISSING_DEPENDENCY` or `REV_CYCLE`, exit 2
 */
export function buildGraph(revisions: readonly Revision[]): RevisionGraph {
  const nodes = nodesOf(revisions)
  const labels = labelsOf(nodes)
  for (const node of nodes.values()) {
    linkParents(nodes, node)
    linkDependencies(nodes, labels, node)
  }
  return { nodes, labels, order: ordered(nodes) }
}

/** The node of an id that is known to be in the graph. */
export function nodeAt(graph: RevisionGraph, id: RevisionId): RevisionNode {
  const node = graph.nodes.get(id)
  if (node === undefined) throw new Error(`Revision ${id} is not in the graph.`)
  return node
}

/** The revision of an id that is known to be in the graph. */
export function revisionAt(graph: RevisionGraph, id: RevisionId): Revision {
  return nodeAt(graph, id).revision
}

function nodesOf(revisions: readonly Revision[]): Map<RevisionId, OpenNode> {
  const nodes = new Map<RevisionId, OpenNode>()
  for (const revision of revisions) {
    const problem = revision.plain ? null : nameProblem(revision.id)
    if (problem !== null) throw badName(revision, { kind: 'id', name: revision.id, problem })
    const twin = nodes.get(revision.id)
    if (twin !== undefined) throw duplicateId(twin.revision, revision)
    nodes.set(revision.id, {
      revision,
      parents: NONE,
      dependencies: NONE,
      children: NONE,
      dependents: NONE,
    })
  }
  return nodes
}

function labelsOf(nodes: ReadonlyMap<RevisionId, OpenNode>): Map<string, RevisionId> {
  const labels = new Map<string, RevisionId>()
  for (const { revision } of nodes.values()) {
    for (const label of revision.branchLabels) {
      const problem = nameProblem(label)
      if (problem !== null) throw badName(revision, { kind: 'label', name: label, problem })
      const owner = labels.get(label) ?? label
      const other = owner === revision.id ? undefined : nodes.get(owner)
      if (other !== undefined) throw duplicateLabel(label, other.revision, revision)
      labels.set(label, revision.id)
    }
  }
  return labels
}

function linkParents(nodes: ReadonlyMap<RevisionId, OpenNode>, node: OpenNode): void {
  for (const id of node.revision.parents) {
    const parent = nodes.get(id)
    if (parent === undefined) throw missingParent(node.revision, id, [...nodes.keys()])
    if (node.parents.includes(id)) continue
    node.parents = withOneMore(node.parents, id)
    parent.children = withOneMore(parent.children, node.revision.id)
  }
}

function linkDependencies(
  nodes: ReadonlyMap<RevisionId, OpenNode>,
  labels: ReadonlyMap<string, RevisionId>,
  node: OpenNode,
): void {
  for (const name of node.revision.dependsOn) {
    const needed = nodes.get(name) ?? nodes.get(labels.get(name) ?? '')
    if (needed === undefined) {
      throw missingDependency(node.revision, name, [...nodes.keys(), ...labels.keys()])
    }
    if (node.dependencies.includes(needed.revision.id)) continue
    node.dependencies = withOneMore(node.dependencies, needed.revision.id)
    needed.dependents = withOneMore(needed.dependents, node.revision.id)
  }
}

/** The first makes a list as long as it needs to be; one that is added to takes room for seventeen. */
function withOneMore(list: RevisionId[], id: RevisionId): RevisionId[] {
  if (list.length === 0) return [id]
  list.push(id)
  return list
}

/** A place on the way down: the node, and how many of the revisions before it were looked at. */
interface Place {
  readonly node: OpenNode
  next: number
}

/** Depth first with a stack of its own: a history of 8,000 revisions overflows Node's call stack. */
function ordered(nodes: ReadonlyMap<RevisionId, OpenNode>): readonly Revision[] {
  const order: Revision[] = []
  const state = new Map<RevisionId, 'open' | 'done'>()
  for (const start of nodes.values()) {
    if (state.has(start.revision.id)) continue
    if (isNext(start, state)) {
      state.set(start.revision.id, 'done')
      order.push(start.revision)
      continue
    }
    const way: Place[] = [enter(start, state)]
    for (let place = way.at(-1); place !== undefined; place = way.at(-1)) {
      const id = beforeAt(place)
      place.next += 1
      if (id === undefined) {
        way.pop()
        state.set(place.node.revision.id, 'done')
        order.push(place.node.revision)
      } else if (state.get(id) === 'open') {
        const members = way.map(({ node }) => node.revision)
        throw cycle(members.slice(members.findIndex((member) => member.id === id)))
      } else if (!state.has(id)) {
        const node = nodes.get(id)
        if (node !== undefined) way.push(enter(node, state))
      }
    }
  }
  return order
}

/** Whether all that must come before it is in the order already, as where files are sorted by age. */
function isNext(
  { parents, dependencies }: OpenNode,
  state: ReadonlyMap<RevisionId, string>,
): boolean {
  return [parents, dependencies].every((ids) => ids.every((id) => state.get(id) === 'done'))
}

function enter(node: OpenNode, state: Map<RevisionId, 'open' | 'done'>): Place {
  state.set(node.revision.id, 'open')
  return { node, next: 0 }
}

function beforeAt({ node, next }: Place): RevisionId | undefined {
  return next < node.parents.length
    ? node.parents[next]
    : node.dependencies[next - node.parents.length]
}
