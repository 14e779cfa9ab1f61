/** Every kind of change of a model, with rows in the tables: applied, found to be done, and taken back to the letter. */
import { compileFunction } from 'node:vm'
import type { Knex } from 'knex'
import knexModule from 'knex'
import { describe, expect, test } from 'vitest'
import { compare } from '../../../src/compare/compare.js'
import type { Connection } from '../../../src/dialects/connection.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { reverseOperations } from '../../../src/operations/reverse.js'
import type { DesiredTable } from '../../../src/schema/desired.js'
import type { Schema } from '../../../src/schema/schema.js'
import { modelRecorder } from '../../../src/vocabulary/client.js'
import type { ChangeKind, Models } from '../../support/change-kind.js'
import { CHANGE_KINDS } from '../../support/change-kinds.js'
import { ALL_FACETS } from '../../support/comparing.js'
import { DRIVERS, inMemory, run, WHOLE } from '../../support/sqlite.js'
import { revision } from '../../support/sqlite-revision.js'

const recorder = modelRecorder(knexModule, { client: 'better-sqlite3', useNullAsDefault: true })

function desired(models: Models): readonly DesiredTable[] {
  return Object.entries(models).map(([name, body]) => {
    const define = compileFunction(body, ['table', 'knex']) as (
      table: Knex.CreateTableBuilder,
      knex: Knex,
    ) => void // the text of a test
    return {
      table: recorder.readTable(name, define),
      source: 'declared',
      models: [{ model: name, file: 'models.js' }],
      offeredValues: {},
      assumed: [],
      expectations: [],
    }
  })
}

async function schemaIn(connection: Connection): Promise<Schema> {
  return (await sqlite.introspect(connection, WHOLE)).schema
}

async function changes(
  connection: Connection,
  models: Models,
  kind: ChangeKind | null,
): Promise<readonly Operation[]> {
  const current = await schemaIn(connection)
  const answers = (kind?.answers ?? []).filter((word) => word.includes(':'))
  const renames = answers.map((answer) => {
    const [from = '', to = ''] = answer.split(':')
    const [table = '', column = null] = from.split('.')
    return { table, column, to }
  })
  const { operations, notes } = compare({
    current,
    currentViews: [],
    desired: desired(models),
    canonical: (table) => sqlite.canonical(table),
    managed: new Set(current.tables.map((table) => table.name)),
    managedEnums: new Set(current.enums.map((each) => each.name)),
    dropUnmanaged: [],
    facets: ALL_FACETS,
    isIncluded: () => true,
    allowDrops: true,
    answers: { renames, apart: [] },
  })
  expect(notes.filter(({ code }) => code === 'UNRESOLVED')).toEqual([])
  return operations
}

/** What the pragmas say of every table, in an order that does not depend on how it came about. */
async function catalog(connection: Connection): Promise<unknown> {
  const tables = (await sqlite.listTables(connection)).toSorted()
  const sorted = async (sql: string, table: string): Promise<readonly string[]> =>
    (await connection.query(sql, [table])).map((row) => JSON.stringify(row)).toSorted()
  return Promise.all(
    tables.map(async (table) => ({
      table,
      columns: await sorted(
        'select name, type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?)',
        table,
      ),
      keys: await sorted(
        'select "table", "from", "to", on_update, on_delete, match, seq from pragma_foreign_key_list(?)',
        table,
      ),
      indexes: await sorted(
        `select i.name, i."unique", i.partial, x.seqno, x.name as part, x.desc, x.coll from pragma_index_list(?) i join pragma_index_xinfo(i.name) x where x.key = 1 and i.origin <> 'pk'`,
        table,
      ),
    })),
  )
}

/** What a script does with `--fill` before a column may not be null any more. */
function fillOf(kind: ChangeKind, operations: readonly Operation[]): readonly string[] {
  const [, table, column, value] = /^(\w+)\.(\w+)=(.+)$/.exec(kind.answers?.at(-1) ?? '') ?? []
  if (table === undefined || operations.some((each) => each.kind === 'addColumn')) return []
  return [`update ${table} set ${column ?? ''} = ${value ?? ''}`]
}

/** A NOT NULL column on rows is added nullable and filled by the script; here the rows go instead. */
const NEEDS_SCRIPT = 'a NOT NULL column is added to a table with rows'

describe.each(DRIVERS)('%s', (driver) => {
  test.each(CHANGE_KINDS.map((kind) => [kind.name, kind] as const))('%s', (name, kind) =>
    inMemory(async (connection) => {
      const { frame } = sqlite
      await frame.enter(connection)
      await frame.begin(connection, 0)
      const create = await changes(connection, kind.before, null)
      await revision(
        connection,
        create.map((operation) => () => [operation]),
      )
      expect(await changes(connection, kind.before, null)).toEqual([])
      await run(connection, kind.rows)
      if (name === NEEDS_SCRIPT) await run(connection, ['delete from users'])
      const before = await catalog(connection)
      const rows = await connection.query(kind.kept)

      const operations = await changes(connection, kind.after, kind)
      expect([...new Set(operations.map((each) => each.kind))].toSorted()).toEqual(
        kind.finds.toSorted(),
      )
      const fill = fillOf(kind, operations)
      await revision(connection, [...fill, ...operations.map((operation) => () => [operation])])
      expect(await changes(connection, kind.after, null)).toEqual([])
      if (kind.kept !== 'select 1' && fill.length === 0) {
        expect(await connection.query(kind.kept)).toEqual(rows)
      }

      const back = reverseOperations(operations)
      await revision(
        connection,
        back.map((operation) => () => [operation]),
      )
      expect(await changes(connection, kind.before, null)).toEqual([])
      expect(await catalog(connection)).toEqual(before)
      if (fill.length === 0) expect(await connection.query(kind.kept)).toEqual(rows)
      await frame.commit(connection)
      await frame.leave(connection)
    }, driver),
  )
})
