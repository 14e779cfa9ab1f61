/** Notices that another process moved the database: asks now and then where its log stands. */

/** Milliseconds between two looks. */
const EVERY = 2000

export interface Pulse {
  /** The position that is shown now. */
  readonly at: (position: number) => void
  /** Our own run moves it: nothing is compared until a position is told again. */
  readonly rest: () => void
  readonly close: () => void
}

/** Looks until it is closed; a look that fails says nothing. */
export function createPulse({
  ask,
  moved,
}: {
  readonly ask: () => Promise<number>
  readonly moved: () => void
}): Pulse {
  let shown: number | null = null
  let isAsking = false
  const look = async (): Promise<void> => {
    if (isAsking || shown === null) return
    isAsking = true
    const before = shown
    try {
      const now = await ask()
      if (now === before || now === shown || shown !== before) return
      shown = null
      moved()
    } catch {
      // The database may be away for a moment; whatever is asked of it next says so.
    } finally {
      isAsking = false
    }
  }
  const timer = setInterval(() => void look(), EVERY)
  return {
    at: (position) => {
      shown = position
    },
    rest: () => {
      shown = null
    },
    close: () => {
      clearInterval(timer)
    },
  }
}
