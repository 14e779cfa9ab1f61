/** Answers kept: the same few types, defaults, checks and tables are asked for a thousand times. */

export interface Memo<T> {
  get(text: string): T | undefined
  /** Remembers and gives what was made of a text. */
  keep(text: string, made: T): T
}

/** A memory of what was made of texts; beyond `limit` of them it begins anew. */
export function createMemo<T>(limit: number): Memo<T> {
  const known = new Map<string, T>()
  return {
    get: (text) => known.get(text),
    keep(text, made) {
      if (known.size >= limit) known.clear()
      known.set(text, made)
      return made
    },
  }
}

/** Answers that a function keeps at most. */
const MOST = 5000

/** The same function of a text, which works each answer out once. */
export function remembered<V extends object | string | null>(
  answer: (text: string) => V,
): (text: string) => V {
  const memo = createMemo<V>(MOST)
  return (text) => {
    const known = memo.get(text)
    return known === undefined ? memo.keep(text, answer(text)) : known
  }
}
