/** A pair's schemas as a model says them, and the scripts between them as `migrate` writes them. */
import { runInThisContext } from 'node:vm'
import type { Knex } from 'knex'
import { compare } from '../../src/compare/compare.js'
import type { Connection } from '../../src/dialects/connection.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import { EMPTY_SCHEMA } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { modelRecorder } from '../../src/vocabulary/client.js'
import * as functions from '../../src/vocabulary/functions.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { bodyLines } from '../../src/workflows/writing/body-lines.js'
import { generateScript } from '../../src/workflows/writing/generated-script.js'
import type { FillAnswer } from '../../src/workflows/options.js'
import { ALL_FACETS, declared } from './comparing.js'
import type { FunctionScript } from './script-run.js'
import { KNEX } from './script-run.js'

/** A database, and the tables that models want in it. */
export interface Wanted {
  readonly current: Schema
  readonly desired: readonly Table[]
}

const recorder = modelRecorder(KNEX.knexModule, KNEX.config)

/** A table as it is read from a model's `defineTable`, which says it in the calls of Knex's builder. */
export function saidByModel(table: Table): Table {
  const { lines, imports } = writeOperations([{ kind: 'createTable', table }])
  const inside = lines.slice(1, -1)
  if (imports.length > 0 || inside.some((line) => !line.startsWith(' '))) {
    throw new Error(`Knex has no words for this table:\n${lines.join('\n')}`)
  }
  const defineTable = runInThisContext(`((table, knex) => {\n${inside.join('\n')}\n})`) as (
    table: Knex.CreateTableBuilder,
    knex: Knex,
  ) => void
  return recorder.readTable(table.name, defineTable)
}

/** What `migrate` would write for a schema, as a script that can be run. */
export async function scriptFor(
  connection: Connection,
  id: string,
  { current, desired }: Wanted,
): Promise<FunctionScript> {
  const operations = operationsFor({ current, desired })
  const script = await generateScript(
    { connection, dialect: sqlite },
    {
      operations,
      current,
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

/** What there still is to do. */
export function operationsFor({ current, desired }: Wanted): readonly Operation[] {
  return compare({
    current,
    currentViews: [],
    desired: desired.map(declared),
    canonical: (table) => sqlite.canonical(table),
    managed: new Set(current.tables.map((table) => table.name)),
    managedEnums: new Set(current.enums.map((each) => each.name)),
    dropUnmanaged: [],
    answers: { renames: [], apart: [] },
    facets: ALL_FACETS,
    isIncluded: () => true,
    allowDrops: true,
  }).operations
}

/** A value for every column that rows might need one in: as far as can be, one of its own for each. */
function fillsFor(operations: readonly Operation[]): readonly FillAnswer[] {
  return operations.flatMap((operation) => {
    if (operation.kind === 'addColumn') return [fillOf(operation.table, operation.column)]
    if (operation.kind === 'alterColumn') return [fillOf(operation.table, operation.to)]
    return []
  })
}

function fillOf(table: string, { name, type }: Column): FillAnswer {
  const value = type.kind === 'enum' ? type.values[0] : undefined
  const sql = value === undefined ? 'rowid' : `'${value.replaceAll("'", "''")}'`
  return { table, column: name, sql }
}

function functionOf(lines: readonly string[]): (knex: Knex) => Promise<unknown> {
  // The text of a script's body, run as the file would be.
  const names = Object.keys(functions)
  const run = runInThisContext(
    `(async (knex, ${names.join(', ')}) => {\n${lines.join('\n')}\n})`,
  ) as (knex: Knex, ...imported: readonly unknown[]) => Promise<unknown>
  return (knex) => run(knex, ...Object.values(functions))
}
