/** Loads models: one request, one answer, and the parent ends the process. */
import { writeCompiledCode } from '../compiled-code/keep.js'
import { Refused } from './configured.js'
import { installGuards } from './loading/guards.js'
import { SHARED_FD } from './messages.js'
import type { Answer, ChildMessage, ChildRequest, Progress } from './messages.js'
import { readModels } from './read-models.js'
import { writeAnswer, writeLine } from '../shared-file.js'
import { createTracker } from './loading/tracker.js'

process.once('message', (request: ChildRequest) => {
  void answerTo(request)
})

async function answerTo(request: ChildRequest): Promise<void> {
  settleIn(request)
  const tracker = createTracker(request.knownBad, reportProgress)
  const guards = installGuards(tracker)
  process.once('disconnect', () => guards.end(1))
  const answer = await readModels(request, tracker, guards).then(
    (loaded): Answer => ({ kind: 'result', loaded }),
    (thrown: unknown): Answer =>
      thrown instanceof Refused
        ? { kind: 'refused', what: thrown.what, reason: thrown.message, fix: thrown.fix }
        : { kind: 'fault', stack: thrown instanceof Error ? String(thrown.stack) : String(thrown) },
  )
  // The parent ends this process as soon as it has the answer.
  writeCompiledCode()
  process.send?.(written(answer))
}

/** This process may have been started before the project was known. */
function settleIn({ root, environment }: ChildRequest): void {
  for (const [name, value] of Object.entries(environment)) {
    if (value === null) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  process.chdir(root)
}

let told = 0

function reportProgress(progress: Progress): void {
  told += 1
  try {
    // The number tells a parent that looks now and then that the same class is asked anew.
    writeLine(SHARED_FD, JSON.stringify({ told, ...progress }))
  } catch {
    // No fault of the models: who is to blame for a process that ends is then told less exactly.
  }
}

/** Thousands of tables are no message: Node would cut them into pieces, and wake the parent for each. */
function written(answer: Answer): ChildMessage {
  try {
    return { kind: 'written', bytes: writeAnswer(SHARED_FD, JSON.stringify(answer)) }
  } catch {
    // No space for it.
    return answer
  }
}
