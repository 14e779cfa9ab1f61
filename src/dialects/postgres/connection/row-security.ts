/** Policies hide rows from users, silently: what is counted must not be what one user sees. */
import type { Connection, Row } from '../../connection.js'
import { postgresConnection } from './session.js'
import { readConsistently } from '../catalog/read-consistently.js'

/** With it off, a query that a policy would filter is an error (manual, row_security). */
const UNFILTERED = 'set local row_security to off'

/** The rows of a query; rejected where a policy would hide some of them from this user. */
export async function queryUnhidden(connection: Connection, sql: string): Promise<readonly Row[]> {
  const session = postgresConnection(connection)
  if (session.sketch !== null) return await session.query(sql)
  const [, rows] = await readConsistently(session, [UNFILTERED, sql])
  return rows ?? []
}
