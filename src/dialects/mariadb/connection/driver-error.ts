/** What the driver throws: errors of the server, of the network and its own. */
import { messageOf } from '../../../errors.js'

export interface DriverError {
  /** `ER_DUP_ENTRY`, `ECONNREFUSED`, `PROTOCOL_CONNECTION_LOST`. */
  readonly code: string
  /** The server's number; null where the server said nothing. */
  readonly errno: number | null
  readonly message: string
}

/** The fields of what was thrown. */
export function driverError(thrown: unknown): DriverError {
  if (thrown instanceof AggregateError) return driverError(thrown.errors[0])
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : null
  const number: unknown = thrown instanceof Error ? Reflect.get(thrown, 'errno') : null
  // Knex puts the statement in front of the message.
  const said: unknown = thrown instanceof Error ? Reflect.get(thrown, 'sqlMessage') : null
  return {
    code: typeof code === 'string' ? code : '',
    // Node's own numbers are negative.
    errno: typeof number === 'number' && number > 0 ? number : null,
    // The driver `mysql` puts its own name of the error in front.
    message: (typeof said === 'string' ? said : messageOf(thrown))
      .replace(/^ER_[A-Z_]+: /, '')
      .replace(/\.$/, '')
      // What the driver says of the statement after the one in which it was lost.
      .replace(/^Can't (?:add new command when connection is|write) in closed state$/, ENDED),
  }
}

const ENDED = 'The server or the network ended the session before this statement'

const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ER_CONNECTION_KILLED',
  'ER_SERVER_SHUTDOWN',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
])

/** Whether the session is gone: the server ended it, or the network did. */
export function isLost(thrown: unknown): boolean {
  const { code, errno, message } = driverError(thrown)
  if (LOST.has(code) || errno === 1927 || errno === 1053) return true
  return /in closed state|ended the session before|closed connection|after fatal error|packets out of order/i.test(
    message,
  )
}
