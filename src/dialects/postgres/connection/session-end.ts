/** What ended a session: later statements only say that it is over. */
import type { Client } from 'pg'
import { isLost } from './connect-error.js'

/** Listens from now on; what the session was lost by first, null while it is not. */
export function watchEnd(client: Client): () => unknown {
  let first: unknown = null
  const hear = (thrown: unknown): void => {
    if (isLost(thrown)) first ??= thrown
  }
  client.on('error', hear)
  // What the server says while a statement runs reaches only who asked for that statement.
  const protocol: unknown = Reflect.get(client, 'connection')
  if (isEmitter(protocol)) protocol.on('errorMessage', hear)
  return () => first
}

interface Emitter {
  on(event: string, listener: (message: unknown) => void): unknown
}

function isEmitter(value: unknown): value is Emitter {
  return (
    typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function'
  )
}
