/** Proof that a generated script says what was meant: it is loaded, recorded and compared. */
import type { Dialect } from '../../dialects/dialect.js'
import { applyOperations } from '../../operations/apply.js'
import { isSame, isSameSchema } from '../../operations/equal.js'
import type { Operation } from '../../operations/operation.js'
import { planSteps } from '../../plan/plan-steps.js'
import { driverOf } from '../../project/connection.js'
import type { Schema } from '../../schema/schema.js'
import type { ScriptFile } from '../../scripts/folder.js'
import { loadSteps } from '../running/load-scripts.js'
import { knexOf } from '../running/project-knex.js'
import type { Revisions, Session } from '../session.js'

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
    ...driverOf(database),
    // The tables that were compared: asking the database for each of them anew is most of the time.
    connection: null,
    known: meaning.current,
    knex: knexOf(session),
    requests: await loadSteps({ ...session, ...revisions }, [file.revision], 'up'),
    withStatements: false,
    lenient: true,
  })
  const { current, operations } = meaning
  const read = applyOperations(
    current,
    steps.flatMap((step) => step.operations),
  )
  const meant = applyOperations(current, operations)
  if (areEqual(read, meant, dialect)) return
  throw new Error(`The script of ${file.revision.id} does not read back as it was meant.`)
}

/**
 * Whether both come to the same in the database. What is equal to the letter is so in every form,
 * and the rest, which is little, in the form that the database gives it.
 */
function areEqual(read: Schema, meant: Schema, dialect: Dialect): boolean {
  const others = new Map(meant.tables.map((table) => [table.name, table]))
  const equal = new Set(
    read.tables.filter((table) => isSame(table, others.get(table.name))).map(({ name }) => name),
  )
  const rest = (schema: Schema): Schema => ({
    ...schema,
    tables: schema.tables
      .filter(({ name }) => !equal.has(name))
      .map((table) => dialect.canonical(table)),
  })
  return isSameSchema(rest(read), rest(meant))
}
