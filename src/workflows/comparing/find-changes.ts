/** Models against the live database: what differs, what is asked, what is only told. */
import type {
  CompareInput,
  Comparison,
  GivenRename,
  GivenRenames,
} from '../../compare/comparison.js'
import { MigrateError } from '../../errors.js'
import { enumsOf } from '../../operations/order-keys.js'
import { setAside } from '../../models/set-aside.js'
import type { LoadedModels, Note } from '../../schema/desired.js'
import type { Introspection } from '../../dialects/introspection.js'
import type { TableName } from '../../schema/table.js'
import type { RenameQuestion } from '../documents.js'
import type { Ask } from '../io.js'
import { asideOf, MODEL_ON_LEFT_ALONE } from './aside.js'
import { schemasNotRead, schemasOfScripts } from './further-schemas.js'
import { withKnownEnums } from './known-enums.js'
import { managedEnums, managedTables } from './managed-tables.js'
import { ownTables } from './own-tables.js'
import type { RenameAnswer } from '../options.js'
import { questionOf } from './rename-questions.js'
import type { Session } from '../session.js'
import { compareSettled } from './settle-changes.js'
import { scriptSpellings, spelledAs } from './spelled-as.js'

export interface ChangeWishes {
  readonly renames: readonly RenameAnswer[]
  /** Pairs that are no rename: the one is dropped, the other added. */
  readonly apart?: readonly RenameAnswer[]
  readonly dropUnmanaged: readonly string[]
  /** Goes on without drops although something failed to load. */
  readonly partial: boolean
}

export interface FoundChanges {
  readonly comparison: Comparison
  /** Rename candidates that nobody answered. */
  readonly open: readonly RenameQuestion[]
  readonly notes: readonly Note[]
}

/** Both sides, and what the person said beforehand. */
export interface ChangeRequest {
  readonly loaded: LoadedModels
  readonly live: Introspection
  readonly wishes: ChangeWishes
}

/**
 * The database as it stands, all but our own tables and Knex's: what it looks into by itself, the
 * schemas in which revisions created tables, and `schemas`.
 */
export async function introspectManaged(
  session: Session,
  schemas: readonly string[] = [],
): Promise<Introspection> {
  const { dialect, connection } = session
  if (connection === null) {
    return {
      schema: { tables: [], enums: [] },
      views: [],
      triggers: [],
      leftAlone: [],
      defaultSchema: null,
    }
  }
  return await dialect.introspect(connection, {
    only: null,
    except: ownTables(session),
    // To know them every applied script is read.
    ...(dialect.facts.hasSchemas
      ? { schemas: [...new Set([...schemas, ...schemasOfScripts(session)])] }
      : {}),
  })
}

/**
 * What was introspected, with these tables spelled as they are here, and others as scripts spell them;
 * looked at once more where they are in schemas that were not read.
 */
export async function introspectedWith(
  session: Session,
  live: Introspection,
  names: readonly TableName[],
): Promise<Introspection> {
  const schemas = session.dialect.facts.hasSchemas ? schemasNotRead(live, names) : []
  const whole = schemas.length === 0 ? live : await introspectManaged(session, schemas)
  return spelledAs(whole, [...(await scriptSpellings(session, whole, names)), ...names])
}

/**
 * Compares what was loaded with what was introspected. At a terminal rename candidates are asked,
 * tables before columns, and what is answered is compared anew.
 * @throws MigrateError `MODELS_FAILED` (exit 2) unless `partial`, where something did not load
 * @throws MigrateError `RENAME_UNKNOWN` (exit 2) where an answer fits no difference
 */
export async function findChanges(
  session: Session,
  { loaded: read, live, wishes }: ChangeRequest,
  ask: Ask | null,
): Promise<FoundChanges> {
  const loaded = setAside(read, asideOf(session, live))
  const failed = loaded.failures.length > 0
  const base: Omit<CompareInput, 'answers'> = {
    current: live.schema,
    currentViews: live.views.map((view) => view.name),
    desired: loaded.tables.map((desired) => ({
      ...desired,
      table: withKnownEnums(desired.table, live.schema.enums),
    })),
    canonical: (table, like) => session.dialect.canonical(table, like ?? null, live.usualOptions),
    managed: await managedTables(session, unclaimed(live, loaded)),
    managedEnums: await managedEnums(session, unnamedEnums(live, loaded)),
    dropUnmanaged: wishes.dropUnmanaged,
    facets: session.database.compare,
    isIncluded: session.database.isIncluded,
    allowDrops: !failed,
  }
  const given = ({ table, column, to }: RenameAnswer): GivenRename => ({ table, column, to })
  let answers: GivenRenames = {
    renames: wishes.renames.map(given),
    apart: (wishes.apart ?? []).map(given),
  }
  let comparison = await compareSettled(session, { ...base, answers })
  while (ask !== null) {
    const [candidate] = comparison.renames
    if (candidate === undefined) break
    const { table, column, to } = candidate
    const isRename = await ask.askRename(questionOf(candidate))
    answers = isRename
      ? { ...answers, renames: [...answers.renames, { table, column, to }] }
      : { ...answers, apart: [...answers.apart, { table, column, to }] }
    comparison = await compareSettled(session, { ...base, answers })
  }
  // A model that could not be read whole still claims its table.
  const claimed = new Set(loaded.models.map((model) => model.table))
  const unmanaged = comparison.unmanaged.filter((name) => !claimed.has(name))
  return {
    comparison: { ...comparison, unmanaged },
    open: comparison.renames.map(questionOf),
    notes: [
      ...loaded.notes,
      ...comparison.notes,
      ...leftAloneNotes(live, loaded.notes),
      ...failureNotes(loaded),
    ],
  }
}

/** Refuses to go on when models failed to load, unless that was said to be meant. */
export function requireLoaded(loaded: LoadedModels, partial: boolean): void {
  if (loaded.failures.length === 0 || partial) return
  const lines = loaded.failures.map(
    ({ file, model, reason }) => `  ${file}${model === null ? '' : ` (${model})`}: ${reason}`,
  )
  throw new MigrateError(
    'MODELS_FAILED',
    2,
    `${lines.length === 1 ? 'A model' : `${lines.length} models`} could not be read:\n${lines.join('\n')}`,
    {
      why: 'What a model that is not read asks for is not known, so a table might seem to be gone.',
      fix: 'Mend it, or go on without drops: `--partial`.',
      state: 'Nothing was written, and the database was not touched.',
      details: { failures: loaded.failures },
    },
  )
}

function unclaimed(live: Introspection, loaded: LoadedModels): readonly string[] {
  const claimed = new Set([
    ...loaded.tables.map(({ table }) => table.name),
    ...loaded.models.map(({ table }) => table),
  ])
  return live.schema.tables.map((table) => table.name).filter((name) => !claimed.has(name))
}

/** The enum types that no model has a column of. */
function unnamedEnums(live: Introspection, loaded: LoadedModels): readonly string[] {
  const named = new Set(loaded.tables.flatMap(({ table }) => enumsOf(table.columns)))
  return live.schema.enums.map(({ name }) => name).filter((name) => !named.has(name))
}

/** What is left alone, but for what the note on a model tells. */
function leftAloneNotes(live: Introspection, told: readonly Note[]): readonly Note[] {
  const names = new Set(
    told.filter(({ code }) => code === MODEL_ON_LEFT_ALONE).map(({ where }) => where),
  )
  return live.leftAlone
    .filter(({ name }) => !names.has(name))
    .map(({ name, reason }) => ({
      code: 'LEFT_ALONE',
      message: `${name} is left alone: ${reason}.`,
      where: name,
    }))
}

function failureNotes(loaded: LoadedModels): readonly Note[] {
  return loaded.failures.map(({ file, model, reason }) => ({
    code: 'MODEL_FAILED',
    message: reason,
    where: model === null ? file : `${file} (${model})`,
  }))
}
