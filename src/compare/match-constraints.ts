/** Which constraint of the database is which of the model's. */
import type { Constraint } from './constraints.js'

export interface MatchedConstraint {
  readonly current: Constraint | null
  readonly wanted: Constraint | null
  readonly isSame: boolean
}

/**
 * Pairs constraints, every one of either side once:
 *
 * 1. The same name and the same content: no difference.
 * 2. The same content, and a name that nobody chose on at least one side: no difference, and what
 *    exists keeps its name. So an index whose automatic name stems from an older name of its table
 *    or column is not made anew.
 * 3. The same name and another content: a change.
 * 4. What is left is only on one side. Two chosen names for the same content are such a drop and an
 *    add, of every kind: names stand in scripts and in error handlers, and who changes one means it.
 */
export function matchConstraints(
  current: readonly Constraint[],
  wanted: readonly Constraint[],
): readonly MatchedConstraint[] {
  const open = new Set(current)
  const matched = new Map<Constraint, MatchedConstraint>()
  const pair = (rule: Rule, isSame: boolean): void => {
    for (const each of wanted) {
      if (matched.has(each)) continue
      const other = [...open].find((candidate) => rule(candidate, each))
      if (other === undefined) continue
      open.delete(other)
      matched.set(each, { current: other, wanted: each, isSame })
    }
  }
  pair((a, b) => a.name === b.name && a.content === b.content, true)
  pair((a, b) => a.content === b.content && (a.isAutomatic || b.isAutomatic), true)
  pair((a, b) => a.name === b.name && a.neutral.kind === b.neutral.kind, false)
  const added = wanted.map(
    (each) => matched.get(each) ?? { current: null, wanted: each, isSame: false },
  )
  const dropped = [...open].map((each) => ({ current: each, wanted: null, isSame: false }))
  return withoutClashes([...added, ...dropped])
}

/** What exists gives its name up where the model gives that name to something new. */
function withoutClashes(matched: readonly MatchedConstraint[]): readonly MatchedConstraint[] {
  const isNew = new Set(matched.flatMap((each) => (each.isSame ? [] : (each.wanted?.name ?? []))))
  const clashes = ({ current, wanted, isSame }: MatchedConstraint): boolean =>
    isSame && current?.name !== wanted?.name && isNew.has(current?.name ?? '')
  return matched.some(clashes)
    ? withoutClashes(matched.map((each) => (clashes(each) ? { ...each, isSame: false } : each)))
    : matched
}

type Rule = (current: Constraint, wanted: Constraint) => boolean
