/** Ctrl-z: stops the process until the shell continues it. */
import { outside } from './outside.js'
import type { Streams } from './streams.js'

/** How long to wait for a stop that does not come, in ms. */
const STOP_MS = 200

/**
 * Resolves once the shell continued us. Without job control (a session of its own) nothing stops us, and
 * it goes on at once; Windows has none.
 */
export async function suspend(streams: Streams): Promise<void> {
  if (process.platform === 'win32') return
  await outside(streams, stopHere)
}

function stopHere(): Promise<void> {
  return new Promise((resolve) => {
    // It does not run while we are stopped, and it keeps Node from ending when we are continued.
    const timer = setTimeout(goOn, STOP_MS)
    function goOn(): void {
      clearTimeout(timer)
      process.off('SIGCONT', goOn)
      resolve()
    }
    process.once('SIGCONT', goOn)
    // The whole group: `npm run` and the like have to stop as well.
    process.kill(0, 'SIGTSTP')
  })
}
