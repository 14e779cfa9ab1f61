/** How much alike two names are. */

/** 0 to 1: 1 for names that differ in case alone, else by shared words or by letters, whichever is more. */
export function nameSimilarity(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  if (left === right) return 1
  const letters = 1 - distance(left, right) / Math.max(left.length, right.length)
  return Math.max(letters, sharedWords(a, b))
}

/** Twice the shared words by all words: `name` and `full_name` share one of three. */
function sharedWords(a: string, b: string): number {
  const left = wordsOf(a)
  const right = wordsOf(b)
  const shared = left.filter((word) => right.includes(word)).length
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length)
}

/** `fullName`, `full_name` and `full-name` are the words full and name. */
function wordsOf(name: string): readonly string[] {
  const apart = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  return apart.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** Levenshtein's: how many letters must be put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
