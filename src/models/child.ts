/** The process that loads models: one request, one answer, and the parent ends it. */
import { writeSync } from 'node:fs'
import { Refused } from './configured.js'
import { installGuards } from './loading/guards.js'
import { PROGRESS_FD } from './messages.js'
import type { ChildMessage, ChildRequest, Progress } from './messages.js'
import { readModels } from './read-models.js'
import { createTracker } from './loading/tracker.js'

process.once('message', (request: ChildRequest) => {
  void answer(request)
})

async function answer(request: ChildRequest): Promise<void> {
  settleIn(request)
  const tracker = createTracker(request.knownBad, reportProgress)
  const guards = installGuards(tracker)
  process.once('disconnect', () => guards.end(1))
  const message = await readModels(request, tracker, guards).then(
    (loaded): ChildMessage => ({ kind: 'result', loaded }),
    (thrown: unknown): ChildMessage =>
      thrown instanceof Refused
        ? { kind: 'refused', what: thrown.what, reason: thrown.message, fix: thrown.fix }
        : { kind: 'fault', stack: thrown instanceof Error ? String(thrown.stack) : String(thrown) },
  )
  process.send?.(message)
}

/** This process may have been started before the project was known. */
function settleIn({ root, environment }: ChildRequest): void {
  for (const [name, value] of Object.entries(environment)) {
    if (value === null) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  process.chdir(root)
}

/** Writes at once, past Node's queues: the next thing this process does may be never to return. */
function reportProgress(progress: Progress): void {
  const line = `${JSON.stringify(progress)}\n`
  for (let left = 1000; left > 0; left--) {
    try {
      writeSync(PROGRESS_FD, line)
      return
    } catch (thrown) {
      const isFull = thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN'
      if (!isFull) return
      // The parent is behind with reading.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
