/** One forked host: its messages, what it prints, and its end. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { maskSecrets } from '../project/secrets.js'
import type { FromHost, ToHost } from './calls.js'
import type { Ending } from './died.js'

/** Characters of a host's output that are kept for when it dies. */
const OUTPUT_LIMIT = 4000

export interface HostProcess {
  send(message: ToHost): void
  /** Ends it at once. */
  kill(): void
}

/** What a host's owner hears of. */
export interface HostListener {
  message(message: FromHost): void
  /** Once, after its last message. */
  ended(ending: Ending): void
}

/** Starts a host. Nothing that it prints reaches the terminal, and it ends with this process. */
export function startHost(cwd: string, listener: HostListener): HostProcess {
  const child = fork(hostPath(), [], {
    cwd,
    // Not our own: a debugger's port would be taken twice.
    execArgv: [],
    serialization: 'advanced',
    // The last is the lifeline: it is closed when this process is gone, however that happens.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
  })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  const output = outputOf(child)
  let isOver = false
  const end = (how: string): void => {
    if (isOver) return
    isOver = true
    process.off('exit', kill)
    listener.ended({ how, output: maskSecrets(output()) })
  }
  child.on('message', (message: FromHost) => {
    listener.message(message)
  })
  child.once('error', (error) => {
    end(error.message)
  })
  // `close` and not `exit`: what it last said may still be on its way.
  child.once('close', (code, killedBy) => {
    end(killedBy ?? `exit code ${code ?? 0}`)
  })
  return {
    send(message) {
      // It may be gone already, and `close` tells how.
      if (child.connected) child.send(message, () => undefined)
    },
    kill,
  }
}

/** Collects what a child prints; gives the last of it. */
function outputOf(child: ChildProcess): () => string {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_LIMIT)
    })
  }
  return () => output
}

/** The host's entry: in `dist` beside this, or built from a checkout whose tests run this source. */
function hostPath(): string {
  const beside = fileURLToPath(new URL('host.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/host.js', import.meta.url))
}
