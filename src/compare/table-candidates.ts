/** Tables that no model claims and tables that are new, which may be renamed ones. */
import { isSame } from '../operations/equal.js'
import type { Table } from '../schema/table.js'
import { bestAssignment, type ScoredPair } from './assignment.js'
import type { IsApart } from './column-candidates.js'
import type { RenameCandidate } from './comparison.js'
import { nameSimilarity } from './similarity.js'

const THRESHOLD = 0.5

/** Above this many pairs only those are looked at of which one name holds the other: `users`, `shop_users`. */
const MANY_PAIRS = 20_000

/**
 * The best one-to-one candidates among canonical tables that only one side has. The share of columns
 * with the same name and type counts 0.6, the name 0.3, the same primary key 0.1; without any such
 * column there is no candidate.
 */
export function tableCandidates(
  dropped: readonly Table[],
  added: readonly Table[],
  isApart: IsApart,
): readonly RenameCandidate[] {
  const many = dropped.length * added.length > MANY_PAIRS
  const pairs = dropped.flatMap((from) =>
    added.flatMap((to) => {
      if ((many && !holdsOther(from.name, to.name)) || isApart(from.name, to.name)) return []
      const pair = scored(from, to)
      return pair !== null && pair.score >= THRESHOLD ? [pair] : []
    }),
  )
  return bestAssignment(pairs).map(({ from, to, score, evidence }) => ({
    table: from,
    column: null,
    to,
    score,
    evidence,
  }))
}

function holdsOther(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  return left.includes(right) || right.includes(left)
}

type Evidenced = ScoredPair & { readonly evidence: readonly string[] }

function scored(from: Table, to: Table): Evidenced | null {
  const types = new Map(to.columns.map((column) => [column.name, column.type]))
  const shared = from.columns.filter(
    (column) => types.has(column.name) && isSame(types.get(column.name), column.type),
  ).length
  if (shared === 0) return null
  const all = Math.max(from.columns.length, to.columns.length)
  const similarity = nameSimilarity(from.name, to.name)
  const sameKey = isSame(from.primaryKey?.columns ?? [], to.primaryKey?.columns ?? [])
  const score = (0.6 * shared) / all + 0.3 * similarity + (sameKey ? 0.1 : 0)
  return {
    from: from.name,
    to: to.name,
    score: Math.round(score * 100) / 100,
    evidence: [
      `${shared} of ${all} columns have the same name and type`,
      ...(similarity >= 0.4 ? [`the names are alike (${similarity.toFixed(2)})`] : []),
      ...(sameKey && from.primaryKey !== null ? ['the same primary key'] : []),
    ],
  }
}
