/** Who runs this process. */
import { userInfo } from 'node:os'

/** The user's name; `uid1234` where the system knows none, as in containers that run under any number. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid${process.getuid?.() ?? ''}`
  }
}
