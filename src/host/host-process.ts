/** One forked host: its messages, what it prints, and its end. */
import type { ChildProcess } from 'node:child_process'
import { maskSecrets } from '../project/secrets.js'
import type { FromHost, ToHost } from './calls.js'
import type { Ending } from './died.js'
import type { ForkedHost } from './fork-host.js'
import { forkHost } from './fork-host.js'

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

/** A host that works in a folder: `waiting`, where that one does and lives, or a new one. */
export function startHost(
  cwd: string,
  listener: HostListener,
  waiting: ForkedHost | null = null,
): HostProcess {
  const isFit = waiting !== null && waiting.cwd === cwd && waiting.child.connected
  if (!isFit) waiting?.child.kill('SIGKILL')
  const { child } = isFit ? waiting : forkHost(cwd)
  const output = outputOf(child)
  let isOver = false
  const end = (how: string): void => {
    if (isOver) return
    isOver = true
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
    kill: () => {
      child.kill('SIGKILL')
    },
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
