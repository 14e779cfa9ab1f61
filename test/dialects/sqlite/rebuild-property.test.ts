/** Random tables with rows, children, triggers and views, altered at random: what is not named stays. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection, Row } from '../../../src/dialects/connection.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { MigrateError } from '../../../src/errors.js'
import { inMemory, run, schemaTexts, tableIn } from '../../support/sqlite.js'
import { q, shapes, statementsOf } from '../../support/sqlite-shapes.js'
import { operationOf, verbs } from '../../support/sqlite-verbs.js'

/** Rows of the other tables, the numbers given, and the rows of the table by what did not change. */
async function kept(connection: Connection, name: string): Promise<readonly unknown[]> {
  const hasRowid = await connection.query(`select _rowid_ as r from ${q(name)} limit 0`).then(
    () => true,
    () => false,
  )
  return [
    await connection.query('select * from child order by id'),
    await connection.query('select * from log'),
    await connection.query(
      `select id${hasRowid ? ', _rowid_ as r' : ''}, parent_id from ${q(name)} order by id`,
    ),
    (await connection.query("select name from sqlite_master where name = 'sqlite_sequence'"))
      .length > 0
      ? await connection.query('select * from sqlite_sequence')
      : [],
  ]
}

/** Texts of everything that is not the table or an index on it. */
async function others(connection: Connection, name: string): Promise<readonly Row[]> {
  return (await schemaTexts(connection)).filter(
    (row) => row.tbl_name !== name || row.type === 'trigger' || row.type === 'view',
  )
}

/** Codes with which a change may be refused, all of them before anything is lost. */
const REFUSALS = new Set([
  'SQLITE_COLUMN_IN_USE',
  'SQLITE_REFUSED',
  'OBJECT_MISSING',
  'ROWS_VIOLATE',
  'FOREIGN_KEYS_VIOLATED',
  'SQLITE_BROKEN_OBJECT',
])

const outcomes = new Map<string, number>()

test('a rebuild changes no row and no object that is not named', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, verbs, (shape, list) =>
      inMemory(async (connection) => {
        await run(connection, statementsOf(shape))
        const { frame } = sqlite
        await frame.enter(connection)
        await frame.begin(connection, 0)
        const table = await tableIn(connection, shape.name)
        const columns = [...table.columns]
        const operations = list.flatMap((verb, i) => operationOf(verb, i, table, columns) ?? [])
        const renames = operations.some((operation) => operation.kind === 'renameColumn')
        const before = await kept(connection, shape.name)
        const texts = await others(connection, shape.name)
        await frame.savepoint(connection, 'revision')
        const guard = await frame.guard(connection)
        let outcome = 'done'
        try {
          guard.named(operations)
          await run(
            connection,
            (await sqlite.emit(connection, operations)).map((each) => each.sql),
          )
          await guard.verify()
        } catch (thrown) {
          if (!(thrown instanceof MigrateError) || !REFUSALS.has(thrown.code)) throw thrown
          outcome = thrown.code
          await frame.rollbackTo(connection, 'revision')
        }
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        await frame.release(connection, 'revision')
        await frame.commit(connection)
        await frame.leave(connection)
        const isIdKept =
          !operations.some(
            (operation) => operation.kind === 'renameColumn' && operation.from === 'parent_id',
          ) && columns.some((column) => column.name === 'parent_id')
        if (outcome !== 'done' || isIdKept)
          expect(await kept(connection, shape.name)).toEqual(before)
        if (outcome !== 'done' || !renames)
          expect(await others(connection, shape.name)).toEqual(texts)
        expect(await connection.query('pragma integrity_check')).toEqual([
          { integrity_check: 'ok' },
        ])
        expect(await connection.query('select id, p from child order by id')).toEqual(before[0])
      }),
    ),
    { numRuns: 1000 },
  )
  // Refusals are few enough that the rest says something.
  expect(outcomes.get('done') ?? 0).toBeGreaterThan(400)
})
