/** Every kind of change there and back, with rows in the tables. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GivenRename } from '../../../src/compare/comparison.js'
import type { Connection } from '../../../src/dialects/connection.js'
import type { Introspection } from '../../../src/dialects/introspection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { applyOperations } from '../../../src/operations/apply.js'
import type { Operation } from '../../../src/operations/operation.js'
import { reverseOperations } from '../../../src/operations/reverse.js'
import type { Schema } from '../../../src/schema/schema.js'
import { declared } from '../../support/comparing.js'
import { foundChanges } from '../../support/kind-changes.js'
import {
  carryOut,
  inOrder,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { POSTGRES_CHANGES } from '../../support/postgres-change-kinds.js'

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection
  let major: number

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec('create schema app; create extension citext')
    connection = await database.connect()
    const [row] = await connection.query(`select current_setting('server_version_num')::int as n`)
    major = Math.floor(Number(row?.n) / 10000)
  })
  afterAll(() => database.drop())

  const introspect = async (): Promise<Introspection> =>
    postgres.introspect(connection, { only: null, except: [], schemas: ['app'] })

  /** What the server itself prints of constraints, indexes, columns and sequences. */
  const fingerprint = async (): Promise<unknown> =>
    connection.query(`select line from (
      select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line from pg_constraint where connamespace::regnamespace::text in ('public', 'app')
      union all select concat(pg_get_indexdef(indexrelid), indisvalid) from pg_index join pg_class c on c.oid = indexrelid where c.relnamespace::regnamespace::text in ('public', 'app')
      union all select concat_ws(' ', c.oid::regclass, c.relkind, c.relpersistence, c.reloptions) from pg_class c where c.relnamespace::regnamespace::text in ('public', 'app')
      union all select concat_ws(' ', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attcollation,
          pg_get_expr(d.adbin, d.adrelid), case when c.relkind = 'r' then pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) end)
        from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attnum > 0 and not a.attisdropped and c.relnamespace::regnamespace::text in ('public', 'app')
      union all select concat_ws(' ', s.seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement) from pg_sequence s) l
      order by line collate "C"`)

  /** Each operation as a call of its own, as scripts say them. */
  async function run(operations: readonly Operation[]): Promise<void> {
    for (const operation of operations) await carryOut(connection, [operation])
  }

  const creation = ({ tables, enums }: Schema): readonly Operation[] => [
    ...enums.map((each) => ({ kind: 'createEnum' as const, enum: each })),
    ...tables.map((table) => ({ kind: 'createTable' as const, table })),
  ]

  const sorted = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] =>
    list.toSorted((a, b) => (a.name < b.name ? -1 : 1))

  const canonicalForm = ({ tables, enums }: Schema): unknown => ({
    tables: sorted(tables).map((table) => inOrder(postgres.canonical(table))),
    enums: sorted(enums),
  })

  /** Down to the names of keys and the words of expressions. */
  const letter = ({ schema, views, triggers }: Introspection): unknown => ({
    tables: sorted(schema.tables).map(inOrder),
    enums: sorted(schema.enums),
    views: sorted(views),
    triggers,
  })

  test.each(POSTGRES_CHANGES)(
    '$name',
    async ({ before, operations, rows, kept, oneWay, since }) => {
      if (since !== undefined && major < since) return
      await connection.execute('begin')
      try {
        await run(creation(before))
        for (const sql of rows) await connection.execute(sql)
        const start = await introspect()
        expect(canonicalForm(start.schema)).toEqual(canonicalForm(before))
        const printed = await fingerprint()
        const rowsBefore = await connection.query(kept)

        const wanted = {
          desired: applyOperations(before, operations).tables.map(declared),
          renames: renamesAmong(operations),
        }
        // No model says whether a table is logged.
        const isModelled = operations.every(({ kind }) => kind !== 'alterOptions')
        if (isModelled) expect(foundChanges(postgres, start.schema, wanted)).not.toEqual([])

        await run(operations)
        const after = await introspect()
        expect(foundChanges(postgres, after.schema, { ...wanted, renames: [] })).toEqual([])
        expect(canonicalForm(after.schema)).toEqual(
          canonicalForm(applyOperations(before, operations)),
        )
        if (!operations.some(({ kind }) => kind === 'renameColumn'))
          expect(await connection.query(kept)).toEqual(rowsBefore)
        if (oneWay !== undefined) return

        await run(reverseOperations(operations))
        expect(letter(await introspect())).toEqual(letter(start))
        expect(await fingerprint()).toEqual(printed)
        expect(await connection.query(kept)).toEqual(rowsBefore)
      } finally {
        await connection.execute('rollback')
      }
    },
  )
})

/** As a person would answer them. */
function renamesAmong(operations: readonly Operation[]): readonly GivenRename[] {
  return operations.flatMap((operation): readonly GivenRename[] => {
    if (operation.kind === 'renameTable')
      return [{ table: operation.from, column: null, to: operation.to }]
    if (operation.kind !== 'renameColumn') return []
    return [{ table: operation.table, column: operation.from, to: operation.to }]
  })
}
