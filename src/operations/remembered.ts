/** Answers kept: the same few types, defaults and checks stand in a thousand tables. */

/** Answers that are kept at most; then all are forgotten. */
const MOST = 5000

/** The same function of a text, which works each answer out once. */
export function remembered<V>(answer: (text: string) => V): (text: string) => V {
  const answers = new Map<string, V>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined || answers.has(text)) return known as V // of this key
    const found = answer(text)
    if (answers.size >= MOST) answers.clear()
    answers.set(text, found)
    return found
  }
}
