/** Whether a transaction is open on a session, as the server says after every statement. */
import type { Client } from 'pg'

/** Asks the driver; one that does not say is listened to. */
export function watchTransaction(client: Client): () => boolean {
  const ask: unknown = Reflect.get(client, 'getTransactionStatus')
  if (typeof ask === 'function') {
    return () => isOpen(Reflect.apply(ask as () => unknown, client, []))
  }
  let status: unknown = 'I'
  const protocol: unknown = Reflect.get(client, 'connection')
  if (isEmitter(protocol)) {
    protocol.on('readyForQuery', (message) => {
      status = message.status
    })
  }
  return () => isOpen(status)
}

/** `T` is inside a transaction, `E` inside one that failed (manual, ReadyForQuery). */
function isOpen(status: unknown): boolean {
  return status === 'T' || status === 'E'
}

interface Emitter {
  on(event: string, listener: (message: { readonly status?: unknown }) => void): unknown
}

function isEmitter(value: unknown): value is Emitter {
  return (
    typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function'
  )
}
