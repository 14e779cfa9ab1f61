/** The process of a host, started before anybody knows what to ask it. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface ForkedHost {
  readonly child: ChildProcess
  /** The folder that it works in. */
  readonly cwd: string
}

/** Forks a host. Nothing that it prints reaches the terminal, and it ends with this process. */
export function forkHost(cwd: string): ForkedHost {
  const child = fork(hostPath(), [], {
    cwd,
    // Not our own: a debugger's port would be taken twice.
    execArgv: [],
    serialization: 'advanced',
    // The last is the lifeline: it is closed when this process is gone, however that happens.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
  })
  const endWithUs = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  // Whoever uses it asks whether it lives.
  child.on('error', () => undefined)
  return { child, cwd }
}

/** The host's entry: in `dist` beside this, or built from a checkout whose tests run this source. */
function hostPath(): string {
  const beside = fileURLToPath(new URL('host.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/host.js', import.meta.url))
}
