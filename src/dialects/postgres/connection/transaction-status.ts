/** How the transaction of a session stands, as the server says after every statement. */
import type { Client } from 'pg'

export type TransactionStatus = 'none' | 'open' | 'failed'

/** Asks the driver; one that does not say is listened to. */
export function watchTransaction(client: Client): () => TransactionStatus {
  const ask: unknown = Reflect.get(client, 'getTransactionStatus')
  if (typeof ask === 'function') {
    return () => statusOf(Reflect.apply(ask as () => unknown, client, []))
  }
  let status: unknown = 'I'
  const protocol: unknown = Reflect.get(client, 'connection')
  if (isEmitter(protocol)) {
    protocol.on('readyForQuery', (message) => {
      status = message.status
    })
  }
  return () => statusOf(status)
}

/** `T` is inside a transaction, `E` inside one that failed (manual, ReadyForQuery). */
function statusOf(status: unknown): TransactionStatus {
  return status === 'T' ? 'open' : status === 'E' ? 'failed' : 'none'
}

interface Emitter {
  on(event: string, listener: (message: { readonly status?: unknown }) => void): unknown
}

function isEmitter(value: unknown): value is Emitter {
  return (
    typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function'
  )
}
