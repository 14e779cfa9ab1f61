/** Works out what each revision of a run would do, before anything runs. */
import { MigrateError, messageOf } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import { EMPTY_SCHEMA } from '../schema/schema.js'
import type { Recorder, Recording } from '../scripts/loading/record.js'
import { createRecorder } from '../scripts/loading/record.js'
import type { RawStatement, SchemaCall } from '../vocabulary/call.js'
import { statementsOfUnknown } from '../vocabulary/call.js'
import type { Follower } from './follow.js'
import { createFollower } from './follow.js'
import { liveReader, tablesNamed } from './live-reader.js'
import { rehearse } from './rehearse.js'
import { oneWay, scriptFailed } from './script-errors.js'
import type { PlanStep } from './step.js'
import type { PlanInput, Recorded, StepRequest } from './step-request.js'
import { functionOf, stepOf } from './step-request.js'
import { refuseTransactionWords } from './transaction-words.js'

/**
 * The steps of a plan, in order. Scripts that only make schema calls are recorded without a
 * database; as soon as one does more, all are tried on a copy of the structure, where the engine
 * can make one. Nothing is written to the database.
 * @throws MigrateError `SCRIPT_FAILED` when a script throws first, and what `Follower` throws
 */
export async function planSteps(input: PlanInput): Promise<readonly PlanStep[]> {
  const recorder = createRecorder(input.knex)
  try {
    const recorded: Recorded[] = []
    for (const [at, request] of input.requests.entries()) {
      input.onTry?.(request.revision.id, at + 1)
      recorded.push({ request, recording: await recordRequest(recorder, request) })
    }
    if (input.lenient === true) return await followAll(input, recorded)
    const allPure = recorded.every(({ recording }) => recording.needsDatabase === null)
    if (allPure && !input.withStatements) return await followAll(input, recorded)
    return await rehearse(input, recorded)
  } finally {
    await recorder.destroy()
  }
}

async function recordRequest(recorder: Recorder, request: StepRequest): Promise<Recording> {
  const recording = await recorder.record(functionOf(request))
  if (request.script.transaction) refuseItsOwn(request, recording)
  const untouched = recording.actions.length === 0
  const { failure } = recording
  const own = failure === null || isOfflineRead(failure.thrown) ? null : failure
  if (request.direction === 'up') {
    if (untouched && own !== null) throw scriptFailed(request, own.thrown)
  } else if (untouched && (own !== null || (await changesSomething(recorder, request)))) {
    throw oneWay(request, own === null ? null : messageOf(own.thrown))
  }
  return recording
}

function refuseItsOwn(request: StepRequest, { actions }: Recording): void {
  try {
    for (const one of actions) if (one.kind === 'statement') refuseTransactionWords(one.statement)
  } catch (thrown) {
    throw scriptFailed(request, thrown)
  }
}

/** Whether the `up` of a revision does anything that an empty `down` would leave standing. */
async function changesSomething(recorder: Recorder, request: StepRequest): Promise<boolean> {
  const { actions, failure } = await recorder.record(request.script.up)
  return actions.length > 0 || failure !== null
}

async function followAll(
  input: PlanInput,
  recorded: readonly Recorded[],
): Promise<readonly PlanStep[]> {
  const { dialect, connection, known = EMPTY_SCHEMA } = input
  const calls = recorded.flatMap(({ recording }) =>
    recording.actions.flatMap((action) => (action.kind === 'call' ? [action.call] : [])),
  )
  const live = connection === null ? null : liveReader(dialect, connection, tablesNamed(calls))
  const follower = createFollower(known, live)
  const steps: PlanStep[] = []
  for (const one of recorded) steps.push(await followOne(follower, one, input.lenient === true))
  return steps
}

async function followOne(
  follower: Follower,
  recorded: Recorded,
  lenient: boolean,
): Promise<PlanStep> {
  const { request, recording } = recorded
  const operations: Operation[] = []
  const raw: RawStatement[] = []
  for (const action of recording.actions) {
    if (action.kind === 'statement') {
      raw.push(action.statement)
      continue
    }
    if (action.call.kind === 'unknown') raw.push(...statementsOfUnknown(action.call))
    operations.push(...(await followCall(follower, action.call, { request, lenient })))
  }
  return stepOf(recorded, { operations, raw, statements: null, unforeseen: null, request })
}

async function followCall(
  follower: Follower,
  call: SchemaCall,
  { request, lenient }: { readonly request: StepRequest; readonly lenient: boolean },
): Promise<readonly Operation[]> {
  try {
    return await follower.follow(call)
  } catch (thrown) {
    if (lenient) return []
    // Anything else is no fault of the script: the database could not be read.
    throw thrown instanceof MigrateError ? scriptFailed(request, thrown) : thrown
  }
}

function isOfflineRead(thrown: unknown): boolean {
  return thrown instanceof MigrateError && thrown.code === 'OFFLINE_READ'
}
