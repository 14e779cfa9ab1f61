/** A plan, and what became of its steps. */
import type { HostFailure } from '../../../host/calls.js'
import type { RunEvent } from '../../../runner/events.js'
import type { PlanDocument } from '../../../workflows/screens/screen-documents.js'
import type { Loaded } from '../../loaded.js'

/** What became of a step. */
export type Progress =
  | { readonly kind: 'done'; readonly durationMs: number; readonly statements: number }
  | { readonly kind: 'failed'; readonly failure: HostFailure }

export interface Running {
  /** Null until the first step has begun. */
  readonly revision: string | null
  /** Milliseconds since the epoch. */
  readonly since: number
  /** The statement that runs now; null before the first. */
  readonly statement: string | null
  readonly statementSince: number
  readonly statements: number
  /** What it waits for, who holds it; null while it does not wait. */
  readonly waiting: string | null
  readonly isStopping: boolean
}

export type Trying = Extract<RunEvent, { readonly kind: 'trying' }>

export interface PlanScreen {
  readonly kind: 'plan'
  readonly direction: 'up' | 'down'
  /** As it was asked for; once there is a plan, what that means whatever runs. */
  readonly target: string
  readonly plan: Loaded<PlanDocument>
  /** The script that is being tried for the plan; null where none was yet. */
  readonly trying: Trying | null
  /** By revision. */
  readonly progress: ReadonlyMap<string, Progress>
  readonly running: Running | null
  readonly selected: number
  readonly top: number
  readonly focus: 'steps' | 'detail'
  readonly detailTop: number
  /** Copies made in this plan. */
  readonly backups: readonly string[]
}

export function planScreen(direction: 'up' | 'down', target: string): PlanScreen {
  return {
    kind: 'plan',
    direction,
    target,
    plan: { value: null, failure: null, isLoading: true },
    trying: null,
    progress: new Map(),
    running: null,
    selected: 0,
    top: 0,
    focus: 'steps',
    detailTop: 0,
    backups: [],
  }
}
