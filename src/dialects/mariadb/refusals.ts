/** What we refuse before anything runs, and in which words. */
import { MigrateError } from '../../errors.js'

const STATE = 'Nothing of this call ran.'

/** What MariaDB or MySQL cannot hold or do. */
export function refused(
  message: string,
  words: { readonly why: string; readonly fix: string },
): MigrateError {
  return new MigrateError('MARIADB_REFUSED', 1, message, { ...words, state: STATE })
}

/** An operation about something that is not there. */
export function notFound(where: string, object: string): MigrateError {
  return new MigrateError('OBJECT_MISSING', 1, `${where} has no ${object}.`, {
    why: 'Another revision dropped or renamed it, or the database was changed by hand.',
    fix: 'Compare with `migrate-tui inspect database`, then mend the script or the database.',
    state: STATE,
    details: { table: where, object },
  })
}
