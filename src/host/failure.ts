/** Anything thrown, as data that crosses to the screens. */
import { MigrateError, messageOf } from '../errors.js'
import { packageVersion } from '../project/package-folder.js'
import { maskSecrets, maskValue } from '../project/secrets.js'
import type { HostFailure } from './calls.js'

/** The failure of what was thrown, with no secret in it; what is no problem of the person's is a fault of ours. */
export function hostFailure(thrown: unknown): HostFailure {
  if (!(thrown instanceof MigrateError)) return internal(thrown)
  const { code, exit, message, why, fix, state, details } = thrown
  return {
    code,
    exit,
    message: maskSecrets(message),
    why: masked(why),
    fix: maskSecrets(fix),
    state: masked(state),
    details: maskedDetails(details),
  }
}

function internal(thrown: unknown): HostFailure {
  return {
    code: 'INTERNAL',
    exit: 70,
    message: maskSecrets(`migrate-tui failed unexpectedly: ${messageOf(thrown)}`),
    why: 'This is a fault of migrate-tui, not of your project.',
    fix: `Please report it (migrate-tui ${packageVersion()}, Node ${process.version}).`,
    state: null,
    details: { stack: maskSecrets(thrown instanceof Error ? (thrown.stack ?? '') : '') },
  }
}

function masked(text: string | null): string | null {
  return text === null ? null : maskSecrets(text)
}

function maskedDetails(details: Readonly<Record<string, unknown>>): HostFailure['details'] {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, maskValue(value, key)]),
  )
}
