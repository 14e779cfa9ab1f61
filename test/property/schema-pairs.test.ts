/**
 * For random schemas A and B with rows in the tables: after `migrate` and `upgrade` the comparison is
 * clean; after `downgrade` the schema is what it was, and so are the rows of columns that stayed.
 * PAIRS=10000 SEED=random runs more of them.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare } from '../../src/compare/compare.js'
import type { Connection } from '../../src/dialects/dialect.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { MigrateError } from '../../src/errors.js'
import { applyOperations } from '../../src/operations/apply.js'
import { isSame } from '../../src/operations/equal.js'
import type { Operation } from '../../src/operations/operation.js'
import { summaryOf } from '../../src/operations/summary.js'
import type { Column } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import { EMPTY_SCHEMA } from '../../src/schema/schema.js'
import { createRecorder } from '../../src/scripts/record.js'
import type { Table } from '../../src/schema/table.js'
import { bodyLines } from '../../src/workflows/body-lines.js'
import { generateScript } from '../../src/workflows/generated-script.js'
import { ALL_FACETS, declared } from '../support/comparing.js'
import { functionOf } from '../support/run-body.js'
import type { SchemaPair } from '../support/schema-pairs.js'
import { schemaPairs } from '../support/schema-pairs.js'
import type { FunctionScript } from '../support/script-run.js'
import { KNEX, openSqlite, runScripts, TABLES } from '../support/script-run.js'

const PAIRS = Number(process.env.PAIRS ?? 100)
const quote = sqlite.quote

test(`${PAIRS} pairs of schemas, there and back`, async () => {
  await fc.assert(fc.asyncProperty(schemaPairs, thereAndBack), {
    numRuns: PAIRS,
    timeout: 60_000,
    // Shrinking one of these pairs takes minutes; the seed and the path tell it again.
    endOnFailure: process.env.SHRINK === undefined,
    // SEED=random draws another; the seed of a failure is printed with it.
    ...(process.env.SEED === 'random' ? {} : { seed: Number(process.env.SEED ?? 20261121) }),
  })
}, 3_600_000)

async function thereAndBack(random: SchemaPair): Promise<void> {
  const pair = { ...random, before: await said(random.before), after: await said(random.after) }
  const connection = await openSqlite()
  try {
    await runScripts(connection, [await scriptFor(connection, 'a', pair.before)])
    expect(await differences(connection, pair.before)).toEqual([])
    for (const table of pair.before) await fillTable(connection, table, pair.seeds)
    const schema = await canonicalNow(connection)
    const kept = keptColumns(pair)
    const rows = await rowsOf(connection, kept)

    const script = await scriptFor(connection, 'b', pair.after)
    const emptied = await runOrEmpty(connection, script, 'up')
    expect(await differences(connection, pair.after)).toEqual([])
    if (!emptied) expect(await rowsOf(connection, kept)).toEqual(rows)

    const emptiedBack = await runOrEmpty(connection, script, 'down')
    expect(await canonicalNow(connection)).toEqual(schema)
    if (!emptied && !emptiedBack) expect(await rowsOf(connection, kept)).toEqual(rows)
  } finally {
    await connection.close()
  }
}

/** Tables as a model says them: in the calls of Knex's builder, read as a model's are. */
async function said(tables: readonly Table[]): Promise<readonly Table[]> {
  const recorder = createRecorder(KNEX)
  const { lines } = bodyLines([
    { kind: 'operations', operations: tables.map((table) => ({ kind: 'createTable', table })) },
  ])
  const { actions, failure } = await recorder.record(functionOf(lines))
  await recorder.destroy()
  if (failure !== undefined) throw new Error('A table could not be said.', { cause: failure })
  const operations = actions.flatMap((action) => {
    if (action.kind !== 'call' || action.call.kind !== 'table') return []
    const { call } = action
    return call.read(
      call.method === 'createTable'
        ? null
        : (tables.find(({ name }) => name === call.table) ?? null),
    )
  })
  return applyOperations(EMPTY_SCHEMA, operations).tables
}

/** What `migrate` would write, as a script that can be run. */
async function scriptFor(
  connection: Connection,
  id: string,
  desired: readonly Table[],
): Promise<FunctionScript> {
  const { schema } = await introspect(connection)
  const operations = compared(schema, desired)
  const script = await generateScript(
    { connection, dialect: sqlite },
    {
      operations,
      current: schema,
      recorded: EMPTY_SCHEMA,
      desired: desired.map(declared),
      fills: fillsFor(operations),
    },
    null,
  )
  return {
    id,
    up: functionOf(bodyLines(script.up).lines),
    down: functionOf(bodyLines(script.down).lines),
  }
}

/** A value for every column that rows might need one in. */
function fillsFor(
  operations: readonly Operation[],
): readonly { table: string; column: string; sql: string }[] {
  return operations.flatMap((operation) => {
    if (operation.kind === 'addColumn')
      return [{ table: operation.table, column: operation.column.name, sql: '1' }]
    if (operation.kind === 'alterColumn')
      return [{ table: operation.table, column: operation.to.name, sql: '1' }]
    return []
  })
}

/** Runs a script; where the rows do not fit what it asks for, nothing may have changed, and it fits without them. */
async function runOrEmpty(
  connection: Connection,
  script: FunctionScript,
  direction: 'up' | 'down',
): Promise<boolean> {
  const before = await canonicalNow(connection)
  try {
    await runScripts(connection, [script], direction)
    return false
  } catch (thrown) {
    if (!isAboutRows(thrown)) throw thrown
    expect(await canonicalNow(connection)).toEqual(before)
    await connection.execute('pragma foreign_keys = off')
    for (const table of before.tables) await connection.execute(`delete from ${quote(table.name)}`)
    await runScripts(connection, [script], direction)
    return true
  }
}

const ROWS = new Set(['ROWS_VIOLATE', 'ROWS_IN_THE_WAY', 'FOREIGN_KEYS_VIOLATED'])

/** Whether the rows are why a script failed: ours, or the engine's own refusal of a data statement. */
function isAboutRows(thrown: unknown): boolean {
  if (!(thrown instanceof MigrateError)) return false
  const { cause } = thrown
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : null
  return ROWS.has(thrown.code) || String(code).startsWith('SQLITE_CONSTRAINT')
}

async function introspect(connection: Connection): ReturnType<typeof sqlite.introspect> {
  return await sqlite.introspect(connection, { only: null, except: [TABLES.revisions, TABLES.log] })
}

async function canonicalNow(connection: Connection): Promise<Schema> {
  const { schema } = await introspect(connection)
  const tables = schema.tables.map((table) => sorted(sqlite.canonical(table)))
  return { ...schema, tables: tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
}

function sorted(table: Table): Table {
  const byName = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] =>
    list.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return {
    ...table,
    columns: byName(table.columns),
    uniques: byName(table.uniques),
    indexes: byName(table.indexes),
    foreignKeys: byName(table.foreignKeys),
    checks: byName(table.checks),
  }
}

function compared(current: Schema, desired: readonly Table[]): readonly Operation[] {
  return compare({
    current,
    currentViews: [],
    desired: desired.map(declared),
    canonical: (table) => sqlite.canonical(table),
    managed: new Set(current.tables.map((table) => table.name)),
    dropUnmanaged: [],
    answers: { renames: [], apart: [] },
    facets: ALL_FACETS,
    isIncluded: () => true,
    allowDrops: true,
  }).operations
}

async function differences(
  connection: Connection,
  desired: readonly Table[],
): Promise<readonly string[]> {
  return compared((await introspect(connection)).schema, desired).map(summaryOf)
}

/** Columns that are the same in both schemas, by table. */
function keptColumns({ before, after }: SchemaPair): ReadonlyMap<string, readonly string[]> {
  const same = (a: Column, b: Column | undefined): boolean => b !== undefined && isSame(a, b)
  return new Map(
    before.flatMap((table) => {
      const other = after.find((one) => one.name === table.name)
      if (other === undefined) return []
      const columns = table.columns.filter(
        (column) =>
          column.generated === null &&
          same(
            column,
            other.columns.find((one) => one.name === column.name),
          ),
      )
      return columns.length === 0
        ? []
        : [[table.name, columns.map((column) => column.name)] as const]
    }),
  )
}

async function rowsOf(
  connection: Connection,
  kept: ReadonlyMap<string, readonly string[]>,
): Promise<unknown> {
  const rows: [string, readonly string[]][] = []
  for (const [table, columns] of kept) {
    const found = await connection.query(
      `select ${columns.map(quote).join(', ')} from ${quote(table)}`,
    )
    rows.push([table, found.map((row) => JSON.stringify(row)).toSorted()])
  }
  return rows
}

/** Up to four rows; what the table does not take is left out. */
async function fillTable(
  connection: Connection,
  table: Table,
  seeds: readonly number[],
): Promise<void> {
  const columns = table.columns.filter((column) => column.generated === null)
  await connection.execute('pragma foreign_keys = off')
  for (let row = 0; row < 4; row += 1) {
    const values = columns.map((column, i) =>
      valueOf(table, column, seeds[(row * 5 + i) % seeds.length] ?? 0),
    )
    const marks = columns.map(() => '?').join(', ')
    try {
      await connection.execute(
        `insert or ignore into ${quote(table.name)} (${columns.map(({ name }) => quote(name)).join(', ')}) values (${marks})`,
        values,
      )
    } catch (thrown) {
      // An integer primary key takes no text, and INSERT OR IGNORE refuses it all the same.
      if (!(thrown instanceof MigrateError) || thrown.code !== 'ROWS_VIOLATE') throw thrown
    }
  }
}

function valueOf(table: Table, column: Column, seed: number): string | number | null {
  // References point at nothing, so that a key to a dropped table leaves no orphan.
  if (table.foreignKeys.some((key) => key.columns.includes(column.name)) && column.nullable)
    return null
  if (column.type.kind === 'increments') return seed
  if (column.nullable && seed % 4 === 0) return null
  if (column.type.kind === 'enum') return column.type.values[seed % column.type.values.length] ?? ''
  return seed % 2 === 0 ? seed : `v${seed}`
}
