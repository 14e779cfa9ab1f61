/** Asks the server itself how it prints tables: they are made in a scratch database that is dropped again. */
import { MigrateError } from '../../errors.js'
import type { Table } from '../../schema/table.js'
import type { Connection } from '../connection.js'
import { canonicalTable } from './canonical.js'
import { createTable } from './emit/create-table.js'
import { introspect } from './catalog/introspect.js'
import { quote } from './quote.js'
import { readServer, type Server, text } from './connection/server.js'
import { type Session, sessionOf } from './connection/session.js'
import { isSketch } from './emit/sketch.js'
import { nodeCrypto } from '../../node-crypto.js'

const PREFIX = 'migrate_tui_scratch_'

/**
 * The canonical forms of tables as this server prints them, in the order given. Foreign keys and names
 * come from the rules: no server changes them. Works in a session of its own and leaves nothing behind;
 * what a killed run left is swept away by the next.
 * @throws MigrateError `SCRATCH_DENIED` where the user may not create a database
 */
export async function settle(
  connection: Connection,
  tables: readonly Table[],
): Promise<readonly Table[]> {
  if (tables.length === 0 || isSketch(connection))
    return tables.map((table) => canonicalTable(table))
  const server = await readServer(connection)
  const session = await sessionOf(connection).openSibling()
  const name = `${PREFIX}${nodeCrypto().randomBytes(8).toString('hex')}`
  try {
    await sweep(session)
    // The lock tells other runs that the database is in use, for as long as this session lives.
    await session.query('select get_lock(?, 0)', [name])
    await createScratch(session, name, server)
    try {
      return await settleAll(session, tables, server)
    } finally {
      await session.execute(`drop database ${quote(name)}`)
    }
  } finally {
    await session.close()
  }
}

/** A database with the character set of the one that is compared, since tables take theirs from it. */
async function createScratch(session: Session, name: string, server: Server): Promise<void> {
  try {
    await session.execute(
      `create database ${quote(name)} default character set ${server.charset} collate ${server.collation}`,
    )
  } catch (thrown) {
    const isDenied =
      thrown instanceof MigrateError && ['NOT_ALLOWED', 'READ_ONLY'].includes(thrown.code)
    throw isDenied ? scratchDenied(thrown) : thrown
  }
  await session.execute(`use ${quote(name)}`)
}

/** Scratch databases whose run was killed. */
async function sweep(session: Session): Promise<void> {
  const rows = await session.query(
    `select schema_name as name from information_schema.schemata
      where schema_name like ? and is_used_lock(schema_name) is null`,
    [`${PREFIX.replaceAll('_', '\\_')}%`],
  )
  for (const row of rows)
    await session.execute(`drop database if exists ${quote(text(row, 'name'))}`)
}

async function settleAll(
  session: Session,
  tables: readonly Table[],
  server: Server,
): Promise<readonly Table[]> {
  const made = new Set<string>()
  for (const [at, table] of tables.entries()) {
    const scratch = { ...table, name: `table_${at}`, foreignKeys: [] }
    if (await isTaken(session, scratch, server)) made.add(scratch.name)
  }
  const { schema } = await introspect(session, { only: null, except: [] })
  const live = new Map(schema.tables.map((table) => [table.name, table]))
  return tables.map((table, at) => {
    const found = live.get(`table_${at}`)
    const ruled = canonicalTable(table)
    if (found === undefined) return ruled
    return { ...canonicalTable(found, table), name: ruled.name, foreignKeys: ruled.foreignKeys }
  })
}

/** Whether the server takes the table. */
async function isTaken(session: Session, table: Table, server: Server): Promise<boolean> {
  try {
    await session.execute(createTable(table, () => null, server).sql)
    return true
  } catch (thrown) {
    if (!(thrown instanceof MigrateError) || thrown.code.startsWith('CONNECT_')) throw thrown
    return false
  }
}

function scratchDenied(cause: MigrateError): MigrateError {
  return new MigrateError('SCRATCH_DENIED', 1, 'This user may not create a scratch database.', {
    why: 'Some differences only the server itself can settle; they may show where there are none.',
    fix: `Grant it (grant all on \`${PREFIX.replaceAll('_', '\\_')}%\`.* to …), or compare as a user who has it.`,
    state: 'Nothing was changed.',
    details: cause.details,
    cause,
  })
}
