/** The word that was probably meant. */
import { distance as editDistance } from 'fastest-levenshtein'

/** The candidate that a person probably meant by `word`, or null when none is near. */
export function nearMiss(word: string, candidates: readonly string[]): string | null {
  const lower = word.toLowerCase()
  // One slip in three letters is a slip; more is another word.
  const limit = Math.max(1, Math.floor(word.length / 3))
  const near = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(lower, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.candidate ?? null
}

/** Edits between two words; the beginning of a word is near to it, and so is one that begins alike. */
function distanceOf(word: string, candidate: string): number {
  if (word.length > 1 && candidate.startsWith(word)) return 0.5
  const startsAlike = candidate.startsWith(word.slice(0, 1))
  return editDistance(word, candidate) - (startsAlike ? 0.25 : 0)
}

/** ` Did you mean x?` to put behind a sentence, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearMiss(word, candidates)
  return near === null ? '' : ` Did you mean ${near}?`
}
