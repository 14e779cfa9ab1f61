/** Tables that are never compared: our own, and Knex's. */
import type { Session } from '../session.js'

/** Their names, also of those that are not there. */
export function ownTables({
  database,
  tables,
}: Pick<Session, 'database' | 'tables'>): readonly string[] {
  const knex = database.knexTables.flatMap(({ history, lock }) => [history, lock])
  return [tables.revisions, tables.log, ...knex]
}
