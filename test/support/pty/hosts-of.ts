/** The processes that work for open screens. */
import { execFileSync } from 'node:child_process'
import type { PtyScreen } from './pty-screen.js'

interface Running {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** The ids of the hosts, oldest first: the one that looks is started before the one that runs. */
export function hostsOf(screen: PtyScreen): readonly number[] {
  return startedBy(screen.pid)
    .flatMap(({ pid, command }) => (command.includes('dist/host.cjs') ? [pid] : []))
    .sort((one, other) => one - other)
}

/** The processes that a process started and that still run. */
export function startedBy(parent: number): readonly Running[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' })
  return listed
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((found) => {
      const [, pid, own, state = '', command = ''] = found ?? []
      const isRunning = Number(own) === parent && !state.startsWith('Z')
      return isRunning ? [{ pid: Number(pid), parent, command }] : []
    })
}
