/** What happens while a plan runs, as plain data: both faces, and another process, can follow it. */
import type { Direction } from '../scripts/loading/record.js'

/** A reason why a step asks for consent, with its live count. */
export interface PlannedHazard {
  readonly code: string
  readonly class: string
  /** In the person's own names: `users`, `users.email`. */
  readonly object: string
  readonly message: string
  /** Rows counted live; null where there is nothing to count, or the count could not be had. */
  readonly rows: number | null
}

/** One revision of a plan, as it is shown before it runs. */
export interface PlannedStep {
  readonly revision: string
  readonly message: string
  readonly direction: Direction
  /** In the order in which they would run; null where nobody worked them out. */
  readonly statements: readonly string[] | null
  readonly hazards: readonly PlannedHazard[]
  /** Whether it needs consent because it loses data. */
  readonly destructive: boolean
  /** Why more may happen than is listed; null when nothing is open. */
  readonly unforeseen: string | null
}

/** `index` counts from 1; `of` is the number of steps in this run. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly steps: readonly PlannedStep[] }
  | { readonly kind: 'backup'; readonly path: string; readonly bytes: number }
  /** A script is being tried for the plan: it may take its time there. */
  | {
      readonly kind: 'trying'
      readonly revision: string
      readonly index: number
      readonly of: number
    }
  | {
      readonly kind: 'waiting'
      /** Who or what holds the lock, as far as it is known. */
      readonly for: string
      /** Milliseconds since the wait began. */
      readonly sinceMs: number
    }
  | {
      readonly kind: 'stepStarted'
      readonly revision: string
      readonly message: string
      readonly direction: Direction
      readonly index: number
      readonly of: number
      /**
       * Whether it only makes tables and columns, by no code of the script: no rows are counted or
       * checked before its statements.
       */
      readonly onlyAdds: boolean
    }
  | {
      readonly kind: 'statement'
      readonly revision: string
      readonly sql: string
      /** Whether it is about a table without rows, so that it ends at once. */
      readonly quick: boolean
    }
  | {
      readonly kind: 'stepFinished'
      readonly revision: string
      readonly durationMs: number
      readonly statements: number
    }
  | { readonly kind: 'stepFailed'; readonly revision: string; readonly message: string }
  | { readonly kind: 'done' }
