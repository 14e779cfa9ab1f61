/** The errors a person can solve: what happened, why, in what state things are, what to type next. */
import { inspect } from 'node:util'

/** Words of an error beyond what happened. */
export interface ErrorWords {
  readonly why?: string
  /** What to type or change next. */
  readonly fix: string
  /** In what state the database or the files are now; absent where nothing was touched. */
  readonly state?: string
  /** What it is about, as data for `--json` and the UI: names, counts, paths. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** Exit codes of the command line; the same everywhere and documented in the README. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130

/**
 * A problem that the person can solve. Its code is stable and says what kind of problem it is;
 * a broken invariant of our own is a plain `Error` instead.
 */
export class MigrateError extends Error {
  readonly code: string
  readonly exit: ExitCode
  readonly why: string | null
  readonly fix: string
  readonly state: string | null
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, exit: ExitCode, message: string, words: ErrorWords) {
    super(message, words.cause === undefined ? undefined : { cause: words.cause })
    this.name = 'MigrateError'
    this.code = code
    this.exit = exit
    this.why = words.why ?? null
    this.fix = words.fix
    this.state = words.state ?? null
    this.details = words.details ?? {}
  }
}

/** What was thrown, with the state that things are in where a problem of the person's does not say it. */
export function withState(thrown: unknown, state: string): unknown {
  if (!(thrown instanceof MigrateError) || thrown.state !== null) return thrown
  const { code, exit, message, why, fix, details, cause } = thrown
  const words = { fix, state, details, cause, ...(why === null ? {} : { why }) }
  return new MigrateError(code, exit, message, words)
}

/** What was thrown, with the file that it comes from where a problem of the person's does not name one. */
export function withPath(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof MigrateError) || 'path' in thrown.details) return thrown
  const { code, exit, message, why, fix, state, cause } = thrown
  return new MigrateError(code, exit, message, {
    fix,
    cause,
    details: { ...thrown.details, path },
    ...(why === null ? {} : { why }),
    ...(state === null ? {} : { state }),
  })
}

/** The text of anything thrown: scripts and hooks throw plain objects too, some with a message. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  const message = 'message' in thrown ? thrown.message : null
  return typeof message === 'string' ? message : inspect(thrown, { breakLength: Infinity })
}
