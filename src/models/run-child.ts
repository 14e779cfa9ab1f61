/** Starts the child that reads models, and watches it to its answer or its end. */
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { MigrateError } from '../errors.js'
import { PROGRESS_FD } from './messages.js'
import type { ChildMessage, ChildRequest, Progress } from './messages.js'
import { changedEnvironment, startChild } from './start-child.js'

/** Characters of a child's output that are kept for when it dies. */
const OUTPUT_LIMIT = 4000

/** How a child ended, and what it was doing when it did. */
export type Ending =
  | { readonly kind: 'answered'; readonly message: ChildMessage }
  | { readonly kind: 'stuck'; readonly during: Progress; readonly output: string }
  | {
      readonly kind: 'died'
      readonly during: Progress
      readonly how: string
      readonly output: string
    }

/** Runs one child to its answer or its end; it is gone when this returns. */
export async function runChild(
  childPath: string,
  request: Omit<ChildRequest, 'environment'>,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Ending> {
  const { child, environment } = startChild(childPath)
  const asked = { ...request, environment: changedEnvironment(environment) }
  try {
    return await waitFor(child, asked, timeout, signal)
  } finally {
    child.kill('SIGKILL')
  }
}

function waitFor(
  child: ChildProcess,
  request: ChildRequest,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let during: Progress = { file: null, model: null, surely: true }
    let output = ''
    const stuck = (): void => {
      finish({ kind: 'stuck', during, output })
    }
    const interrupted = (): void => {
      clearTimeout(timer)
      reject(
        new MigrateError('INTERRUPTED', 130, 'Loading the models was interrupted.', {
          fix: 'Run the command again.',
        }),
      )
    }
    const timer = setTimeout(stuck, timeout)
    const finish = (ending: Ending): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', interrupted)
      resolve(ending)
    }
    readLines(child, (line) => {
      during = line
      timer.refresh()
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_LIMIT)
      })
    }
    child.once('message', (message) => {
      // Our own child's only message.
      finish({ kind: 'answered', message: message as ChildMessage })
    })
    child.once('error', reject)
    // `close` and not `exit`: what it last said may still be on its way.
    child.once('close', (code, killedBy) => {
      finish({ kind: 'died', during, how: killedBy ?? `exit code ${code ?? 0}`, output })
    })
    signal?.addEventListener('abort', interrupted)
    if (signal?.aborted === true) interrupted()
    child.send(request, (error) => {
      // It died before it could be asked, and `close` tells how.
      if (error !== null) output += error.message
    })
  })
}

function readLines(child: ChildProcess, report: (progress: Progress) => void): void {
  const stream = child.stdio[PROGRESS_FD]
  if (stream === null || stream === undefined || !('read' in stream)) return
  createInterface({ input: stream }).on('line', (line) => {
    // Our own child's lines.
    report(JSON.parse(line) as Progress)
  })
}
