/** A pair of schemas held to the way there and back, on a real SQLite database with rows. */
import { expect } from 'vitest'
import type { Connection } from '../../src/dialects/connection.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { MigrateError } from '../../src/errors.js'
import { summaryOf } from '../../src/operations/summary.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import type { KeptColumns } from './pair-rows.js'
import { fillTable, keptColumns, rowsOf } from './pair-rows.js'
import { operationsFor, saidByModel, scriptFor } from './pair-scripts.js'
import type { SchemaPair } from './schema-pairs.js'
import type { FunctionScript } from './script-run.js'
import { openSqlite, runScripts, TABLES } from './script-run.js'

/**
 * Builds the first schema of a pair from models, fills it, migrates to the second and back. What is
 * not as it has to be fails an expectation. The rows that came along both ways.
 */
export async function thereAndBack(pair: SchemaPair): Promise<number> {
  const [before, after] = [pair.before.map(saidByModel), pair.after.map(saidByModel)]
  const kept = keptColumns(before, after)
  const connection = await openSqlite()
  try {
    const empty = await introspect(connection)
    await runScripts(connection, [
      await scriptFor(connection, 'a', { current: empty, desired: before }),
    ])
    const first = await introspect(connection)
    expectClean(first, before)
    for (const table of before) await fillTable(connection, table, pair.seeds)

    const script = await scriptFor(connection, 'b', { current: first, desired: after })
    await runWithRows({ connection, script, direction: 'up', schema: first, kept })
    const second = await introspect(connection)
    expectClean(second, after)

    const rows = await runWithRows({ connection, script, direction: 'down', schema: second, kept })
    expect(canonical(await introspect(connection))).toEqual(canonical(first))
    return rows
  } finally {
    await connection.close()
  }
}

interface Run {
  readonly connection: Connection
  readonly script: FunctionScript
  readonly direction: 'up' | 'down'
  /** The schema on which it runs. */
  readonly schema: Schema
  readonly kept: KeptColumns
}

/**
 * Runs a script over rows that have to stay as they are; how many those were. Where rows do not fit
 * what it asks for, nothing may have changed, and it fits as soon as enough tables are empty.
 */
async function runWithRows(run: Run): Promise<number> {
  const { connection, script, direction, schema, kept } = run
  await connection.execute('pragma foreign_keys = off')
  const filled = new Set(schema.tables.map((table) => table.name))
  for (;;) {
    const rows = await rowsOf(connection, kept)
    const refusal = await refusalOf(() => runScripts(connection, [script], direction))
    if (refusal === null) {
      expect(await rowsOf(connection, kept)).toEqual(rows)
      return rows.reduce((count, table) => count + table.rows.length, 0)
    }
    if (filled.size === 0) throw refusal
    expect(canonical(await introspect(connection))).toEqual(canonical(schema))
    expect(await rowsOf(connection, kept)).toEqual(rows)
    const named = [...filled].find((name) => refusal.message.includes(` ${name}`))
    const [next = ''] = named === undefined ? filled : [named]
    await connection.execute(`delete from ${sqlite.quote(next)}`)
    filled.delete(next)
  }
}

/** What is wrong with the rows for some work; null where it could be done. */
async function refusalOf(work: () => Promise<unknown>): Promise<MigrateError | null> {
  try {
    await work()
    return null
  } catch (thrown) {
    if (thrown instanceof MigrateError && isAboutRows(thrown)) return thrown
    throw thrown
  }
}

const ROWS = new Set(['ROWS_VIOLATE', 'ROWS_IN_THE_WAY', 'FOREIGN_KEYS_VIOLATED'])

/** Whether the rows are why a script failed: ours, or the engine's own refusal of a data statement. */
function isAboutRows({ code: ours, cause }: MigrateError): boolean {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : null
  return ROWS.has(ours) || String(code).startsWith('SQLITE_CONSTRAINT')
}

async function introspect(connection: Connection): Promise<Schema> {
  const { schema } = await sqlite.introspect(connection, {
    only: null,
    except: [TABLES.revisions, TABLES.log],
  })
  return schema
}

function expectClean(current: Schema, desired: readonly Table[]): void {
  expect(operationsFor({ current, desired }).map(summaryOf)).toEqual([])
}

/** A schema in the one form of all that are the same to the engine. */
function canonical(schema: Schema): Schema {
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
