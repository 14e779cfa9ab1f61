/** Starts the child that reads models, and watches it to its answer or its end. */
import { MigrateError } from '../errors.js'
import type { Answer, ChildMessage, ChildRequest, Progress } from './messages.js'
import { readAnswer, readLine } from '../shared-file.js'
import { changedEnvironment, end, startChild } from './start-child.js'
import type { StartedChild } from './start-child.js'

/** Characters of a child's output that are kept for when it dies. */
const OUTPUT_LIMIT = 4000

/** How often the parent looks before it takes a child that tells nothing new for stuck. */
const LOOKS = 20

/** How a child ended, and what it was doing when it did. */
export type Ending =
  | { readonly kind: 'answered'; readonly answer: Answer }
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
  const started = startChild(childPath)
  const asked = { ...request, environment: changedEnvironment(started.environment) }
  try {
    return await waitFor(started, asked, timeout, signal)
  } finally {
    end(started)
  }
}

function waitFor(
  { child, shared }: StartedChild,
  request: ChildRequest,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let output = ''
    let isOver = false
    /** The first ending counts: after it, the shared file may be closed. */
    const over = (settle: () => void): void => {
      if (isOver) return
      isOver = true
      clearInterval(watch)
      signal?.removeEventListener('abort', interrupted)
      try {
        settle()
      } catch (thrown) {
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
      }
    }
    const interrupted = (): void => {
      over(() => {
        reject(
          new MigrateError('INTERRUPTED', 130, 'Loading the models was interrupted.', {
            fix: 'Run the command again.',
          }),
        )
      })
    }
    const watch = watchProgress(shared, timeout, () => {
      over(() => {
        resolve({ kind: 'stuck', during: progressIn(shared), output })
      })
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_LIMIT)
      })
    }
    child.once('message', (message) => {
      over(() => {
        // Our own child's only message.
        resolve({ kind: 'answered', answer: answerIn(shared, message as ChildMessage) })
      })
    })
    child.once('error', (error) => {
      over(() => {
        reject(error)
      })
    })
    // `close` and not `exit`: what it last printed may still be on its way.
    child.once('close', (code, killedBy) => {
      over(() => {
        const how = killedBy ?? `exit code ${code ?? 0}`
        resolve({ kind: 'died', during: progressIn(shared), how, output })
      })
    })
    signal?.addEventListener('abort', interrupted)
    if (signal?.aborted === true) interrupted()
    child.send(request, (error) => {
      // It died before it could be asked, and `close` tells how.
      if (error !== null) output += error.message
    })
  })
}

/** Calls `stuck` when the child has told nothing new for `timeout` milliseconds, and a twentieth of that. */
function watchProgress(shared: number, timeout: number, stuck: () => void): NodeJS.Timeout {
  const pause = timeout / LOOKS
  let last = ''
  let same = 0
  return setInterval(() => {
    const line = readLine(shared)
    same = line === last ? same + 1 : 0
    last = line
    if (same >= LOOKS) stuck()
  }, pause)
}

function progressIn(shared: number): Progress {
  const line = readLine(shared)
  // Our own child's line; none where it has not begun.
  return line === '' ? { file: null, model: null, surely: true } : (JSON.parse(line) as Progress)
}

function answerIn(shared: number, message: ChildMessage): Answer {
  if (message.kind !== 'written') return message
  // Our own child's answer.
  return JSON.parse(readAnswer(shared, message.bytes)) as Answer
}
