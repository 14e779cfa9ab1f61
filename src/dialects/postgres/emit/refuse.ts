/** What this engine, or our own rules on it, refuse to do. */
import { MigrateError } from '../../../errors.js'

/** The error for what a server of this version has no words for. */
export function tooOld(what: string, since: number, version: number): MigrateError {
  const found = Math.floor(version / 10000)
  return new MigrateError('POSTGRES_REFUSED', 1, `PostgreSQL ${found} has no ${what}.`, {
    why: `It is there since PostgreSQL ${since}.`,
    fix: 'Leave it out of the model, or upgrade the server.',
    details: { version: found, since },
  })
}
