/** Remembers what was made of texts, up to a number of them. */

export interface Memo<T> {
  get(text: string): T | undefined
  /** Remembers and gives what was made of a text. */
  keep(text: string, made: T): T
}

/** Beyond `limit` texts it begins anew. */
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
