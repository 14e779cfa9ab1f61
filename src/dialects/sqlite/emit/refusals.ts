/** What we refuse before anything runs, and in which words. */
import { MigrateError } from '../../../errors.js'

const STATE = 'Nothing of this call ran.'

/** What SQLite cannot hold or do. */
export function refused(message: string, words: { why: string; fix: string }): MigrateError {
  return new MigrateError('SQLITE_REFUSED', 1, message, { ...words, state: STATE })
}

/** A column that other objects use which the call does not drop; each is named in full. */
export function columnInUse(table: string, column: string, users: readonly string[]): MigrateError {
  const plural = users.length > 1
  return new MigrateError(
    'SQLITE_COLUMN_IN_USE',
    1,
    `${table}.${column} cannot be dropped: ${users.join(', ')} ${plural ? 'use' : 'uses'} it.`,
    {
      why: 'What also covers other columns does not go with this one by itself.',
      fix: `Drop ${plural ? 'them' : 'it'} first, or in the same alterTable call; make again what is still wanted.`,
      state: STATE,
      details: { table, column, users },
    },
  )
}

/** An operation about something that the table does not have. */
export function notFound(table: string, object: string): MigrateError {
  return new MigrateError('OBJECT_MISSING', 1, `${table} has no ${object}.`, {
    why: 'Another revision dropped or renamed it, or the database was changed by hand.',
    fix: 'Compare with `migrate-tui inspect database`, then mend the script or the database.',
    state: STATE,
    details: { table, object },
  })
}
