/** The guard of a revision: nothing is lost that its script did not name, and no row points at nothing. */
import { MigrateError } from '../../../errors.js'
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Connection } from '../../connection.js'
import type { Guard } from '../../dialect.js'
import { byTable, readCatalogOf } from '../catalog/catalog.js'
import { brokenViews } from './views.js'
import type { BrokenKeys } from './keys.js'
import { brokenKeys, newlyBroken, tablesAtRisk, tablesAtRiskOfRaw } from './keys.js'
import { lostObjects, objectsOf } from './objects.js'
import type { GuardRecord } from './record.js'
import {
  createdTables,
  isNamedByDdl,
  isRenaming,
  nameAfter,
  operationTables,
  recordOf,
} from './record.js'
import type { Sequences } from './sequences.js'
import { lostSequences, readSequence } from './sequences.js'
import { isPlainRevision } from './plain.js'
import { lostInTables } from './tables.js'
import type { Groups, KnownSchema } from '../catalog/known-schema.js'
import {
  beginTouching,
  knownSchema,
  noteChanged,
  noteTouched,
  readSchema,
  rememberTables,
  schemaVersion,
} from '../catalog/known-schema.js'
import { fold } from '../names.js'
import type { RawNames } from './raw-statement.js'
import { readRaw } from './raw-statement.js'

/** What was read before the first statement that could change it. */
interface Observed {
  readonly keys: Map<string, Promise<BrokenKeys>>
  readonly sequences: Sequences
}

/**
 * The guard for the revision that begins now. What it costs depends on the tables that the revision
 * touches: the schema is read whole once a session, and again only after raw DDL or a rename.
 */
export async function startGuard(connection: Connection): Promise<Guard> {
  const before = await knownSchema(connection)
  beginTouching(connection)
  const operations: Operation[] = []
  const raw: RawNames[] = []
  const observed: Observed = { keys: new Map(), sequences: new Map() }

  // Asked for at once, not awaited: statements run in the order in which they were asked for.
  const observe = (atRisk: readonly string[], touched: Iterable<string>): void => {
    for (const table of atRisk) {
      if (observed.keys.has(table)) continue
      observed.keys.set(table, unawaited(brokenKeys(connection, table)))
    }
    for (const table of touched) readSequence(connection, before, table, observed.sequences)
  }

  return {
    named(named) {
      operations.push(...named)
      const tables = operationTables(named)
      noteTouched(connection, named.some(isRenaming) ? null : tables)
      observe(
        named.flatMap((operation) => tablesAtRisk(before, operation)),
        tables,
      )
    },
    carriedOut() {
      noteChanged(connection)
    },
    raw(sql) {
      const statement = readRaw(sql)
      raw.push(statement)
      if (statement.isDdl) noteTouched(connection, null)
      const touched = [...statement.names].filter((name) => before.groups.has(name))
      observe(tablesAtRiskOfRaw(before, statement), statement.isDdl ? touched : [])
    },
    verify: () => verify(connection, before, recordOf(operations, raw), observed),
  }
}

/** A promise that only `verify` awaits, which may never come: its failure must end no process. */
function unawaited<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

async function verify(
  connection: Connection,
  before: KnownSchema,
  record: GuardRecord,
  observed: Observed,
): Promise<void> {
  noteTouched(connection, null)
  const version = await schemaVersion(connection)
  const isSame = version === before.version
  const changed = isSame ? null : await readChanged(connection, { before, version }, record)
  const lost = [
    ...(changed === null ? [] : lostStructure(before, changed, record)),
    ...(changed === null ? [] : await brokenViews(connection, changed.views, record)),
    ...(await lostSequences(connection, observed.sequences, record)),
  ]
  if (lost.length > 0) throw guardLost(lost)
  const broken = await brokenNow(connection, changed?.schema ?? before, record, observed)
  if (broken.length > 0) throw keysBroken(broken)
  await changed?.keep()
}

/** What may have changed, as it is now. */
interface Changed {
  readonly before: Groups
  readonly after: Groups
  /** All views, by name and text. */
  readonly views: Groups
  /** With the references of the tables as they are now. */
  readonly schema: KnownSchema
  /** Remembers it for the next revision. */
  keep(): Promise<void>
}

async function readChanged(
  connection: Connection,
  { before, version }: { readonly before: KnownSchema; readonly version: number },
  record: GuardRecord,
): Promise<Changed> {
  const tables = [...operationTables(record.operations)]
  const isLocal =
    tables.length > 0 &&
    !record.raw.some((each) => each.isDdl) &&
    !record.operations.some(isRenaming)
  if (!isLocal) {
    const schema = await readSchema(connection, before)
    return {
      before: before.groups,
      after: schema.groups,
      views: schema.groups,
      schema,
      keep: () => Promise.resolve(),
    }
  }
  const after = byTable(await readCatalogOf(connection, tables))
  return {
    before: new Map(tables.map((table) => [table, before.groups.get(table) ?? []])),
    after,
    views: before.groups,
    schema: before,
    keep: () => rememberTables(connection, before, { version, tables, groups: after }),
  }
}

function lostStructure(
  known: KnownSchema,
  { before, after }: Changed,
  record: GuardRecord,
): readonly string[] {
  if (isPlainRevision(before, after, record)) return []
  const named = operationTables(record.operations)
  // What a rename rewrites elsewhere is foretold as well: the tables that reference the renamed one.
  const renames = record.operations.some(isRenaming)
  const around = renames ? [...named].flatMap((table) => known.references.childrenOf(table)) : []
  const held = [...new Set([...named, ...around])].filter((table) => !isNamedByDdl(record, table))
  const isHeld = new Set(held)
  return [
    ...lostInTables(before, after, {
      before: held,
      after: [...new Set([...held, ...held.map((table) => nameAfter(record, table))])],
      operations: record.operations.filter((operation) =>
        isHeld.has(fold(tableOf(operation) ?? '')),
      ),
      created: createdTables(record),
      isNamed: (index) => isNamedByDdl(record, index),
    }),
    ...lostObjects(objectsOf(before.values()).values(), objectsOf(after.values()), record, isHeld),
  ]
}

async function brokenNow(
  connection: Connection,
  schema: KnownSchema,
  record: GuardRecord,
  observed: Observed,
): Promise<readonly string[]> {
  // What the operations made is not in the schema from before them, but rows may point from it.
  const made = record.raw.some((raw) => raw.rows !== null)
    ? [...operationTables(record.operations)]
    : []
  const now = [
    ...made,
    ...record.operations.flatMap((operation) => tablesAtRisk(schema, operation)),
    ...record.raw.flatMap((raw) => tablesAtRiskOfRaw(schema, raw)),
  ]
  if (now.length === 0 && observed.keys.size === 0) return []
  // Of a table that was dropped and one that took its name, the rows are those of the second.
  const before = new Map<string, string>()
  for (const table of observed.keys.keys()) {
    const name = nameAfter(record, table)
    if (name !== table || !before.has(name)) before.set(name, table)
  }
  const after = new Set([...before.keys(), ...now])
  const found: string[] = []
  for (const table of after) {
    const old = before.get(table) ?? table
    const was = renamedParents(record, (await observed.keys.get(old)) ?? new Map())
    for (const [parent, rows] of newlyBroken(was, await brokenKeys(connection, table))) {
      found.push(`${rows} in ${table} to ${parent}`)
    }
  }
  return found
}

function renamedParents(record: GuardRecord, keys: BrokenKeys): BrokenKeys {
  return new Map(
    [...keys].map(([key, count]) => {
      const at = key.lastIndexOf(' ')
      return [nameAfter(record, key.slice(0, at)) + key.slice(at), count]
    }),
  )
}

function guardLost(lost: readonly string[]): MigrateError {
  const [first = ''] = lost
  const more = lost.length === 1 ? '' : ` (and ${lost.length - 1} more)`
  return new MigrateError('GUARD_LOST', 1, `The script does not name it, but ${first}${more}.`, {
    why: `Before and after differ in what no operation and no statement names: ${lost.join('; ')}.`,
    fix: 'Name what is to go in the script (drop it by its name), or make it again there.',
    details: { lost },
  })
}

function keysBroken(broken: readonly string[]): MigrateError {
  return new MigrateError(
    'FOREIGN_KEYS_VIOLATED',
    1,
    `Rows would point at rows that are not there: ${broken.join(', ')}.`,
    {
      why: 'Foreign keys are off while a revision runs, so nothing cascades, and they are checked at its end.',
      fix: 'Change or delete these rows in the script, in the same revision.',
      details: { broken },
    },
  )
}
