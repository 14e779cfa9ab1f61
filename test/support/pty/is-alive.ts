/** Looks at a process by its id. */
import { readFileSync } from 'node:fs'

/** Whether it runs; one that ended and that nobody has waited for does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    // Not Linux, where init waits for everyone.
    return true
  }
}
