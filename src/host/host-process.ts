/** One forked host: its messages, what it prints, and its end. */
import type { ChildProcess } from 'node:child_process'
import { maskSecrets } from '../project/secrets.js'
import { readAnswer } from '../shared-file.js'
import type { FromHost, LeftInFile, ToHost } from './calls.js'
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
  const { child, answers } = isFit ? waiting : forkHost(cwd)
  const output = outputOf(child)
  let isOver = false
  const end = (how: string): void => {
    if (isOver) return
    isOver = true
    listener.ended({ how, output: maskSecrets(output()) })
  }
  child.on('message', (message: FromHost | LeftInFile) => {
    if (message.kind !== 'doneInFile') listener.message(message)
    // The file is closed with the host.
    else if (answers !== null && !isOver) listener.message(taken(child, answers, message))
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

/** Reads the answer that was left in the file, and lets the host write the next. */
function taken(child: ChildProcess, answers: number, { id, bytes }: LeftInFile): FromHost {
  const text = readAnswer(answers, bytes)
  const read: ToHost = { kind: 'taken' }
  if (child.connected) child.send(read, () => undefined)
  return { kind: 'doneInText', id, text }
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
