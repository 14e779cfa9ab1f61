/** Reading the catalogs at one moment. */
import { MigrateError } from '../../errors.js'
import type { Row } from '../dialect.js'
import type { PostgresConnection } from './connection.js'

/**
 * The rows of statements that see the database at one moment and leave the session as it was: inside a
 * savepoint where a transaction is open, else in one of their own that only reads.
 */
export async function readConsistently(
  connection: PostgresConnection,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  const inside = [
    'savepoint migrate_tui_read',
    ...statements,
    'rollback to migrate_tui_read',
    'release migrate_tui_read',
  ]
  try {
    return (await connection.batch(inside)).slice(1, -2)
  } catch (thrown) {
    if (!isNoTransaction(thrown)) throw thrown
  }
  const begin = 'begin isolation level repeatable read read only'
  try {
    return (await connection.batch([begin, ...statements, 'commit'])).slice(1, -1)
  } catch (thrown) {
    await connection.batch(['rollback'])
    throw thrown
  }
}

/** SQLSTATE 25P01: a savepoint was asked for outside a transaction; nothing has happened. */
export function isNoTransaction(thrown: unknown): boolean {
  return thrown instanceof MigrateError && thrown.details.sqlState === '25P01'
}
