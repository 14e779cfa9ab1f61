/** Reading the catalogs at one moment. */
import type { Row } from '../../connection.js'
import type { PostgresConnection } from '../connection/session.js'

/**
 * The rows of statements that see the database at one moment and leave the session as it was: inside a
 * savepoint where a transaction is open, else in one of their own that only reads.
 */
export async function readConsistently(
  connection: PostgresConnection,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  if (connection.inTransaction()) {
    const inside = ['savepoint migrate_tui_read', ...statements, ...UNDO]
    try {
      return (await connection.batch(inside)).slice(1, -UNDO.length)
    } catch (thrown) {
      // Where the transaction had failed before, there is no savepoint, and what was thrown says so.
      await connection.batch(UNDO).catch(() => undefined)
      throw thrown
    }
  }
  const begin = 'begin isolation level repeatable read read only'
  try {
    return (await connection.batch([begin, ...statements, 'commit'])).slice(1, -1)
  } catch (thrown) {
    if (connection.inTransaction()) await connection.batch(['rollback'])
    throw thrown
  }
}

const UNDO = ['rollback to migrate_tui_read', 'release migrate_tui_read']
