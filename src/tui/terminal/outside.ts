/** Lends the terminal to something else, and takes it back. */
import type { Streams } from './streams.js'

/** How long after it the keyboard is dropped, in ms: type-ahead, and late answers of the terminal. */
const MUTE_MS = 50

/**
 * What `work` answers; while it runs, nothing of ours reads the keyboard or paints, and the normal
 * screen shows. What is mounted stays so, and its newest frame is painted after it; the answer comes
 * once keys are taken again.
 */
export async function outside<Answer>(
  { terminal, keys, frames }: Streams,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (terminal.isLent) throw new Error('The terminal is lent already.')
  frames.pause()
  const stopped = keys.stop()
  terminal.lend()
  try {
    await stopped
    return await work()
  } finally {
    const open = keys.mute(MUTE_MS)
    // The keyboard first: what is typed from here on must not be echoed.
    keys.start()
    await open
    // Whoever sees the screen can use it: a key pressed at it is never one that is dropped.
    terminal.takeBack()
    frames.resume()
  }
}
