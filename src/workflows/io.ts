/** What a workflow may ask for and tell while it works; each face provides its own. */
import type { RunEvent } from '../runner/events.js'
import type { RenameQuestion } from './documents.js'

export type { RunEvent } from '../runner/events.js'

/** A new NOT NULL column of a table that has rows: each of them needs a value. */
export interface FillQuestion {
  readonly table: string
  readonly column: string
  /** As a person reads it: `integer`, `string(80)`. */
  readonly type: string
  readonly rows: number
  /** An SQL expression that the model offers; null where it offers none. */
  readonly offered: string | null
}

/** Something that is gone for good after the step, or comes back without its values. */
export interface LossQuestion {
  /** The words to type: a table, a column, or the database where it is protected. */
  readonly object: string
  /** Rows counted live; null where they could not be counted. */
  readonly rows: number | null
  readonly message: string
}

/** A step of a run that goes revision by revision. */
export interface StepQuestion {
  readonly revision: string
  readonly message: string
  readonly direction: 'up' | 'down'
  /** Counts from 1. */
  readonly index: number
  readonly of: number
}

/** Questions to a person. A question that is called off (ctrl-c) rejects with the code `INTERRUPTED`. */
export interface Ask {
  /** Whether it is a rename; `false` drops the one and adds the other. */
  askRename(question: RenameQuestion): Promise<boolean>
  /** An SQL expression for the rows that exist; null leaves the place in the script open. */
  askFill(question: FillQuestion): Promise<string | null>
  /** Whether the person typed the object's name. */
  confirmLoss(question: LossQuestion): Promise<boolean>
  /** Whether to run this step too (`--step`); `false` stops before it. */
  askStep(question: StepQuestion): Promise<boolean>
}

/** A workflow's way to the outside: it never prints, and never reads the terminal itself. */
export interface Io {
  /** Null where nobody can be asked: a pipe, `--json`, a continuous-integration job. */
  readonly ask: Ask | null
  event(event: RunEvent): void
  /** Aborted by the first ctrl-c: stop after the current revision. */
  readonly signal: AbortSignal
  /** Something the person should know that is no failure; one sentence or two. */
  warn(message: string): void
}
