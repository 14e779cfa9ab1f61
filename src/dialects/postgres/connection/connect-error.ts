/** Why no session came about, or why one was lost. Messages name the place, never a secret. */
import { MigrateError, messageOf } from '../../../errors.js'
import type { Address } from './address.js'
import { placeOf } from './address.js'
import { serverFields } from './server-error.js'

/** Codes of Node's sockets for a server that is not there. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
])

const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_)/

/** What to say when connecting failed. */
export function connectFailure(thrown: unknown, address: Address): MigrateError {
  const fields = serverFields(thrown)
  const place = placeOf(address)
  const user = address.user ?? 'the user'
  const details = { server: place, database: address.database, user: address.user }
  const failure = (code: string, message: string, fix: string, why?: string): MigrateError =>
    new MigrateError(code, 1, message, {
      ...(why === undefined ? {} : { why }),
      fix,
      state: 'No connection was made: nothing was touched.',
      details,
      cause: thrown,
    })
  switch (fields?.code) {
    case '28P01':
      return failure(
        'CONNECT_PASSWORD',
        `The server at ${place} refused the password of ${user}.`,
        'Correct the password where the configuration takes it from.',
      )
    case '28000':
      return failure(
        /no encryption|SSL/i.test(fields.message) ? 'CONNECT_TLS' : 'CONNECT_REFUSED',
        `The server at ${place} refused ${user}: ${fields.message}.`,
        'Correct the user, or the pg_hba.conf of the server; with "no encryption", connect with ssl.',
      )
    case '3D000':
      return failure(
        'CONNECT_NO_DATABASE',
        `There is no database ${address.database ?? ''} at ${place}.`,
        `Create it (create database ${address.database ?? '…'}), or correct its name in the configuration.`,
      )
    case '53300':
    case '57P03':
      return failure(
        'CONNECT_BUSY',
        `The server at ${place} takes no connection now: ${fields.message}.`,
        'Run again in a moment; close idle sessions where there are too many.',
      )
    case undefined:
      return networkFailure(thrown, place, failure)
    default:
      return failure(
        'CONNECT_FAILED',
        `The server at ${place} refused the session: ${fields?.message ?? ''}.`,
        'Correct what the message names in the configuration.',
      )
  }
}

type Failure = (code: string, message: string, fix: string, why?: string) => MigrateError

function networkFailure(thrown: unknown, place: string, failure: Failure): MigrateError {
  const code = codeOf(thrown)
  const message = wordsOf(thrown)
  if (TLS_CODE.test(code) || /\bSSL\b|\bTLS\b|certificate/i.test(message)) {
    return failure(
      'CONNECT_TLS',
      `No encrypted connection to ${place}: ${message}.`,
      'Set ssl as the server wants it: sslmode in the URL, or ssl: { ca } with its certificate.',
    )
  }
  if (UNREACHABLE.has(code) || /timeout/i.test(message)) {
    return failure(
      'CONNECT_UNREACHABLE',
      `No PostgreSQL answers at ${place}.`,
      'Start the server, or correct host and port in the configuration.',
      message,
    )
  }
  if (/password must be a string|No password supplied|client password/i.test(message)) {
    return failure(
      'CONNECT_PASSWORD',
      `The server at ${place} wants a password, and none is configured.`,
      'Give it in the connection or in PGPASSWORD.',
    )
  }
  return failure(
    'CONNECT_FAILED',
    `No session with ${place}: ${message}.`,
    'Correct the connection in the configuration.',
  )
}

/** A connection whose text is no URL; it is not repeated, a password may be in it. */
export function noUrl(): MigrateError {
  return new MigrateError('CONNECT_SETTINGS', 2, 'The connection in the configuration is no URL.', {
    why: 'A connection that is a text is read as one.',
    fix: 'Write postgres://user:password@host:5432/name, with signs like # and / in the password as %23 and %2F, or an object: { host, port, user, password, database }.',
    state: 'No connection was made: nothing was touched.',
  })
}

/** Whether the session is gone: the server ended it, or the network did. */
export function isLost(thrown: unknown): boolean {
  const state = serverFields(thrown)?.code
  if (state !== undefined) return state.startsWith('08') || /^57P0[1245]$/.test(state)
  const code = codeOf(thrown)
  if (['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT'].includes(code)) return true
  return /Connection terminated|not queryable|Client was closed|socket hang up/i.test(
    messageOf(thrown),
  )
}

/** The error of a session that was lost on the way; `address` where it is at hand. */
export function connectionLost(thrown: unknown, address: Address | null): MigrateError {
  const place = address === null ? 'the server' : placeOf(address)
  return new MigrateError('CONNECT_LOST', 1, `The connection to ${place} was lost.`, {
    why: messageOf(thrown),
    fix: 'See with `migrate-tui current` where the database stands, then run again.',
    state: 'What was not committed was rolled back by the server.',
    cause: thrown,
  })
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0])
  if (!(thrown instanceof Error)) return ''
  const code: unknown = Reflect.get(thrown, 'code')
  return typeof code === 'string' ? code : ''
}

function wordsOf(thrown: unknown): string {
  const text = thrown instanceof AggregateError ? messageOf(thrown.errors[0]) : messageOf(thrown)
  return text.replace(/\.$/, '')
}
