/** Every kind of change of a model, with rows in the tables: found, applied, found to be done, and taken back. */
import knexModule from 'knex'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { reverseOperations } from '../../../src/operations/reverse.js'
import type { Schema } from '../../../src/schema/schema.js'
import { modelRecorder } from '../../../src/vocabulary/client.js'
import type { ChangeKind, Models } from '../../support/change-kind.js'
import { CHANGE_KINDS } from '../../support/change-kinds.js'
import { fillOf, kindChanges } from '../../support/kind-changes.js'
import {
  carryOut,
  inOrder,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

const ENGINE = {
  dialect: postgres,
  recorder: modelRecorder(knexModule, { client: 'pg' }),
  noCase: 'C',
}

const changes = (current: Schema, models: Models, kind: ChangeKind | null): readonly Operation[] =>
  kindChanges(ENGINE, current, { models, kind })

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  const current = async (): Promise<Schema> =>
    (await postgres.introspect(connection, { only: null, except: [] })).schema

  const letter = ({ tables }: Schema): unknown =>
    tables.map(inOrder).toSorted((a, b) => (a.name < b.name ? -1 : 1))

  /** Each as a schema call of its own. */
  async function run(operations: readonly Operation[]): Promise<void> {
    for (const operation of operations) await carryOut(connection, [operation])
  }

  /** Numbers by their value, whatever digits they are printed with. */
  async function rowsOf(kind: ChangeKind): Promise<unknown> {
    const rows = await connection.query(kind.kept)
    return rows.map((row) => ({ ...row, ...('price' in row ? { price: Number(row.price) } : {}) }))
  }

  test.each(CHANGE_KINDS)('$name', async (kind) => {
    await connection.execute('begin')
    try {
      await run(changes(await current(), kind.before, null))
      expect(changes(await current(), kind.before, null)).toEqual([])
      for (const sql of kind.rows) await connection.execute(sql)
      const [rows, before] = [await rowsOf(kind), await current()]

      const operations = changes(before, kind.after, kind)
      expect([...new Set(operations.map((each) => each.kind))].toSorted()).toEqual(
        kind.finds.toSorted(),
      )
      for (const step of withFill(operations, fillOf(kind))) {
        if (typeof step === 'string') await connection.execute(step)
        else await run([step])
      }
      expect(changes(await current(), kind.after, null)).toEqual([])
      if (kind.kept !== 'select 1') expect(await rowsOf(kind)).toEqual(rows)

      await run(reverseOperations(operations))
      expect(letter(await current())).toEqual(letter(before))
      expect(await rowsOf(kind)).toEqual(rows)
    } finally {
      await connection.execute('rollback')
    }
  })
})

/** As a script does it: a column gets its values before it may not be null any more. */
function withFill(
  operations: readonly Operation[],
  fill: string | null,
): readonly (Operation | string)[] {
  if (fill === null) return operations
  return operations.flatMap((operation): readonly (Operation | string)[] => {
    if (operation.kind !== 'addColumn') return [fill, operation]
    const { table, column } = operation
    const from = { ...column, nullable: true }
    return [{ ...operation, column: from }, fill, { kind: 'alterColumn', table, from, to: column }]
  })
}
