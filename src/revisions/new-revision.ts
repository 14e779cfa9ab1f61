/** Where a new revision goes: the parents it follows and the names it depends on. */
import { MigrateError } from '../errors.js'
import type { RevisionGraph } from './graph.js'
import { nodeAt } from './graph.js'
import { labelsByRevision } from './labels.js'
import { resolveRevisions } from './resolve.js'
import type { RevisionId } from './revision.js'
import { typedId } from './revision.js'

/** What a new revision is asked to follow: arguments such as `head`, and whether it may start a branch. */
export interface ParentRequest {
  readonly targets: readonly string[]
  readonly splice: boolean
}

/**
 * The parents of a new revision in the order asked for; none for `base`.
 * @throws MigrateError `REV_NOT_A_HEAD` where one has a child already and `splice` is not asked
 *   for, `REV_REPEATED` where one comes twice, and as `resolveRevisions`
 */
export function newParents(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  { targets, splice }: ParentRequest,
): readonly RevisionId[] {
  const parents: RevisionId[] = []
  for (const target of targets) {
    for (const { id } of resolveRevisions(graph, applied, target)) {
      if (parents.includes(id)) throw repeated(id)
      if (!splice && nodeAt(graph, id).children.length > 0) throw notAHead(graph, id)
      parents.push(id)
    }
  }
  return parents
}

/**
 * The names to write into `dependsOn`: a label that the revision bears stays a label, and anything
 * else becomes the whole id.
 * @throws MigrateError as `resolveRevisions`
 */
export function dependencyNames(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  names: readonly string[],
): readonly string[] {
  const labels = labelsByRevision(graph)
  return names.flatMap((name) =>
    resolveRevisions(graph, applied, name).map(({ id }) =>
      (labels.get(id) ?? []).includes(name) ? name : id,
    ),
  )
}

function repeated(id: RevisionId): MigrateError {
  return new MigrateError('REV_REPEATED', 2, `Revision ${id} is named twice as a parent.`, {
    fix: 'Name each parent once.',
    details: { revision: id },
  })
}

function notAHead(graph: RevisionGraph, id: RevisionId): MigrateError {
  const { children } = nodeAt(graph, id)
  const followed = `${children.join(', ')} ${children.length === 1 ? 'follows' : 'follow'} it`
  return new MigrateError('REV_NOT_A_HEAD', 2, `Revision ${id} is not a head: ${followed}.`, {
    fix: `Add --splice to start a new branch there, or name ${typedId(id)}@head for the end of its branch.`,
    details: { revision: id, children },
  })
}
