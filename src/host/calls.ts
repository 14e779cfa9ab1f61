/** The calls that cross between the screens and the host, by name, and the messages that carry them. */
import type { ExitCode } from '../errors.js'
import type {
  RevisionDocument,
  RunDocument,
  StampDocument,
  RenameQuestion,
  WrittenDocument,
} from '../workflows/documents.js'
import type { FillQuestion, LossQuestion, RunEvent } from '../workflows/io.js'
import type { MergeOptions, StampOptions } from '../workflows/options.js'
import type {
  EditedDocument,
  EffectDocument,
  OverviewDocument,
  PlanDocument,
  ReviewAnswers,
  ReviewDocument,
  ReviewToWrite,
  ReviewWritten,
  SampleDocument,
  ScriptDocument,
  SyntaxDocument,
} from '../workflows/screens/screen-documents.js'

/** A call with what it is given and what it answers. */
interface Call<Given, Answer> {
  readonly given: Given
  readonly answer: Answer
}

/** Everything that the screens ask for. */
export interface HostCalls {
  readonly overview: Call<Readonly<Record<string, never>>, OverviewDocument>
  readonly script: Call<{ readonly revision: string }, ScriptDocument>
  /** Which of these scripts, by absolute path, do not parse. */
  readonly syntax: Call<{ readonly paths: readonly string[] }, SyntaxDocument>
  readonly effect: Call<{ readonly revision: string }, EffectDocument>
  readonly compare: Call<{ readonly answers: ReviewAnswers }, ReviewDocument>
  readonly write: Call<ReviewToWrite, ReviewWritten>
  readonly samples: Call<{ readonly table: string; readonly column: string }, SampleDocument>
  readonly plan: Call<RunWish, PlanDocument>
  /** Runs the first `limit` steps of a plan; the losses that it finds are asked for while it runs. */
  readonly run: Call<RunRequest, RunDocument>
  readonly backUp: Call<
    Readonly<Record<string, never>>,
    { readonly path: string; readonly bytes: number }
  >
  readonly merge: Call<MergeOptions, WrittenDocument>
  readonly revision: Call<{ readonly message: string; readonly head: string }, WrittenDocument>
  readonly stamp: Call<StampOptions, StampDocument>
  /** Reads a script again after the editor closed; `before` is the text that it had. */
  readonly edited: Call<
    { readonly path: string; readonly before: string },
    EditedDocument & { readonly document: RevisionDocument | null }
  >
  /** Where the log of the database stands: it moves when anybody upgrades, downgrades or stamps. */
  readonly pulse: Call<Readonly<Record<string, never>>, { readonly position: number }>
}

export type CallName = keyof HostCalls

export interface RunWish {
  readonly direction: 'up' | 'down'
  readonly target: string
}

export interface RunRequest extends RunWish {
  /** The revisions that the person saw and means, in order; others are refused (`PLAN_MOVED`). */
  readonly expected: readonly string[]
  /** Copies the database first where a step loses data. */
  readonly backup: boolean
}

/** Which project and database a host works for. */
export interface HostProject {
  readonly cwd: string
  readonly config: string | null
  readonly database: string | null
  readonly environment: string | null
  readonly variables: Readonly<Record<string, string>>
}

/** A question on its way to the person. */
export type HostQuestion =
  | { readonly kind: 'loss'; readonly question: LossQuestion }
  | { readonly kind: 'fill'; readonly question: FillQuestion }
  | { readonly kind: 'rename'; readonly question: RenameQuestion }

/** An error as data: what `MigrateError` says, with the exit code that a command would end with. */
export interface HostFailure {
  readonly code: string
  readonly exit: ExitCode
  readonly message: string
  readonly why: string | null
  readonly fix: string | null
  readonly state: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** To the host. */
export type ToHost =
  | {
      readonly kind: 'call'
      readonly id: number
      readonly project: HostProject
      readonly name: CallName
      readonly given: unknown
    }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly question: number
      readonly value: unknown
    }
  /** Stops a call after the current revision. */
  | { readonly kind: 'stop'; readonly id: number }
  /** The answer that was left in the file has been read. */
  | { readonly kind: 'taken' }

/** From the host's process: done, with so many bytes of JSON in the file for answers. */
export interface LeftInFile {
  readonly kind: 'doneInFile'
  readonly id: number
  readonly bytes: number
}

/** From the host. */
export type FromHost =
  | { readonly kind: 'ready' }
  /** The call begins on a database; `takesBack`: a transaction takes its schema changes back. */
  | { readonly kind: 'began'; readonly id: number; readonly takesBack: boolean }
  /** The call was not begun: the configuration changed, and only another process loads it anew. */
  | { readonly kind: 'stale'; readonly id: number }
  | { readonly kind: 'done'; readonly id: number; readonly answer: unknown }
  /** Done, with the answer as JSON. */
  | { readonly kind: 'doneInText'; readonly id: number; readonly text: string }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: HostFailure }
  | { readonly kind: 'event'; readonly id: number; readonly event: RunEvent }
  | { readonly kind: 'warning'; readonly id: number; readonly message: string }
  | {
      readonly kind: 'asked'
      readonly id: number
      readonly question: number
      readonly asks: HostQuestion
    }
