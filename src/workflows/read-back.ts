/** Proof that a generated script says what was meant: it is loaded, recorded and compared. */
import { applyOperations } from '../operations/apply.js'
import { isSameSchema } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { planSteps } from '../plan/plan-steps.js'
import { loadDriver } from '../project/connection.js'
import type { Schema } from '../schema/schema.js'
import type { ScriptFile } from '../scripts/folder.js'
import { loadSteps } from './load-scripts.js'
import { knexOf } from './project-knex.js'
import type { Revisions, Session } from './session.js'

/** What a script must lead to: operations on the schema that was compared. */
export interface Meaning {
  readonly current: Schema
  readonly operations: readonly Operation[]
}

/**
 * Loads a new script and follows its `up` without a database; one with a place to fill in cannot
 * run yet, and is not followed.
 * @throws Error where it does not lead to the schema that was meant: a fault of ours
 */
export async function requireReadsBack(
  session: Session,
  revisions: Revisions,
  file: ScriptFile,
  meaning: Meaning,
): Promise<void> {
  if (file.fillIn) return
  const { dialect, database } = session
  const steps = await planSteps({
    dialect,
    driver: loadDriver(database),
    connection: session.connection,
    knex: knexOf(session),
    requests: await loadSteps({ ...session, ...revisions }, [file.revision], 'up'),
    withStatements: false,
    lenient: true,
  })
  const read = steps.flatMap((step) => step.operations)
  const canonical = (operations: readonly Operation[]): Schema => {
    const schema = applyOperations(meaning.current, operations)
    return { ...schema, tables: schema.tables.map((table) => dialect.canonical(table)) }
  }
  if (isSameSchema(canonical(read), canonical(meaning.operations))) return
  throw new Error(`The script of ${file.revision.id} does not read back as it was meant.`)
}
