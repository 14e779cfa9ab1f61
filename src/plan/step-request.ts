/** What a plan is asked for, what was recorded of it, and the step that comes of both. */
import type { Connection, ConnectionSettings } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import type { Operation } from '../operations/operation.js'
import type { Schema } from '../schema/schema.js'
import type { Direction, Recording, ScriptFunction } from '../scripts/loading/record.js'
import type { RawStatement } from '../vocabulary/call.js'
import type { ProjectKnex } from './perform.js'
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
  /** What the project does with a connection before it is used. */
  readonly afterCreate?: ConnectionSettings['afterCreate']
  /** The database as it stands; null: there is none to read. */
  readonly connection: Connection | null
  /** Tables that are known already, and not read again; none unless given. */
  readonly known?: Schema
  readonly knex: ProjectKnex
  readonly requests: readonly StepRequest[]
  /** Whether the statements for this database are wanted. */
  readonly withStatements: boolean
  /** Told before each script is recorded or tried; `index` counts from 1. */
  readonly onTry?: (revision: string, index: number) => void
  /**
   * Only what the scripts say is wanted, whatever state they were written for: nothing is tried on
   * a copy, and a call that does not fit the tables is passed over.
   */
  readonly lenient?: boolean
}

/** A request, and what its script said without a database. */
export interface Recorded {
  readonly request: StepRequest
  readonly recording: Recording
}

/** What the script of a request runs; nothing where it has no such function. */
export function functionOf(request: StepRequest): ScriptFunction {
  return request.script[request.direction] ?? (() => Promise.resolve())
}

/** What came of following or trying a recorded script. */
export interface Found {
  readonly operations: readonly Operation[]
  readonly raw: readonly RawStatement[]
  readonly statements: readonly string[] | null
  readonly unforeseen: string | null
  readonly request: StepRequest
}

/** The step of a plan. */
export function stepOf({ request, recording }: Recorded, found: Found): PlanStep {
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
