/** Proof that a generated script says what was meant: it is loaded, recorded and compared. */
import type { Dialect } from '../../dialects/dialect.js'
import { MigrateError } from '../../errors.js'
import { identifiersOf } from '../../models/describing/identifiers.js'
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
  requireUnmapped(meant, database.knexConfig)
  throw new Error(`The script of ${file.revision.id} does not read back as it was meant.`)
}

/**
 * A script names things as the database does, which Knex maps once more: to the same name, if a script
 * is to name it at all. `snakeCaseMappers({ upperCase: true })` make `USER__NAME` of `USER_NAME`.
 */
function requireUnmapped({ tables }: Schema, knexConfig: Readonly<Record<string, unknown>>): void {
  const identifiers = identifiersOf(knexConfig)
  for (const { name, columns } of tables) {
    const column = columns.find((each) => identifiers.column(each.name) !== each.name)?.name
    const there = identifiers.table(name) === name ? column : name
    if (there === undefined) continue
    throw new MigrateError('NAMES_MAPPED', 2, `A script cannot name ${there}.`, {
      why: `wrapIdentifier of the Knex configuration makes ${identifiers.table(there)} of that name, which is not left as it is.`,
      fix: 'Give migrate-tui a Knex configuration without that mapping, and name tables and columns in defineTable as the database does.',
    })
  }
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
