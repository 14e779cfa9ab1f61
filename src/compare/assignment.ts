/** Who goes with whom, each at most once. */

export interface ScoredPair {
  readonly from: string
  readonly to: string
  readonly score: number
}

/** With more pairs than this the best of each is enough: nobody answers hundreds of questions. */
const MANY_PAIRS = 200

/**
 * The pairs of a one-to-one assignment whose scores add up to most, the best pair first. It begins
 * with the best pair and the best of what is left, and takes in another pair as long as that makes
 * the sum larger.
 */
export function bestAssignment<T extends ScoredPair>(pairs: readonly T[]): readonly T[] {
  const sorted = pairs.toSorted((a, b) => b.score - a.score)
  let chosen = filledUp([], sorted)
  let better = sorted.length > MANY_PAIRS ? null : improved(chosen, sorted)
  while (better !== null) {
    chosen = better
    better = improved(chosen, sorted)
  }
  return chosen.toSorted((a, b) => b.score - a.score)
}

/** The assignment with one more pair in place of its rivals, filled up again; null where none is better. */
function improved<T extends ScoredPair>(
  chosen: readonly T[],
  sorted: readonly T[],
): readonly T[] | null {
  const least = sumOf(chosen) + 1e-9
  for (const pair of sorted) {
    const next = filledUp([pair, ...chosen.filter((each) => !areRivals(each, pair))], sorted)
    if (sumOf(next) > least) return next
  }
  return null
}

/** The pairs chosen, and of the others, in order, each that is still possible. */
function filledUp<T extends ScoredPair>(chosen: readonly T[], others: readonly T[]): readonly T[] {
  const from = new Set(chosen.map((pair) => pair.from))
  const to = new Set(chosen.map((pair) => pair.to))
  const more = others.filter((pair) => {
    if (from.has(pair.from) || to.has(pair.to)) return false
    from.add(pair.from)
    to.add(pair.to)
    return true
  })
  return [...chosen, ...more]
}

function areRivals(a: ScoredPair, b: ScoredPair): boolean {
  return a.from === b.from || a.to === b.to
}

function sumOf(pairs: readonly ScoredPair[]): number {
  return pairs.reduce((sum, pair) => sum + pair.score, 0)
}
