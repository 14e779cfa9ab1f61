/** What a revision argument starts from: the part of it before any steps. */
import { ambiguous, severalHeads, tooFar } from './choice-errors.js'
import { currentHeads } from './current.js'
import type { Expression } from './expression.js'
import { parseExpression } from './expression.js'
import type { RevisionGraph } from './graph.js'
import { branchLine, revisionNamed, revisionOnBranch } from './name.js'
import type { Revision, RevisionId } from './revision.js'
import { typedId } from './revision.js'
import type { Reached } from './steps.js'
import { heads, lineage } from './walk.js'

/**
 * Reads an argument. One that is exactly an id is that revision, whatever characters it has.
 * @throws MigrateError `REV_SYNTAX`, or `REV_AMBIGUOUS` where it is an id and steps from another
 */
export function readArgument(graph: RevisionGraph, argument: string): Expression {
  const written = argument.trim()
  if (!graph.nodes.has(written)) return parseExpression(argument)
  const [, before = ''] = /^(.+)[+-]\d+$/su.exec(written) ?? []
  if (graph.nodes.has(before)) {
    const steps = written.slice(before.length)
    throw ambiguous(
      `${JSON.stringify(written)} is a revision, and also ${steps} from another`,
      [typedId(written), `"${before}"${steps}`],
      'Put the name that you mean in quotes.',
    )
  }
  return { written, branch: null, anchor: { kind: 'name', text: written }, steps: 0 }
}

/**
 * The ids that an expression starts from; none for base, and for steps that start from nothing
 * written.
 */
export function anchored(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  { anchor, branch, written }: Expression,
): readonly RevisionId[] {
  switch (anchor?.kind) {
    case undefined:
    case 'base':
      return []
    case 'heads':
      // One that another depends on as well: it is what its branch ends at, as in Alembic.
      return onBranch(graph, branch, idsOf(heads(graph)))
    case 'head':
      return atMostOne(graph, written, onBranch(graph, branch, idsOf(heads(graph))))
    case 'current':
      return onBranch(graph, branch, knownHeads(graph, applied))
    case 'name':
      return idsOf([
        branch === null
          ? revisionNamed(graph, anchor.text)
          : revisionOnBranch(graph, anchor.text, branch),
      ])
  }
}

/** The ids, where they are at most one. @throws MigrateError `REV_SEVERAL_HEADS` */
export function atMostOne(
  graph: RevisionGraph,
  written: string,
  ids: readonly RevisionId[],
): readonly RevisionId[] {
  if (ids.length > 1) throw severalHeads(written, ids, waysToName(graph, ids))
  return ids
}

/** Those of the ids that are on a branch; all of them where none is named. */
export function onBranch(
  graph: RevisionGraph,
  branch: string | null,
  ids: readonly RevisionId[],
): readonly RevisionId[] {
  if (branch === null) return ids
  const line = branchLine(graph, branch)
  return ids.filter((id) => line.has(id))
}

/** The current heads that have a file. */
export function knownHeads(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
): readonly RevisionId[] {
  return currentHeads(graph, applied).filter((id) => graph.nodes.has(id))
}

/** The ids that steps led to, none for base. @throws MigrateError `REV_TOO_FAR` */
export function reachedBy({ written, steps }: Expression, reached: Reached): readonly RevisionId[] {
  switch (reached.kind) {
    case 'base':
      return []
    case 'revision':
      return [reached.id]
    case 'end':
      throw tooFar(written, steps, reached.taken)
  }
}

/** How to name each of several heads: by a label that only its branch has, or by its id. */
function waysToName(graph: RevisionGraph, ids: readonly RevisionId[]): readonly string[] {
  const lines = ids.map((id) => lineage(graph, id))
  return ids.map((id, index) => {
    const label = [...graph.labels].find(([, labelled]) =>
      lines.every((line, other) => line.has(labelled) === (other === index)),
    )
    return label === undefined ? typedId(id) : `${label[0]}@head`
  })
}

function idsOf(revisions: readonly Revision[]): readonly RevisionId[] {
  return revisions.map(({ id }) => id)
}
