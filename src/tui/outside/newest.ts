/** Tells of what happens faster than anybody can look. */

/** What tells the newest of the values that it is given, at most once in `ms`. */
export function newestOf<Value>(ms: number, tell: (value: Value) => void): (value: Value) => void {
  let waiting: { readonly value: Value } | null = null
  return (value) => {
    if (waiting === null) {
      setTimeout(() => {
        const last = waiting
        waiting = null
        if (last !== null) tell(last.value)
      }, ms).unref()
    }
    waiting = { value }
  }
}
