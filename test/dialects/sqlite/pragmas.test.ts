/** What is read from the texts, held against what SQLite's own pragmas say. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { carryOut, databaseWith, inMemory, tableIn, WHOLE } from '../../support/sqlite.js'
import { tables } from '../../support/sqlite-arbitraries.js'

test('the pragmas say the same of columns, keys and indexes', async () => {
  await fc.assert(
    fc.asyncProperty(tables, (table) =>
      inMemory(async (connection) => {
        await carryOut(connection, [{ kind: 'createTable', table }])
        const live = await tableIn(connection, table.name)
        expect(await columnPragma(connection, table.name)).toEqual(
          live.columns.map((column) => ({
            name: column.name,
            generated: column.generated !== null,
            notNull: !column.nullable,
            key: (live.primaryKey?.columns.indexOf(column.name) ?? -1) + 1,
          })),
        )
        expect(await keyPragma(connection, table.name)).toEqual(
          live.foreignKeys.flatMap((key) =>
            key.columns.map((column, i) => ({
              table: key.refTable,
              from: column,
              to: key.refColumns[i],
              onDelete: key.onDelete ?? 'no action',
              onUpdate: key.onUpdate ?? 'no action',
            })),
          ),
        )
        for (const index of live.indexes) {
          const parts = await connection.query(
            `select name, "desc" as descending from pragma_index_xinfo(?) where key = 1 order by seqno`,
            [index.name],
          )
          expect(parts).toEqual(
            index.parts.map((part) => ({
              name: 'column' in part.on ? part.on.column : null,
              descending: part.order === 'desc' ? 1 : 0,
            })),
          )
        }
      }),
    ),
    { numRuns: 300 },
  )
})

async function columnPragma(connection: Connection, table: string): Promise<readonly unknown[]> {
  const rows = await connection.query(
    `select name, hidden, "notnull" as not_null, pk, type from pragma_table_xinfo(?)`,
    [table],
  )
  return rows.map((row) => ({
    name: row.name,
    generated: Number(row.hidden) > 1,
    notNull: row.not_null === 1,
    key: row.pk,
  }))
}

async function keyPragma(connection: Connection, table: string): Promise<readonly unknown[]> {
  const rows = await connection.query(
    `select id, seq, "table", "from", "to", on_delete, on_update from pragma_foreign_key_list(?) order by id desc, seq`,
    [table],
  )
  return rows.map((row) => ({
    table: row.table,
    from: row.from,
    to: row.to,
    onDelete: String(row.on_delete).toLowerCase(),
    onUpdate: String(row.on_update).toLowerCase(),
  }))
}

test('the number of queries does not depend on the number of tables', async () => {
  const connection = await databaseWith([
    'create virtual table docs using fts5(body)',
    ...Array.from(
      { length: 60 },
      (_, i) =>
        `create table t${i} (id integer primary key, a text unique, p references t${Math.max(0, i - 1)})`,
    ),
  ])
  let queries = 0
  const counted: Connection = {
    ...connection,
    query: (sql, bindings) => {
      if (!sql.startsWith('pragma')) queries += 1
      return connection.query(sql, bindings)
    },
  }
  await sqlite.introspect(counted, WHOLE)
  expect(queries).toBe(2)
  await sqlite.introspectTable(counted, 't30')
  expect(queries).toBe(4)
  for (let i = 0; i < 60; i++) await sqlite.introspectTable(counted, `t${i}`)
  expect(queries).toBeLessThanOrEqual(12)
})
