/** Tables without rows, which are made anew where those with rows are altered. */
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import type { Statement } from '../../../src/dialects/dialect.js'
import { executeAll } from '../../../src/plan/execute.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { nameOf, tokensOf } from '../../../src/dialects/sqlite/text/tokens.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Table } from '../../../src/schema/table.js'
import { column } from '../../support/schema-builders.js'
import {
  databaseWith,
  inMemory,
  newFile,
  open,
  run,
  schemaTexts,
  tableIn,
  WHOLE,
} from '../../support/sqlite.js'
import { shapes, statementsOf } from '../../support/sqlite-shapes.js'
import { operationOf, verbs } from '../../support/sqlite-verbs.js'

/** The statements of an added column. */
async function emitted(connection: Connection, table = 't'): Promise<readonly Statement[]> {
  return sqlite.emit(connection, [{ kind: 'addColumn', table, column: column('more') }])
}

const isAnew = (statements: readonly Statement[]): boolean =>
  statements.some(({ instead }) => instead !== undefined)

interface Drawn {
  readonly shape: typeof shapes extends fc.Arbitrary<infer Shape> ? Shape : never
  readonly list: typeof verbs extends fc.Arbitrary<infer List> ? List : never
}

/** Names are quoted in different ways, and NOT NULL is written before a check or behind it. */
function words(sql: string): readonly string[] {
  return tokensOf(sql)
    .map((token) => (token.kind === 'quoted' ? nameOf(token) : token.text))
    .toSorted()
}

/** What altering a table without rows leaves, and the reason where it is refused. */
async function altered(
  { shape, list }: Drawn,
  way: (connection: Connection, statements: readonly Statement[]) => Promise<unknown>,
): Promise<{
  readonly tables: readonly Table[]
  readonly texts: readonly unknown[]
  readonly refusal: string | null
}> {
  return inMemory(async (connection) => {
    await run(connection, statementsOf({ ...shape, rows: 0, trigger: false, view: false }))
    const table = await tableIn(connection, shape.name)
    const columns = [...table.columns]
    const operations: readonly Operation[] = list.flatMap(
      (verb, i) => operationOf(verb, i, table, columns) ?? [],
    )
    let refusal: string | null = null
    try {
      await way(connection, await sqlite.emit(connection, operations))
    } catch (thrown) {
      refusal = String(thrown)
    }
    const texts = await schemaTexts(connection)
    const { schema } = await sqlite.introspect(connection, WHOLE)
    return {
      tables: schema.tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      texts: texts.map((row) => ({ ...row, sql: words(String(row.sql)) })),
      refusal,
    }
  })
}

test('ends with what altering leads to', async () => {
  const counts = { anew: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(shapes, verbs, async (shape, list) => {
      const told = await altered({ shape, list }, (connection, statements) =>
        run(
          connection,
          statements.map(({ sql }) => sql),
        ),
      )
      const anew = await altered({ shape, list }, async (connection, statements) => {
        if (isAnew(statements)) counts.anew += 1
        await executeAll({ dialect: sqlite, connection }, statements)
      })
      // Where SQLite refuses halfway, only one of the two takes back what it had done.
      if (told.refusal !== null) counts.refused += 1
      else expect(anew).toEqual(told)
    }),
    { numRuns: 500 },
  )
  expect(counts.anew).toBeGreaterThan(150)
  expect(counts.refused).toBeLessThan(200)
})

describe('alters', () => {
  test('a table with a row', () =>
    inMemory(async (connection) => {
      await run(connection, ['create table t (id integer primary key)', 'insert into t values (1)'])
      expect(isAnew(await emitted(connection))).toBe(false)
    }))

  test('one that has counted, although it is empty again', () =>
    inMemory(async (connection) => {
      await run(connection, ['create table t (id integer primary key autoincrement)'])
      expect(isAnew(await emitted(connection))).toBe(true)
      await run(connection, ['insert into t values (7)', 'delete from t'])
      expect(isAnew(await emitted(connection))).toBe(false)
    }))

  test('one while foreign keys are on', () =>
    inMemory(async (connection) => {
      await run(connection, ['create table t (id integer)', 'pragma foreign_keys = on'])
      expect(isAnew(await emitted(connection))).toBe(false)
    }))

  test('one in a file, unless a transaction keeps others from writing', async () => {
    const connection = await open(newFile())
    await run(connection, ['pragma foreign_keys = off', 'create table t (id integer)'])
    expect(isAnew(await emitted(connection))).toBe(false)
    await connection.execute('begin immediate')
    expect(isAnew(await emitted(connection))).toBe(true)
    await connection.execute('rollback')
  })

  test.each([
    'create view v as select * from nowhere',
    'create trigger tr after insert on other begin delete from nowhere; end',
  ])('one where SQLite has to find out whether this works: %s', (reader) =>
    inMemory(async (connection) => {
      await run(connection, ['create table t (id integer, n integer)', 'create table other (id)'])
      await connection.execute(reader)
      const table = await tableIn(connection, 't')
      const dropped = table.columns.slice(1)
      const statements = await sqlite.emit(
        connection,
        dropped.map((each) => ({ kind: 'dropColumn', table: 't', column: each })),
      )
      await expect(executeAll({ dialect: sqlite, connection }, statements)).rejects.toMatchObject({
        code: 'SQLITE_BROKEN_OBJECT',
      })
    }),
  )

  test('one that the same call makes', async () => {
    const connection = await databaseWith([], 'better-sqlite3')
    const table = { ...(await tableOf('create table made (id integer)', 'made')) }
    const statements = await sqlite.emit(connection, [
      { kind: 'createTable', table },
      { kind: 'addColumn', table: 'made', column: column('more') },
    ])
    expect(isAnew(statements)).toBe(false)
  })
})

test('indexes come back, and rows of others stay', () =>
  inMemory(async (connection) => {
    await run(connection, [
      'create table t (id integer primary key, n integer)',
      'create table child (p references t (id) on delete cascade)',
      'insert into child values (1)',
      'create index by_n on t (n)',
    ])
    const statements = await emitted(connection)
    expect(isAnew(statements)).toBe(true)
    await executeAll({ dialect: sqlite, connection }, statements)
    expect(await connection.query('select * from child')).toEqual([{ p: 1 }])
    expect((await schemaTexts(connection)).map(({ name }) => name)).toEqual(['by_n', 'child', 't'])
  }))

describe('where it is refused', () => {
  test.each([
    ['a function in a check', 'create table t (a text check (german(a) > 1))', []],
    ['a function in a generated column', 'create table t (a text, b as (german(a)))', []],
    ['a function in an index', 'create table t (a text)', ['create index by_a on t (german(a))']],
    ['a text in double quotes', 'create table t (a text check (a <> "x"))', []],
  ])('%s of an application, the table is altered', async (_, table, indexes) => {
    const file = newFile()
    const application = new Database(file)
    application.function('german', { deterministic: true, varargs: true }, () => 2)
    application.exec([table.replace('"x"', "'x'"), ...indexes].join(';'))
    respell(application, table)
    await expectAltered(file)
  })

  test('the order of an application, the table is altered', async () => {
    const file = newFile()
    const application = new Database(file)
    application.exec('create table t (a text); create index by_a on t (a)')
    respell(application, 'create table t (a text collate german)')
    await expectAltered(file)
  })

  test('the statements run themselves, and of what was tried nothing stays', () =>
    inMemory(async (connection) => {
      await run(connection, ['create table t (id integer)'])
      const told: string[] = []
      await executeAll({ dialect: sqlite, connection, onDone: (sql) => told.push(sql) }, [
        {
          sql: 'alter table t add column more',
          instead: ['drop table t', 'create table t (other)', 'create table t (other)'],
        },
        { sql: 'create index by_more on t (more)', instead: [] },
        { sql: 'create index by_id on t (id)' },
      ])
      expect(told).toHaveLength(3)
      expect((await schemaTexts(connection)).map(({ sql }) => sql)).toEqual([
        'CREATE INDEX by_id on t (id)',
        'CREATE INDEX by_more on t (more)',
        'CREATE TABLE t (id integer, more)',
      ])
      await run(connection, ['begin', 'rollback'])
    }))
})

/** Gives the table a text that this SQLite would not take. */
function respell(application: Database.Database, table: string): void {
  application.unsafeMode()
  application.pragma('writable_schema = on')
  application.prepare("update sqlite_schema set sql = ? where name = 't'").run(table)
  application.close()
}

/** That a column is added to the table that there was. */
async function expectAltered(file: string): Promise<void> {
  const connection = await open(file)
  await run(connection, ['pragma foreign_keys = off', 'begin immediate'])
  const statements = await emitted(connection)
  expect(isAnew(statements)).toBe(true)
  await executeAll({ dialect: sqlite, connection }, statements)
  await connection.execute('commit')
  expect((await tableIn(connection, 't')).columns.map(({ name }) => name)).toContain('more')
}

async function tableOf(sql: string, name: string): ReturnType<typeof tableIn> {
  return inMemory(async (connection) => {
    await connection.execute(sql)
    return tableIn(connection, name)
  })
}
