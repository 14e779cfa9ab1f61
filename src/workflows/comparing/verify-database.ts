/** The database against its history: whether it is what the applied revisions make. */
import type { Comparison, ComparisonRow, TableComparison } from '../../compare/comparison.js'
import type { Introspection } from '../../dialects/introspection.js'
import { MigrateError, messageOf } from '../../errors.js'
import { tableOf } from '../../operations/operation.js'
import type { DesiredTable, Note } from '../../schema/desired.js'
import type { Table, TableName } from '../../schema/table.js'
import type { VerifyDocument } from '../documents.js'
import type { ExpectedSchema } from './expected-schema.js'
import { expectedSchema } from './expected-schema.js'
import { introspectedWith, introspectManaged } from './find-changes.js'
import { withKnownEnums } from './known-enums.js'
import type { Session } from '../session.js'
import { compareSettled } from './settle-changes.js'

type Finding = VerifyDocument['findings'][number]

export interface DatabaseVerdict {
  readonly findings: readonly Finding[]
  /** What could not be held against the history, and why. */
  readonly notes: readonly Note[]
}

/** A finding for every table that is not what the applied revisions make; other tables are nobody's business. */
export async function verifyDatabase(session: Session): Promise<DatabaseVerdict> {
  if (session.connection === null || session.applied.size === 0) return NOTHING
  const first = await introspectManaged(session)
  let expected: ExpectedSchema
  try {
    expected = await expectedSchema(session, first.defaultSchema)
  } catch (thrown) {
    return { findings: [], notes: [notFollowed(thrown)] }
  }
  const isKnown = (name: TableName): boolean => !isUnfollowed(expected, name)
  const known = expected.schema.tables.filter(({ name }) => isKnown(name))
  const names = known.map(({ name }) => name)
  const live = await introspectedWith(session, first, names)
  const comparison = await compareWith(session, known, live)
  const changed = new Set(comparison.operations.map(tableOf))
  const last = [...session.applied].at(-1) ?? ''
  return {
    findings: comparison
      .tables()
      .filter(({ table, status }) => status !== 'unmanaged' && changed.has(table) && isKnown(table))
      .map((table) => differs(table, expected.lastOn.get(table.table) ?? last)),
    notes: expected.schema.tables
      .filter(({ name }) => !isKnown(name))
      .map(({ name }) => unfollowedNote(name)),
  }
}

const NOTHING: DatabaseVerdict = { findings: [], notes: [] }

async function compareWith(
  session: Session,
  known: readonly Table[],
  live: Introspection,
): Promise<Comparison> {
  const names = new Set(known.map(({ name }) => name))
  return await compareSettled(session, {
    current: {
      ...live.schema,
      tables: live.schema.tables.filter(({ name }) => names.has(name)),
    },
    currentViews: live.views.map((view) => view.name),
    desired: known.map((table) => desiredTable(withKnownEnums(table, live.schema.enums))),
    canonical: (table, like) => session.dialect.canonical(table, like ?? null, live.usualOptions),
    managed: new Set(),
    managedEnums: new Set(),
    dropUnmanaged: [],
    answers: { renames: [], apart: [] },
    facets: session.database.compare,
    isIncluded: session.database.isIncluded,
    allowDrops: true,
  })
}

/** A table as revisions make it, in the place of one that models ask for. */
function desiredTable(table: Table): DesiredTable {
  return { table, source: 'declared', models: [], offeredValues: {}, assumed: [], expectations: [] }
}

function differs({ table, status, rows }: TableComparison, revision: string): Finding {
  const what =
    status === 'onlyModel'
      ? 'is not there'
      : rows
          .filter((row) => row.status !== 'same')
          .map(rowText)
          .join('; ') || 'differs'
  return {
    code: 'DATABASE_DIFFERS',
    revision,
    message: `The table ${table} is not what the applied revisions make: ${what}.`,
    fix: 'If it was changed by hand, take that back, or let the models say it and write a revision: `migrate-tui migrate`.',
  }
}

function rowText({ facet, name, model, database }: ComparisonRow): string {
  const what =
    facet === 'primaryKey' || facet === 'comment' || facet === 'options'
      ? FACETS[facet]
      : `${FACETS[facet]} ${name}`
  if (database === null) return `${what} is missing (${model ?? ''})`
  if (model === null) return `${what} is there and no revision makes it (${database})`
  return `${what} is ${database}, and would be ${model}`
}

const FACETS: Readonly<Record<ComparisonRow['facet'], string>> = {
  table: 'table',
  column: 'column',
  primaryKey: 'the primary key',
  unique: 'unique',
  index: 'index',
  foreignKey: 'foreign key',
  check: 'check',
  comment: 'the comment',
  options: 'the options',
}

const WORD = /^[\p{L}\p{N}_]+$/u
const WORDS = /[\p{L}\p{N}_]+/gu

/** Whether a statement that was not followed names the table. */
function isUnfollowed({ unfollowed }: ExpectedSchema, table: TableName): boolean {
  const bare = table.slice(table.lastIndexOf('.') + 1).toLowerCase()
  const isWord = WORD.test(bare)
  return unfollowed.some((sql) => {
    const text = sql.toLowerCase()
    return isWord ? (text.match(WORDS)?.includes(bare) ?? false) : text.includes(bare)
  })
}

function unfollowedNote(table: TableName): Note {
  return {
    code: 'NOT_FOLLOWED',
    message: `The table ${table} was not held against the history: a script changes it with SQL of its own.`,
    where: table,
  }
}

function notFollowed(thrown: unknown): Note {
  const reason = thrown instanceof MigrateError ? thrown.message : messageOf(thrown)
  return {
    code: 'NOT_FOLLOWED',
    message: `The database was not held against the history: its revisions do not run on an empty database. ${reason}`,
    where: 'database',
  }
}
