/** One schema call carried out on one connection: read against the table there, turned into statements, run. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect, Statement } from '../dialects/dialect.js'
import { allOrNothing, executeAll } from './execute.js'
import type { Operation } from '../operations/operation.js'
import type { RawStatement, SchemaCall } from '../vocabulary/call.js'
import { statementsOfUnknown } from '../vocabulary/call.js'
import { noSuchTable } from './misfit.js'

/** Where a call is carried out, and who hears of it. */
export interface CarryOut {
  readonly dialect: Dialect
  readonly connection: Connection
  /** Whether a failure takes back all that was done before it, so that no call needs to be all or nothing. */
  readonly isUndoneWhole: boolean
  /** Before anything of the call ran; may throw to stop it. */
  onOperations(operations: readonly Operation[]): Promise<void>
  /** Before a statement that no operation stands for; may throw to stop it. */
  onRaw(statement: RawStatement): Promise<void>
  /** Before a statement runs; `isQuick` where it is about a table without rows. */
  onStatement(sql: string, isQuick: boolean): void
  /** After all statements of the call ran. */
  onCarriedOut?(): void
  /** After a statement was carried out and nothing takes it back alone. */
  onDone?(sql: string): void
}

/** Carries a call out; the number of statements that ran. */
export async function carryOut(to: CarryOut, call: SchemaCall): Promise<number> {
  const operations = await operationsNow(to, call)
  await to.onOperations(operations)
  if (call.kind === 'unknown') {
    for (const statement of statementsOfUnknown(call)) await to.onRaw(statement)
  }
  const statements =
    call.kind === 'unknown'
      ? await withWayCleared(to, call.statements)
      : await to.dialect.emit(to.connection, operations)
  // A rebuild is many statements; outside a transaction it must still be all of them or none.
  const guarded = statements.length > 1 && to.dialect.facts.savepointBegins && !to.isUndoneWhole
  await (guarded ? asOne(to, statements) : executeAll(to, statements))
  to.onCarriedOut?.()
  return statements.length
}

/** Statements of the script's own, each behind what clears its way. */
async function withWayCleared(
  { dialect, connection }: CarryOut,
  written: readonly string[],
): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  for (const sql of written) {
    const before = (await dialect.frame.clearFor?.(connection, sql)) ?? []
    statements.push(...[...before, sql].map((each) => ({ sql: each })))
  }
  return statements
}

async function asOne(to: CarryOut, statements: readonly Statement[]): Promise<void> {
  const { connection, dialect } = to
  // What is taken back together is done together.
  await allOrNothing({ frame: dialect.frame, connection }, 'schema_call', () =>
    executeAll({ ...to, onDone: () => undefined }, statements),
  )
  for (const { sql } of statements) to.onDone?.(sql)
}

/** What a call means on the database as it stands now. */
async function operationsNow(
  at: Pick<CarryOut, 'dialect' | 'connection'>,
  call: SchemaCall,
): Promise<readonly Operation[]> {
  switch (call.kind) {
    case 'unknown':
      return []
    case 'operation':
      return [call.operation]
    case 'renameTable':
      return [{ kind: 'renameTable', from: call.from, to: call.to }]
    case 'dropTable': {
      const table = await at.dialect.introspectTable(at.connection, call.table)
      if (table !== null) return [{ kind: 'dropTable', table }]
      if (call.ifExists) return []
      throw noSuchTable(call.table, 'drops')
    }
    case 'table': {
      if (call.method === 'createTable') return call.read(null)
      const before = await at.dialect.introspectTable(at.connection, call.table)
      if (call.method === 'createTableIfNotExists') return before === null ? call.read(null) : []
      if (before === null) throw noSuchTable(call.table, 'alters')
      return call.read(before)
    }
  }
}
