/** Takes the terminal again after anybody stopped this process and the shell continued it. */
import type { Streams } from './streams.js'

/**
 * Watches for it until the function it returns is called. After our own ctrl-z the terminal is lent and
 * taken back by who lent it; after a `kill -STOP` the shell made it a shell's, and nobody told us.
 */
export function watchContinued({ terminal, keys, frames }: Streams): () => void {
  const again = (): void => {
    // Only the foreground hears of a new size; Node reads the size again at this signal.
    if (process.platform !== 'win32') process.kill(process.pid, 'SIGWINCH')
    if (terminal.isLent) return
    keys.retake()
    terminal.enterAgain()
    frames.resume()
  }
  process.on('SIGCONT', again)
  return () => {
    process.off('SIGCONT', again)
  }
}
