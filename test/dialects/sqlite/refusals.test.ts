/** What is refused before anything runs. */
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import {
  carryOut,
  columnIn,
  databaseWith,
  DRIVERS,
  expectApplied,
  schemaTexts,
  tableIn,
} from '../../support/sqlite.js'
import { migrateErrorOf } from '../../support/thrown.js'

async function drops(
  connection: Connection,
  ...names: readonly string[]
): Promise<readonly Operation[]> {
  const { columns } = await tableIn(connection, 't')
  return columns
    .filter((column) => names.includes(column.name))
    .map((column) => ({ kind: 'dropColumn', table: 't', column }))
}

const USES: Readonly<Record<string, readonly [readonly string[], string]>> = {
  'a composite index': [['create table t (a, b, c)', 'create index i on t (a, b)'], 'index i'],
  'a composite unique index': [
    ['create table t (a, b, c)', 'create unique index i on t (a, b)'],
    'unique index i',
  ],
  'an expression': [['create table t (a, b, c)', 'create index i on t (c, lower(b))'], 'index i'],
  'a predicate': [['create table t (a, b, c)', 'create index i on t (c) where b > 1'], 'index i'],
  'a unique constraint': [['create table t (a, b, c, constraint u unique (a, b))'], 'unique u'],
  'a check': [['create table t (a, b, c, constraint k check (a > b))'], 'check k'],
  'a check in another column': [['create table t (a check (a > b), b, c)'], 'check t_check'],
  'a composite key': [['create table t (a, b, c, primary key (a, b))'], 'primary key'],
  'a foreign key': [
    [
      'create table p (x, y, primary key (x, y))',
      'create table t (a, b, c, constraint f foreign key (a, b) references p)',
    ],
    'foreign key f',
  ],
  'a generated column': [['create table t (a, b, g as (a || b))'], 'generated column g'],
  'a view': [['create table t (a, b)', 'create view v as select b from t'], 'view v'],
  'a view of a view': [
    [
      'create table t (a, b)',
      'create view v as select * from t',
      'create view w as select B from v',
    ],
    'view w',
  ],
  'a trigger elsewhere': [
    [
      'create table t (a, b)',
      'create table o (x)',
      'create trigger r after insert on o begin update t set b = 1; end',
    ],
    'trigger r',
  ],
  "another table's key": [
    ['create table t (a, b unique)', 'create table o (x references t (b))'],
    'foreign key of o (x)',
  ],
}

describe.each(DRIVERS)('%s', (driver) => {
  test.each(Object.entries(USES))('a column is not dropped from under %s', async (_name, use) => {
    const [statements, user] = use
    const connection = await databaseWith(statements, driver)
    const texts = await schemaTexts(connection)
    const operations = await drops(connection, 'b')
    const error = await migrateErrorOf(() => sqlite.emit(connection, operations))
    expect(error.code).toBe('SQLITE_COLUMN_IN_USE')
    expect(error.message).toBe(`t.b cannot be dropped: ${user} uses it.`)
    expect(error.details).toEqual({ table: 't', column: 'b', users: [user] })
    expect(await schemaTexts(connection)).toEqual(texts)
  })

  test('a view or a trigger that only has the same word is no user', async () => {
    const connection = await databaseWith(
      [
        'create table t (a, b)',
        'create table o (b)',
        'create view v as select b from o',
        'create view w as select t.a, \'b\' as "b" from t',
        'create view broken as select b from nowhere',
        'create trigger r after insert on o begin update o set b = (select max(a) from t); end',
      ],
      driver,
    )
    const operations = await drops(connection, 'b')
    // Natively SQLite would stop at the view that does not work anyway.
    const to = { ...(await columnIn(connection, 't', 'a')), collation: 'nocase' }
    const from = await columnIn(connection, 't', 'a')
    await carryOut(connection, [{ kind: 'alterColumn', table: 't', from, to }, ...operations])
    expect((await tableIn(connection, 't')).columns).toHaveLength(1)
  })
})

test('what covers only dropped columns goes with them', async () => {
  const connection = await databaseWith([
    `create table t (id integer primary key, a int check (a > 0) unique, b int references t (id), c int,
      constraint both unique (a, b), foreign key (a, b) references p (x, y), check (a < b))`,
    'create table p (x, y, primary key (x, y))',
    'create index i on t (a desc) where b > 1',
    'create index keep on t (c)',
  ])
  await expectApplied(connection, await drops(connection, 'a', 'b'))
  const left = await tableIn(connection, 't')
  expect([left.uniques, left.foreignKeys, left.checks]).toEqual([[], [], []])
  expect(left.indexes.map((index) => index.name)).toEqual(['keep'])
})

test('what the same call drops does not hold a column, in any order', async () => {
  const connection = await databaseWith([
    'create table t (a, b, c, constraint k check (a > b), constraint u unique (b, c))',
    'create index i on t (a, b)',
  ])
  const { checks, indexes, uniques } = await tableIn(connection, 't')
  const [column] = await drops(connection, 'b')
  const [check] = checks
  const [index] = indexes
  const [unique] = uniques
  if (!column || !check || !index || !unique) throw new Error('not read')
  await carryOut(connection, [
    { kind: 'dropIndex', table: 't', index },
    column,
    { kind: 'dropCheck', table: 't', check },
    { kind: 'dropUnique', table: 't', unique },
  ])
  expect(await tableIn(connection, 't')).toMatchObject({ indexes: [], checks: [], uniques: [] })
})

const REFUSED: Readonly<Record<string, readonly [readonly string[], Operation, RegExp]>> = {
  'the last column': [
    ['create table t (a)'],
    { kind: 'dropColumn', table: 't', column: { ...PLAIN_COLUMN, name: 'a' } },
    /^a is the last column of t/,
  ],
  'a name with a schema': [
    [],
    { kind: 'createTable', table: { ...EMPTY_TABLE, name: 'app.users' } },
    /no schemas/,
  ],
  'a counter beside a key': [
    ['create table t (a integer primary key)'],
    {
      kind: 'addColumn',
      table: 't',
      column: { ...PLAIN_COLUMN, name: 'n', type: { kind: 'increments' } },
    },
    /^t.n cannot count/,
  ],
  'a column that only differs in case': [
    ['create table t (a)'],
    { kind: 'addColumn', table: 't', column: { ...PLAIN_COLUMN, name: 'A' } },
    /already has a column A/,
  ],
  'the key of a table without rowid': [
    ['create table t (a primary key, b) without rowid'],
    { kind: 'dropColumn', table: 't', column: { ...PLAIN_COLUMN, name: 'a' } },
    /WITHOUT ROWID/,
  ],
  'an enum type': [
    [],
    { kind: 'alterEnum', name: 'mood', from: ['a'], to: ['b'], renamed: {} },
    /no type mood/,
  ],
}

test.each(Object.entries(REFUSED))('refused: %s', async (_name, [statements, operation, words]) => {
  const connection = await databaseWith(statements)
  const error = await migrateErrorOf(() => sqlite.emit(connection, [operation]))
  expect(error.code).toBe('SQLITE_REFUSED')
  expect(error.message).toMatch(words)
})

test('an operation on what is not there says so', async () => {
  const connection = await databaseWith(['create table t (a)'])
  const gone = { ...PLAIN_COLUMN, name: 'gone' }
  for (const operation of [
    { kind: 'dropColumn', table: 't', column: gone },
    { kind: 'alterColumn', table: 't', from: gone, to: gone },
    { kind: 'renameColumn', table: 't', from: 'gone', to: 'x' },
    { kind: 'addColumn', table: 'nowhere', column: gone },
    { kind: 'dropCheck', table: 't', check: { name: 'gone', sql: 'x' } },
  ] satisfies readonly Operation[]) {
    const error = await migrateErrorOf(() => sqlite.emit(connection, [operation]))
    expect(error.code).toBe('OBJECT_MISSING')
  }
})
