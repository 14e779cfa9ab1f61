/** The names that a person probably meant by one that nothing is called. */
import { distance as editDistance } from 'fastest-levenshtein'

const MOST = 3

/** At most three of the candidates, nearest first: by a slip or two, or because they contain it. */
export function nearNames(name: string, candidates: Iterable<string>): readonly string[] {
  const lower = name.toLowerCase()
  // One slip in three letters is a slip; more is another word.
  const limit = Math.max(1, Math.floor(name.length / 3))
  const near: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of candidates) {
    const other = candidate.toLowerCase()
    if (lower.length > 2 && other.includes(lower)) near.push({ candidate, distance: limit })
    else if (Math.abs(other.length - lower.length) <= limit) {
      const distance = editDistance(lower, other)
      if (distance <= limit) near.push({ candidate, distance })
    }
  }
  return near
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

/** `Did you mean a or b?`, or the empty string for none. */
export function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `Did you mean ${names.join(' or ')}?`
}
