/** Works out what each revision of a run would do, before anything runs. */
import type { Connection, Dialect } from '../dialects/dialect.js'
import { MigrateError, messageOf } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import type { Action, Direction, Recorder, Recording, ScriptFunction } from '../scripts/record.js'
import { createRecorder } from '../scripts/record.js'
import type { Schema } from '../schema/schema.js'
import { EMPTY_SCHEMA } from '../schema/schema.js'
import type { RawStatement, SchemaCall } from '../vocabulary/call.js'
import { statementsOfUnknown } from '../vocabulary/call.js'
import type { Follower } from './follow.js'
import { createFollower } from './follow.js'
import { liveReader } from './live-reader.js'
import type { ProjectKnex } from './perform.js'
import { createPerformer } from './perform.js'
import { refuseTransactionWords } from './transaction-words.js'
import type { PlannedRevision, PlanStep } from './step.js'

/** A script as loaded; `down: null` where it exports none. */
export interface PlannedScript {
  readonly up: ScriptFunction
  readonly down: ScriptFunction | null
  /** Whether `down` has no statement. */
  readonly isDownEmpty: boolean
  readonly transaction: boolean
}

export interface StepRequest {
  readonly revision: PlannedRevision
  readonly direction: Direction
  readonly script: PlannedScript
}

export interface PlanInput {
  readonly dialect: Dialect
  readonly driver: unknown
  /** The database as it stands; null: there is none to read. */
  readonly connection: Connection | null
  /** Tables that are known already, and not read again; none unless given. */
  readonly known?: Schema
  readonly knex: ProjectKnex
  readonly requests: readonly StepRequest[]
  /** Whether the statements for this database are wanted. */
  readonly withStatements: boolean
  /**
   * Only what the scripts say is wanted, whatever state they were written for: nothing is tried on
   * a copy, and a call that does not fit the tables is passed over.
   */
  readonly lenient?: boolean
}

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
    for (const request of input.requests) {
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

interface Recorded {
  readonly request: StepRequest
  readonly recording: Recording
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

function functionOf(request: StepRequest): ScriptFunction {
  return request.script[request.direction] ?? (() => Promise.resolve())
}

async function followAll(
  input: PlanInput,
  recorded: readonly Recorded[],
): Promise<readonly PlanStep[]> {
  const { dialect, connection, known = EMPTY_SCHEMA } = input
  const live = connection === null ? null : liveReader(dialect, connection)
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

interface Found {
  readonly operations: readonly Operation[]
  readonly raw: readonly RawStatement[]
  readonly statements: readonly string[] | null
  readonly unforeseen: string | null
  readonly request: StepRequest
}

function stepOf({ request, recording }: Recorded, found: Found): PlanStep {
  return {
    revision: request.revision,
    direction: request.direction,
    transaction: request.script.transaction,
    actions: recording.actions,
    pure: recording.needsDatabase === null,
    operations: found.operations,
    raw: found.raw,
    unforeseen: found.unforeseen,
    statements: found.statements,
    empty: recording.actions.length === 0 && recording.needsDatabase === null,
  }
}

/** Tries every step on a copy of the structure, so that reads of the structure are answered truly. */
async function rehearse(
  input: PlanInput,
  recorded: readonly Recorded[],
): Promise<readonly PlanStep[]> {
  const shadow = await input.dialect.shadow(input.driver, input.connection)
  const performer = createPerformer(input.dialect, shadow.connection, input.knex)
  const steps: PlanStep[] = []
  let isUnsure = false
  try {
    await input.dialect.frame.enter(shadow.connection)
    for (const one of recorded) {
      isUnsure ||= one.recording.actions.some(isUnknown)
      const operations: Operation[] = []
      const raw: RawStatement[] = []
      const statements: string[] = []
      const pure = one.recording.needsDatabase === null
      let unforeseen = pure ? null : unforeseenOf(one.recording)
      try {
        await performer.perform(
          pure
            ? { kind: 'actions', actions: one.recording.actions }
            : { kind: 'script', run: functionOf(one.request), transaction: true },
          {
            onOperations: (list) => {
              operations.push(...list)
              return Promise.resolve()
            },
            onRaw: (statement) => {
              raw.push(statement)
              return Promise.resolve()
            },
            onStatement: (sql) => {
              statements.push(sql)
            },
          },
        )
      } catch (thrown) {
        if (pure && !isUnsure) throw scriptFailed(one.request, thrown)
        unforeseen = `it could not be tried ${pure ? 'on a copy' : 'without its rows'}: ${messageOf(thrown)}`
      }
      steps.push(stepOf(one, { operations, raw, statements, unforeseen, request: one.request }))
    }
    return steps
  } finally {
    await performer.destroy()
    await shadow.close()
  }
}

/** Whether nobody but the server knows what it makes or drops; a sketch of one does not. */
function isUnknown(action: Action): boolean {
  return action.kind === 'call'
    ? action.call.kind === 'unknown'
    : /\b(?:create|drop|alter|rename)\b/i.test(action.statement.sql)
}

/** A script that reads rows may go another way on the live ones than on an empty copy. */
function unforeseenOf(recording: Recording): string | null {
  const reads = recording.actions.some(
    (action) => action.kind === 'statement' && readsRows(action.statement),
  )
  return reads ? 'it reads rows to decide what to do' : null
}

/** Whether a statement reads rows: what it reads of the structure is the same on a copy. */
export function readsRows({ reads, sql }: RawStatement): boolean {
  return reads && !readsStructure(sql)
}

function readsStructure(sql: string): boolean {
  return /^\s*pragma\b|\bsqlite_(?:master|schema)\b|\binformation_schema\b|\bpg_catalog\b/i.test(
    sql,
  )
}

function isOfflineRead(thrown: unknown): boolean {
  return thrown instanceof MigrateError && thrown.code === 'OFFLINE_READ'
}

/** The error for what a script threw, its revision named. */
export function scriptFailed(request: StepRequest, thrown: unknown): MigrateError {
  const { revision, direction } = request
  const known = thrown instanceof MigrateError ? thrown : null
  const script = revision.path === null ? '' : ` (${revision.path})`
  return new MigrateError(
    known?.code ?? 'SCRIPT_FAILED',
    known?.exit ?? 1,
    `Revision ${revision.id}${script} cannot run ${direction}: ${messageOf(thrown)}`,
    {
      ...(known?.why == null ? {} : { why: known.why }),
      fix:
        known?.fix ?? `Open it with \`migrate-tui edit ${revision.id}\`, mend it, and run again.`,
      state: 'Nothing ran: the database is as it was.',
      details: { revision: revision.id, path: revision.path, ...known?.details },
      cause: thrown,
    },
  )
}

function oneWay({ revision }: StepRequest, threw: string | null): MigrateError {
  return new MigrateError('REVISION_ONE_WAY', 3, `Revision ${revision.id} does not undo itself.`, {
    why: threw === null ? 'Its down is empty, while its up is not.' : `Its down throws: ${threw}`,
    fix: `Write the down in ${revision.path ?? revision.id}, or only record it as reverted: \`migrate-tui stamp\`.`,
    state: 'Nothing ran: the database is as it was.',
    details: { revision: revision.id, path: revision.path },
  })
}
