/** Turns anything thrown into the words of an error, its exit code and its document. */
import { MigrateError, messageOf } from '../errors.js'
import type { ExitCode } from '../errors.js'
import type { Failure } from '../present/failure-lines.js'
import { packageVersion } from '../project/package-folder.js'
import { maskSecrets } from '../project/secrets.js'
import type { FailureDocument } from '../workflows/documents.js'

/** The state that an error leaves out: it came before anything was touched. */
const UNTOUCHED = 'Nothing was changed.'

export interface KnownFailure extends Failure {
  readonly exit: ExitCode
}

/** The words for what was thrown, with no secret in them; what is no problem of the person's is a fault of ours. */
export function failureOf(thrown: unknown, verbose: boolean): KnownFailure {
  const stack = verbose ? stackOf(thrown) : null
  if (thrown instanceof MigrateError) {
    const { code, exit, message, why, fix, state } = thrown
    return {
      code,
      exit,
      message: maskSecrets(message),
      why: why === null ? null : maskSecrets(why),
      fix: maskSecrets(fix),
      state: maskSecrets(state ?? UNTOUCHED),
      stack,
    }
  }
  return {
    code: 'INTERNAL',
    exit: 70,
    message: maskSecrets(`migrate-tui failed unexpectedly: ${messageOf(thrown)}`),
    why: 'This is a fault of migrate-tui, not of your project.',
    fix: `Please report it with the output of the same command with --verbose (migrate-tui ${packageVersion()}, Node ${process.version}).`,
    state: 'Not known: `migrate-tui current` says where the database is.',
    stack,
  }
}

/** The same for `--json`. */
export function failureDocument(failure: Failure): FailureDocument {
  const { code, message, fix, state } = failure
  return { error: { code, message, hint: fix, state } }
}

/** The stack of what was thrown and of what caused it. */
function stackOf(thrown: unknown): string {
  const stacks: string[] = []
  for (let error = thrown; error instanceof Error && stacks.length < 5; error = error.cause) {
    stacks.push(error.stack ?? error.message)
  }
  return maskSecrets(stacks.length === 0 ? String(thrown) : stacks.join('\ncaused by '))
}
