/** Asks the server itself how it prints tables: they are made in a scratch schema that is rolled back. */
import { MigrateError } from '../../errors.js'
import type { Column } from '../../schema/column.js'
import type { Table, TableName } from '../../schema/table.js'
import type { Connection } from '../connection.js'
import { canonical } from './canonical.js'
import { postgresConnection, type PostgresConnection } from './connection/session.js'
import { createEnumText } from './emit/replace-enum.js'
import { createTableTexts } from './emit/create-table.js'
import { introspect } from './catalog/introspect.js'
import { quote } from './names.js'
import { nodeCrypto } from '../../node-crypto.js'

/** Tables in one transaction: the locks that a transaction can hold are bounded. */
const AT_ONCE = 100

/**
 * The canonical forms of tables, expressions and types as this server prints them. Foreign keys and
 * names come from the rules: no engine changes them. Nothing is left behind.
 * @throws MigrateError `SCRATCH_DENIED` where the user may not create a schema
 */
export async function settle(
  connection: Connection,
  tables: readonly Table[],
): Promise<readonly Table[]> {
  const session = postgresConnection(connection)
  if (tables.length === 0 || session.sketch !== null) return tables.map((table) => canonical(table))
  const settled: Table[] = []
  for (let at = 0; at < tables.length; at += AT_ONCE) {
    const undo = await openScratch(session)
    try {
      settled.push(...(await settleAll(session, tables.slice(at, at + AT_ONCE))))
    } finally {
      await session.batch(undo)
    }
  }
  return settled
}

/** Opens a transaction or a savepoint with the scratch schema first on the path; what undoes it. */
async function openScratch(session: PostgresConnection): Promise<readonly string[]> {
  // A name of its own, so that two comparisons at once do not wait for each other.
  const scratch = quote(`migrate_tui_scratch_${nodeCrypto().randomBytes(8).toString('hex')}`)
  const create = [
    `create schema ${scratch}`,
    `select set_config('search_path', concat_ws(', ', '${scratch}', nullif(current_setting('search_path'), '')), true)`,
    'set local check_function_bodies to off',
  ]
  if (!session.inTransaction()) {
    return await opened(session, ['begin read write', ...create], ['rollback'])
  }
  const undo = ['rollback to migrate_tui_settle', 'release migrate_tui_settle']
  return await opened(session, ['savepoint migrate_tui_settle', ...create], undo)
}

/** Codes of what keeps a schema from being made: rights, a standby, an event trigger. */
const DENIALS = new Set(['NOT_ALLOWED', 'READ_ONLY', 'SERVER_REFUSED'])

async function opened(
  session: PostgresConnection,
  statements: readonly string[],
  undo: readonly string[],
): Promise<readonly string[]> {
  try {
    await session.batch(statements)
    return undo
  } catch (thrown) {
    await session.batch(undo)
    const isDenied = thrown instanceof MigrateError && DENIALS.has(thrown.code)
    throw isDenied ? scratchDenied(thrown) : thrown
  }
}

async function settleAll(
  session: PostgresConnection,
  tables: readonly Table[],
): Promise<readonly Table[]> {
  const scratch = tables.map(scratchTable)
  const made: TableName[] = []
  for (const each of scratch) if (await createOne(session, each)) made.push(each.name)
  const found = await introspect(session, { only: made, except: [] })
  const byName = new Map(found.schema.tables.map((table) => [table.name, table]))
  return tables.map((table, at) => {
    const live = byName.get(scratch[at]?.name ?? '')
    return live === undefined ? canonical(table) : renamedBack(canonical(live), canonical(table))
  })
}

/** Whether the server took the table. */
async function createOne(session: PostgresConnection, table: Table): Promise<boolean> {
  const enums = new Map(
    table.columns.flatMap(({ type }) =>
      type.kind === 'enum' && type.native !== null ? [[type.native, type.values] as const] : [],
    ),
  )
  try {
    await session.batch([
      'savepoint migrate_tui_table',
      ...[...enums].map(([name, values]) => createEnumText(name, values)),
      ...createTableTexts(table, session.version),
      'release migrate_tui_table',
    ])
    return true
  } catch (thrown) {
    if (thrown instanceof MigrateError && thrown.code.startsWith('CONNECT_')) throw thrown
    await session.batch(['rollback to migrate_tui_table', 'release migrate_tui_table'])
    return false
  }
}

/** The table without what points elsewhere, under names that nothing else in the scratch schema has. */
function scratchTable(table: Table, at: number): Table {
  const enumNames = new Map<string, string>()
  const columns = table.columns.map((column): Column => {
    const { type } = column
    if (type.kind !== 'enum' || type.native === null) return column
    const name = enumNames.get(type.native) ?? `enum_${at}_${enumNames.size}`
    enumNames.set(type.native, name)
    return { ...column, type: { ...type, native: name } }
  })
  return {
    name: `table_${at}`,
    columns,
    primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, name: null },
    uniques: table.uniques.map((unique, i) => ({ ...unique, name: `unique_${at}_${i}` })),
    indexes: table.indexes.map((index, i) => ({ ...index, name: `index_${at}_${i}` })),
    foreignKeys: [],
    checks: table.checks,
    comment: table.comment,
    options: {},
  }
}

/** What the server printed, under the names that the table has. */
function renamedBack(made: Table, ruled: Table): Table {
  const types = new Map(ruled.columns.map((column) => [column.name, column.type]))
  const nameAt = (objects: readonly { readonly name: string }[], scratch: string): string =>
    objects[Number(scratch.slice(scratch.lastIndexOf('_') + 1))]?.name ?? scratch
  return {
    ...made,
    name: ruled.name,
    columns: made.columns.map((column) =>
      column.type.kind === 'enum'
        ? { ...column, type: types.get(column.name) ?? column.type }
        : column,
    ),
    uniques: made.uniques.map((unique) => ({
      ...unique,
      name: nameAt(ruled.uniques, unique.name),
    })),
    indexes: made.indexes.map((index) => ({ ...index, name: nameAt(ruled.indexes, index.name) })),
    foreignKeys: ruled.foreignKeys,
  }
}

function scratchDenied(cause: MigrateError): MigrateError {
  const message =
    cause.code === 'SERVER_REFUSED'
      ? `The server takes no scratch schema: ${cause.message}`
      : 'This user may not create a scratch schema.'
  return new MigrateError('SCRATCH_DENIED', 1, message, {
    why: 'Some differences only the server itself can settle; they may show where there are none.',
    fix:
      cause.code === 'SERVER_REFUSED'
        ? 'Compare where it takes one.'
        : 'Grant create on the database to this user, or compare as one who has it.',
    state: 'Nothing was changed.',
    details: cause.details,
    cause,
  })
}
