/** Why no session came about, or why one was lost. Messages name the place, never a secret. */
import { MigrateError, messageOf } from '../../../errors.js'
import type { Address } from './address.js'
import { driverError } from './driver-error.js'

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

const TLS =
  /^(?:HANDSHAKE_(?:NO_)?SSL|ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_|ER_SECURE_TRANSPORT)/

interface Words {
  readonly code: string
  readonly message: string
  readonly why?: string
  readonly fix: string
}

/** What to say when connecting failed. */
export function connectFailure(thrown: unknown, address: Address): MigrateError {
  if (thrown instanceof MigrateError) return thrown
  const { code, message, ...words } = wordsOf(thrown, address)
  return new MigrateError(code, 1, message, {
    ...words,
    state: 'No connection was made: nothing was touched.',
    details: { server: address.place, database: address.database, user: address.user },
    cause: thrown,
  })
}

function wordsOf(thrown: unknown, { place, database, user }: Address): Words {
  const { code, errno, message } = driverError(thrown)
  const who = user ?? 'the user'
  if (errno === 3159 || TLS.test(code) || /\bSSL\b|\bTLS\b|certificate/i.test(message)) {
    return {
      code: 'CONNECT_TLS',
      message: `No encrypted connection to ${place}: ${message}.`,
      fix: 'Set ssl in the connection as the server wants it: ssl: { ca } with its certificate, or none.',
    }
  }
  if (UNREACHABLE.has(code)) {
    return {
      code: 'CONNECT_UNREACHABLE',
      message: `No MariaDB or MySQL answers at ${place}.`,
      why: message,
      fix: 'Start the server, or correct host, port or socketPath in the configuration.',
    }
  }
  switch (errno) {
    case 1045:
    case 1698:
      return {
        code: 'CONNECT_PASSWORD',
        message: `The server at ${place} refused the password of ${who}.`,
        fix: 'Correct user and password where the configuration takes them from.',
      }
    case 1044:
      return {
        code: 'CONNECT_REFUSED',
        message: `${who} has no right to the database ${database ?? ''} at ${place}.`,
        why: 'The server says the same of a database that is not there.',
        fix: `Grant it (grant all on ${database ?? '…'}.* to …), or correct its name in the configuration.`,
      }
    case 1049:
      return {
        code: 'CONNECT_NO_DATABASE',
        message: `There is no database ${database ?? ''} at ${place}.`,
        fix: `Create it (create database ${database ?? '…'}), or correct its name in the configuration.`,
      }
    case 1040:
    case 1203:
    case 1226:
      return {
        code: 'CONNECT_BUSY',
        message: `The server at ${place} takes no more connections now.`,
        why: message,
        fix: 'Run again in a moment; close idle sessions where there are too many.',
      }
    case 1130:
      return {
        code: 'CONNECT_REFUSED',
        message: `The server at ${place} lets nobody in from this machine.`,
        fix: 'Grant the user this host, or connect by way of one that is let in.',
      }
    default:
      return {
        code: 'CONNECT_FAILED',
        message: `No session with ${place}: ${message}.`,
        fix: 'Correct the connection in the configuration.',
      }
  }
}

/** A connection that names no database. */
export function noDatabaseNamed(address: Address): MigrateError {
  return new MigrateError('CONNECT_NO_DATABASE', 2, 'The configuration names no database.', {
    why: `The connection to ${address.place} would be in none.`,
    fix: 'Add it: connection: { database }, or behind the host in the URL.',
    details: { server: address.place },
  })
}

/** A connection whose text is no URL; it is not repeated, a password may be in it. */
export function noUrl(): MigrateError {
  return new MigrateError('CONNECT_SETTINGS', 2, 'The connection in the configuration is no URL.', {
    why: 'A connection that is a text is read as one.',
    fix: 'Write mysql://user:password@host:3306/name, with signs like # and / in the password as %23 and %2F, or an object: { host, port, user, password, database }.',
    state: 'No connection was made: nothing was touched.',
  })
}

/** Options that the driver does not take. */
export function settingsRefused(thrown: unknown): MigrateError {
  return new MigrateError(
    'CONNECT_SETTINGS',
    2,
    `The driver does not take the connection: ${messageOf(thrown)}.`,
    { fix: 'Correct it in the Knex configuration.', cause: thrown },
  )
}

/** The error of a session that was lost on the way. */
export function connectionLost(thrown: unknown, address: Address): MigrateError {
  return new MigrateError('CONNECT_LOST', 1, `The connection to ${address.place} was lost.`, {
    why: `${driverError(thrown).message}.`,
    fix: 'See with `migrate-tui current` where the database stands, then run again.',
    state:
      'The server rolled back data that was not committed; what changes the schema may have been done.',
    cause: thrown,
  })
}
