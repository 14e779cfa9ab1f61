/** The revisions that `history -r` shows. */
import { anchored, atMostOne, onBranch, readArgument } from './anchor.js'
import { notAncestor } from './choice-errors.js'
import type { Expression, RangeExpression } from './expression.js'
import { parseRange } from './expression.js'
import type { RevisionGraph } from './graph.js'
import { branchLine } from './name.js'
import type { Revision, RevisionId } from './revision.js'
import { stepsDown, stepsUp } from './steps.js'
import { bases, resolvedHeads, withAncestors, withDescendants } from './walk.js'

/** What a range is read against. */
interface Place {
  readonly graph: RevisionGraph
  readonly applied: ReadonlySet<RevisionId>
}

/**
 * The revisions of a range with both its ends, newest first. `a:` goes to the heads and `:b` comes
 * from base; `-3:b` starts three before its end and `a:+2` ends two after its start; steps stop
 * where the history does. From base, the dependencies on other branches are in it; from a revision
 * or `label@base`, only what follows that.
 * @throws MigrateError with a code that starts with `REV_`
 */
export function historyRange(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
  range: string,
): readonly Revision[] {
  const place = { graph, applied }
  const { from, to } = readRange(graph, range)
  const countsFromStart = to !== null && to.anchor === null && to.steps > 0
  const ends = countsFromStart
    ? stepsFrom(place, startsOf(place, from, []) ?? [], to)
    : endsOf(place, from, to)
  const starts = startsOf(place, from, ends)
  const reached = withAncestors(graph, ends)
  const stray = starts?.find((id) => !reached.has(id))
  if (stray !== undefined) throw notAncestor(range, stray)
  const after = starts === null ? null : withDescendants(graph, starts, 'branches')
  return graph.order.filter(({ id }) => reached.has(id) && (after?.has(id) ?? true)).reverse()
}

/** An end that is exactly an id is that revision, as everywhere. */
function readRange(graph: RevisionGraph, range: string): RangeExpression {
  const { from, to } = parseRange(range)
  return {
    from: from && readArgument(graph, from.written),
    to: to && readArgument(graph, to.written),
  }
}

/** The ends of a range; without one the heads, of its start's branch where that names one. */
function endsOf(
  place: Place,
  from: Expression | null,
  to: Expression | null,
): readonly RevisionId[] {
  if (to !== null) return counted(place, to)
  const all = resolvedHeads(place.graph).map(({ id }) => id)
  // From the base of a branch everything is shown that came of it, as Alembic documents.
  return from?.anchor?.kind === 'base' ? all : onBranch(place.graph, from?.branch ?? null, all)
}

/** Where a range starts; null where it starts before everything. */
function startsOf(
  place: Place,
  from: Expression | null,
  ends: readonly RevisionId[],
): readonly RevisionId[] | null {
  if (from === null) return null
  if (from.anchor === null && from.steps < 0) {
    return stepsBefore(place, onBranch(place.graph, from.branch, ends), -from.steps)
  }
  const starts = isBranchBase(from) ? basesOf(place.graph, from.branch) : counted(place, from)
  // Nothing at the start is base, such as `current` in an empty database.
  return starts.length === 0 ? null : starts
}

/** The ids that an end of a range stands for, its steps counted as far as they lead. */
function counted(place: Place, expression: Expression): readonly RevisionId[] {
  const { anchor, steps, branch, written } = expression
  const { graph, applied } = place
  if (anchor === null && steps < 0) {
    const heads = resolvedHeads(graph).map(({ id }) => id)
    return stepsBefore(place, onBranch(graph, branch, heads), -steps) ?? []
  }
  const current: Expression = { ...expression, anchor: anchor ?? { kind: 'current' } }
  const starts = anchored(graph, applied, current)
  if (steps === 0) return starts
  const start = atMostOne(graph, written, starts)
  return steps > 0 ? stepsFrom(place, start, expression) : (stepsBefore(place, start, -steps) ?? [])
}

/** The last revision up to so many steps after each start, or after base. */
function stepsFrom(
  { graph }: Place,
  starts: readonly RevisionId[],
  { branch, steps }: Expression,
): readonly RevisionId[] {
  const line = branch === null ? null : branchLine(graph, branch)
  return (starts.length === 0 ? [null] : starts).flatMap((start) => {
    const reached = stepsUp(graph, start, { steps, line })
    return reached.kind === 'base' ? [] : (reached.id ?? [])
  })
}

/** The revisions so many steps before; null where one of the ways goes back to base. */
function stepsBefore(
  { graph }: Place,
  ids: readonly RevisionId[],
  steps: number,
): readonly RevisionId[] | null {
  const reached = ids.map((id) => stepsDown(graph, id, steps))
  if (reached.some(({ kind }) => kind !== 'revision')) return null
  return reached.flatMap((one) => (one.kind === 'revision' ? [one.id] : []))
}

function isBranchBase({ anchor, steps, branch }: Expression): boolean {
  return anchor?.kind === 'base' && steps === 0 && branch !== null
}

function basesOf(graph: RevisionGraph, branch: string | null): readonly RevisionId[] {
  return onBranch(
    graph,
    branch,
    bases(graph).map(({ id }) => id),
  )
}
