/** Who holds a database's locks, where the system tells: Linux lists file locks in /proc/locks. */
import { existsSync, readFileSync, statSync } from 'node:fs'

export interface LockHolder {
  readonly pid: number
  readonly command: string
}

/** The byte that a writer of the rollback journal locks (RESERVED), and of the WAL's `-shm` file. */
const RESERVED_BYTE = 0x40000001
const WAL_WRITE_BYTE = 120
/** The first of the bytes that every reader of the rollback journal locks (SHARED). */
const SHARED_BYTE = 0x40000002

/**
 * The other processes that write to this file, or read it; none where nobody can tell. A COMMIT waits
 * for readers while this process holds the write lock itself.
 */
export function lockHolders(file: string, doing: 'writing' | 'reading'): readonly LockHolder[] {
  try {
    const locks = readFileSync('/proc/locks', 'utf8')
    const shm = `${file}-shm`
    const pids =
      doing === 'reading'
        ? holdersOf(locks, file, SHARED_BYTE)
        : [
            ...holdersOf(locks, file, RESERVED_BYTE),
            ...(existsSync(shm) ? holdersOf(locks, shm, WAL_WRITE_BYTE) : []),
          ]
    return [...new Set(pids)]
      .filter((pid) => pid !== process.pid)
      .map((pid) => ({ pid, command: commandOf(pid) }))
  } catch {
    return []
  }
}

/** `1: POSIX  ADVISORY  WRITE 3568 fd:00:2531452 0 EOF`, see proc_locks(5). */
function holdersOf(locks: string, file: string, byte: number): readonly number[] {
  const { ino } = statSync(file)
  return locks.split('\n').flatMap((line) => {
    const found = /(?:POSIX|OFDLCK) +\S+ +(?:READ|WRITE) +(\d+) +\S+:(\d+) (\d+) (\d+|EOF)/.exec(
      line,
    )
    const [, pid, inode, first, last] = found ?? []
    const holds = Number(first) <= byte && (last === 'EOF' || Number(last) >= byte)
    return Number(inode) === ino && holds ? [Number(pid)] : []
  })
}

function commandOf(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words
      .join(' ')
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 80)
  } catch {
    return 'unknown'
  }
}
