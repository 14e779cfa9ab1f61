/** Whether a session is one of the server's for as long as it lasts, or a pooler's to share. */
import type { Client } from 'pg'
import { MigrateError } from '../../../errors.js'
import type { Address } from './address.js'
import { placeOf } from './address.js'

/** How often each of two sessions is asked for its process: a pooler may give one out twice in a row. */
const ROUNDS = 3

/**
 * Refuses a pooler that lends its processes out for a transaction each: settings of ours, that of only
 * reading among them, would reach whoever is served next, and a lock would be nobody's. `pid` is the
 * process that answers on `client`; `open` makes a second session.
 * @throws MigrateError `CONNECT_POOLER`
 */
export async function refuseSharedSessions(
  client: Client,
  pid: number,
  { address, open }: { readonly address: Address; readonly open: () => Promise<Client> },
): Promise<void> {
  // A server greets with the process that answers (manual, BackendKeyData); a pooler makes up a number.
  if (Reflect.get(client, 'processID') === pid) return
  const other = await open()
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      await other.query('begin read only')
      const isLent = (await readProcess(other)) === pid || (await readProcess(client)) !== pid
      await other.query('commit')
      if (isLent || (await readProcess(client)) !== pid) throw shared(address)
    }
  } finally {
    await other.end()
  }
}

async function readProcess(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: string }>('select pg_backend_pid()::text as pid')
  return rows[0] === undefined ? undefined : Number(rows[0].pid)
}

function shared(address: Address): MigrateError {
  const place = placeOf(address)
  return new MigrateError(
    'CONNECT_POOLER',
    2,
    `At ${place} a pooler shares the sessions of the server between its clients (transaction mode).`,
    {
      why: 'What this command sets for its own session would reach the clients served next, and its lock would keep no other run out.',
      fix: 'Connect to the server itself, or to a pooler in session mode.',
      state: 'Nothing was set, and nothing was touched.',
      details: { server: place, database: address.database },
    },
  )
}
