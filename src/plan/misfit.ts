/** The errors of scripts that do not fit the tables as they stand. */
import { MigrateError } from '../errors.js'
import type { ApplyError } from '../operations/apply-error.js'

/** Stands for the revision where a fix names it; whoever knows the script puts its id there. */
export const ITS_REVISION = '<revision>'

const GONE = 'Another revision dropped or renamed it, or the database was changed by hand.'
const STAMP = `if the database has all that this revision does, record it instead: \`migrate-tui stamp ${ITS_REVISION}\`.`

/** The error of a script that touches a table which is not there. */
export function noSuchTable(table: string, verb: 'drops' | 'alters' | 'names'): MigrateError {
  return new MigrateError('TABLE_MISSING', 1, `The script ${verb} ${table}, which is not there.`, {
    why: GONE,
    fix: 'Compare with `migrate-tui inspect database`, then mend the script or the database.',
    details: { table },
  })
}

/** The error of a script that creates a table which is there already. */
export function tableExists(table: string): MigrateError {
  return new MigrateError(
    'TABLE_EXISTS',
    1,
    `The script creates ${table}, which is there already.`,
    {
      why: 'The database was made by other means, or its history was not recorded.',
      fix: `If the database has all that this revision makes, record it as applied: \`migrate-tui stamp ${ITS_REVISION}\`.`,
      details: { table },
    },
  )
}

/** The error of a script that names what a table or the database does not have, or adds what it has. */
export function misfit(error: ApplyError): MigrateError {
  const { problem, table, object } = error
  if (table !== null && object === `table ${table}`) {
    return problem === 'missing' ? noSuchTable(table, 'names') : tableExists(table)
  }
  const isMissing = problem === 'missing'
  const where = table === null ? object : `${object} of ${table}`
  return new MigrateError(
    `${kindOf(object)}_${isMissing ? 'MISSING' : 'EXISTS'}`,
    1,
    isMissing
      ? `The script names ${where}, which is not there.`
      : `The script adds ${where}, which is there already.`,
    {
      why: isMissing ? GONE : 'The database was changed by hand, or another revision made it.',
      fix: `See how the database differs with \`migrate-tui check\`, then mend the script; ${STAMP}`,
      details: { table, object },
      cause: error,
    },
  )
}

function kindOf(object: string): 'COLUMN' | 'ENUM' | 'OBJECT' {
  if (object.startsWith('column ')) return 'COLUMN'
  return object.startsWith('enum ') ? 'ENUM' : 'OBJECT'
}
