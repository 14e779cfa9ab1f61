/** Counting steps along a branch, up or down, with a refusal where the way forks. */
import { ambiguous } from './choice-errors.js'
import type { RevisionGraph } from './graph.js'
import { nodeAt } from './graph.js'
import type { RevisionId } from './revision.js'
import { typedId } from './revision.js'
import { bases } from './walk.js'

/** Where steps led: `base` is the state before every revision. */
export type Reached =
  | { readonly kind: 'revision'; readonly id: RevisionId }
  | { readonly kind: 'base' }
  /** The way ended after `taken` steps, at `id` (null: base). */
  | { readonly kind: 'end'; readonly taken: number; readonly id: RevisionId | null }

/**
 * The revision `steps` children after `from` (null: base). Where `line` is given, only its members
 * are followed.
 * @throws MigrateError `REV_AMBIGUOUS` where several children could be meant
 */
export function stepsUp(
  graph: RevisionGraph,
  from: RevisionId | null,
  way: { readonly steps: number; readonly line: ReadonlySet<RevisionId> | null },
): Reached {
  let at = from
  for (let taken = 0; taken < way.steps; taken += 1) {
    const following = at === null ? bases(graph).map(({ id }) => id) : nodeAt(graph, at).children
    const choices = following.filter((id) => way.line?.has(id) ?? true)
    const [next] = choices
    if (next === undefined) return { kind: 'end', taken, id: at }
    if (choices.length > 1) throw fork(at, choices)
    at = next
  }
  return at === null ? { kind: 'base' } : { kind: 'revision', id: at }
}

/**
 * The revision `steps` parents before `from`.
 * @throws MigrateError `REV_AMBIGUOUS` at a merge point
 */
export function stepsDown(graph: RevisionGraph, from: RevisionId, steps: number): Reached {
  let at: RevisionId | null = from
  for (let taken = 0; taken < steps; taken += 1) {
    if (at === null) return { kind: 'end', taken, id: null }
    const { parents }: { readonly parents: readonly RevisionId[] } = nodeAt(graph, at)
    if (parents.length > 1) throw merge(at, parents)
    at = parents[0] ?? null
  }
  return at === null ? { kind: 'base' } : { kind: 'revision', id: at }
}

function fork(at: RevisionId | null, choices: readonly RevisionId[]): Error {
  const where = at === null ? 'There are several bases' : `Several revisions follow ${at}`
  const [first] = choices
  return ambiguous(
    where,
    choices.map(typedId),
    `Name the revision itself, or its branch before an @, for example ${typedId(first ?? '')}@+1.`,
  )
}

function merge(at: RevisionId, parents: readonly RevisionId[]): Error {
  return ambiguous(
    `${at} is a merge point with ${parents.length} parents`,
    parents.map(typedId),
    'Name the revision that you mean.',
  )
}
