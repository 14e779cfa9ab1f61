/** The streams of rows that a script has open, while other statements want the same session. */
import type { RowStream } from './knex-module.js'

export interface RowStreams {
  /** How many have the session, and share it. */
  sharing(): number
  /**
   * Knows a stream of Knex's, to which the driver will write rows, until it is closed. One of a
   * transaction's has no session of its own to share.
   */
  add(stream: RowStream, isSharing: boolean): void
  /**
   * Lets every open stream take in the rest of its rows. A server answers one statement after the
   * other: one that waits for a stream whose reader waits for that statement would wait for ever.
   */
  takeAll(): void
}

export function createRowStreams(): RowStreams {
  /** What lets a stream take in everything. */
  const open = new Map<RowStream, () => void>()
  let sharing = 0
  return {
    sharing: () => sharing,
    add(stream, isSharing) {
      open.set(stream, boundless(stream))
      if (isSharing) sharing += 1
      // Before Knex hears of it and gives the session back.
      stream.prependListener('close', () => {
        open.delete(stream)
        if (isSharing) sharing -= 1
      })
    },
    takeAll() {
      for (const take of open.values()) take()
    },
  }
}

/** Makes a stream's bound one that can be lifted: then it takes whatever is written to it. */
function boundless(stream: RowStream): () => void {
  const write = stream.write.bind(stream)
  let isLifted = false
  stream.write = (...row: readonly unknown[]) => write(...row) || isLifted
  return () => {
    if (isLifted) return
    isLifted = true
    // Whoever writes has been told to wait for this.
    stream.emit('drain')
  }
}
