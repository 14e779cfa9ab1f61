/** Every kind of change of a model, with rows in the tables: applied, found to be done, and taken back to the letter. */
import knexModule from 'knex'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { reverseOperations } from '../../../src/operations/reverse.js'
import type { Schema } from '../../../src/schema/schema.js'
import { modelRecorder } from '../../../src/vocabulary/client.js'
import type { ChangeKind, Models } from '../../support/change-kind.js'
import { CHANGE_KINDS } from '../../support/change-kinds.js'
import { fillOf, kindChanges } from '../../support/kind-changes.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  printedIn,
  schemaIn,
} from '../../support/mariadb.js'
import { MARIADB_KINDS } from '../../support/mariadb-kinds.js'

/** What MariaDB has no counterpart of: the engine or we say so. */
const WITHOUT_COUNTERPART = new Set([
  'a partial index is added',
  'a predicate changes',
  'an expression index is added',
  'a partial unique is added',
])

let database: MariadbDatabase
let connection: Connection

beforeEach(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterEach(() => database.drop())

const ENGINE = {
  dialect: mariadb,
  recorder: modelRecorder(knexModule, { client: 'mysql2' }),
  noCase: 'utf8mb4_bin',
}

const changes = (current: Schema, models: Models, kind: ChangeKind | null): readonly Operation[] =>
  kindChanges(ENGINE, current, { models, kind })

const KINDS = [
  ...CHANGE_KINDS.filter(({ name }) => !WITHOUT_COUNTERPART.has(name)),
  ...MARIADB_KINDS,
]

/** As one schema call, and as one call each. */
const CALLS: Readonly<Record<string, (operations: readonly Operation[]) => Promise<void>>> = {
  'in one call': async (operations) => {
    await carryOut(connection, operations)
  },
  'one by one': async (operations) => {
    for (const operation of operations) await carryOut(connection, [operation])
  },
}

const CASES = KINDS.flatMap((kind) =>
  Object.entries(CALLS).map(([how, run]) => [`${kind.name}, ${how}`, kind, run] as const),
)

test.each(CASES)('%s', async (_name, kind, run) => {
  await carryOut(connection, changes(await schemaIn(connection), kind.before, null))
  expect(changes(await schemaIn(connection), kind.before, null)).toEqual([])
  await database.exec("set sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_TRANS_TABLES'")
  for (const sql of kind.rows) await database.exec(sql)
  const [before, printed] = [await rowsOf(kind), await printedIn(connection)]

  const operations = changes(await schemaIn(connection), kind.after, kind)
  expect(operations).not.toEqual([])
  const fill = fillOf(kind)
  const isAdded = operations.some((each) => each.kind === 'addColumn')
  if (fill !== null && !isAdded) await database.exec(fill)
  await run(operations)
  expect(changes(await schemaIn(connection), kind.after, null)).toEqual([])
  if (!kind.kept.includes('select 1')) expect(await rowsOf(kind)).toEqual(before)

  await run(reverseOperations(operations))
  expect(changes(await schemaIn(connection), kind.before, null)).toEqual([])
  expect(await printedIn(connection)).toEqual(printed)
  expect(await rowsOf(kind)).toEqual(before)
})

/** What must not be lost; numbers by their value, whatever digits they are printed with. */
async function rowsOf(kind: ChangeKind): Promise<unknown> {
  const rows = (await database.exec(kind.kept)) as readonly Readonly<Record<string, unknown>>[] // of a select
  return rows.map((row) => ({ ...row, ...('price' in row ? { price: Number(row.price) } : {}) }))
}
