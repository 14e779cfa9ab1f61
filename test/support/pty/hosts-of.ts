/** The processes that work for open screens. */
import { execFileSync } from 'node:child_process'
import type { PtyScreen } from './pty-screen.js'

/** Their ids, oldest first: the one that looks is started before the one that runs. */
export function hostsOf({ pid }: PtyScreen): readonly number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' })
  return listed
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((found) => {
      const [, id, parent, stat = '', command = ''] = found ?? []
      const isHost = Number(parent) === pid && command.includes('dist/host.js')
      return isHost && !stat.startsWith('Z') ? [Number(id)] : []
    })
    .sort((one, other) => one - other)
}
