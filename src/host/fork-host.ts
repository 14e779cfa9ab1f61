/** The process of a host, started before anybody knows what to ask it. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { closeSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openSharedFile } from '../shared-file.js'
import { HAS_ANSWERS_FILE } from './descriptors.js'

export interface ForkedHost {
  readonly child: ChildProcess
  /** Our own number of the file for its large answers; null where none could be made. */
  readonly answers: number | null
  /** The folder that it works in. */
  readonly cwd: string
}

/** Forks a host. Nothing that it prints reaches the terminal, and it ends with this process. */
export function forkHost(cwd: string): ForkedHost {
  const answers = answersFile()
  const child = fork(hostPath(), answers === null ? [] : [HAS_ANSWERS_FILE], {
    cwd,
    // Not our own: a debugger's port would be taken twice.
    execArgv: [],
    serialization: 'advanced',
    // The lifeline, the fifth, is closed when this process is gone, however that happens.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe', answers ?? 'ignore'],
  })
  const endWithUs = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  // Whoever uses it asks whether it lives.
  child.on('error', () => undefined)
  // Not `exit`: what it last said may still be on its way.
  if (answers !== null) {
    child.once('close', () => {
      closeSync(answers)
    })
  }
  return { child, answers, cwd }
}

/**
 * A host sends its large answers where it has no file for them. Nothing is written to it here: where no
 * file may grow the system sends a signal for that, which ends the screens.
 */
function answersFile(): number | null {
  try {
    return openSharedFile()
  } catch {
    return null
  }
}

/** The host's entry: in `dist` beside this, or built from a checkout whose tests run this source. */
function hostPath(): string {
  const beside = fileURLToPath(new URL('host.cjs', import.meta.url))
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../../dist/host.cjs', import.meta.url))
}
