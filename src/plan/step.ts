/** A plan: the revisions to run, in order, and what each would do to this database. */
import type { Operation } from '../operations/operation.js'
import type { Action, Direction } from '../scripts/loading/record.js'
import type { RawStatement } from '../vocabulary/call.js'

/** A revision as a plan needs it. */
export interface PlannedRevision {
  readonly id: string
  readonly message: string
  readonly parents: readonly string[]
  /** For people: relative to the project; null where a migration source holds it. */
  readonly path: string | null
  readonly checksum: string | null
  /** The name under which Knex's own history lists it. */
  readonly knexName: string | null
}

export interface PlanStep {
  readonly revision: PlannedRevision
  readonly direction: Direction
  /** Whether the whole revision runs inside a transaction. */
  readonly transaction: boolean
  /** What was recorded; carrying it out is the same as running the script where `pure`. */
  readonly actions: readonly Action[]
  readonly pure: boolean
  /** The schema operations, against the tables as they stand before each. */
  readonly operations: readonly Operation[]
  readonly raw: readonly RawStatement[]
  /** Why more may happen than is listed here; null when nothing is open. */
  readonly unforeseen: string | null
  /** The statements for this database where they were worked out; null where nobody asked. */
  readonly statements: readonly string[] | null
  /** Whether it does nothing at all: an empty `down` cannot undo anything. */
  readonly empty: boolean
}
