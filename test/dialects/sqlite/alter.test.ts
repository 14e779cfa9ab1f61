/** Every operation, on both drivers: SQLite 3.53 alters more by itself than the 3.44 of sqlite3. */
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/dialect.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Column } from '../../../src/schema/column.js'
import type { ForeignKey, Index } from '../../../src/schema/table.js'
import { PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import {
  columnIn,
  databaseWith,
  DRIVERS,
  expectApplied,
  schemaTexts,
  tableIn,
} from '../../support/sqlite.js'

const BASE = [
  'create table teams (id integer primary key autoincrement, code text unique, "Name" text)',
  `create table users (
    id integer primary key autoincrement,
    name varchar(80) not null default 'x', -- the name
    age integer,
    mood text check (mood in ('a', 'b')),
    team_id integer references teams (id) on delete cascade,
    constraint adult check (age > 17)
  )`,
  'create index users_age_index on users (age)',
  'create index both on users (age, name) where age > 1',
  'create unique index users_name_unique on users (name)',
  'create table posts (id integer primary key, user_id integer references users (id) on delete cascade, title text, editor_id integer references users (id))',
  'create trigger touch after update of name on users begin update posts set title = new.name where user_id = new.id; end',
  'create view adults as select users.name, teams."Name" as team from users left join teams on teams.id = users.team_id where users.age > 17',
  "insert into teams values (1, 'red', 'Red'), (2, 'blue', 'Blue')",
  "insert into users values (1, 'ann', 20, 'a', 1), (2, 'bob', null, 'b', null), (7, 'eve', 30, null, 2)",
  'delete from users where id = 7',
  "insert into posts values (1, 1, 'one', 2), (2, 1, 'two', null), (3, 2, 'three', 1)",
]

const column = (name: string, more: Partial<Column> = {}): Column => ({
  ...PLAIN_COLUMN,
  name,
  ...more,
})
const users = { table: 'users' } as const

function index(name: string, columns: readonly string[]): Index {
  return {
    name,
    unique: false,
    parts: columns.map((each) => ({
      on: { column: each },
      order: 'asc',
      nulls: null,
      collation: null,
      opclass: null,
      prefix: null,
    })),
    where: null,
    method: null,
    include: [],
    nullsNotDistinct: false,
  }
}

const TO_TEAM: ForeignKey = {
  name: 'to_team',
  columns: ['team_id'],
  refTable: 'teams',
  refColumns: ['id'],
  onDelete: 'set null',
  onUpdate: 'cascade',
  deferrable: null,
}

type Operations = (connection: Connection) => Promise<readonly Operation[]> | readonly Operation[]

const alter =
  (name: string, more: Partial<Column>): Operations =>
  async (connection) => {
    const from = await columnIn(connection, 'users', name)
    return [{ kind: 'alterColumn', ...users, from, to: { ...from, ...more } }]
  }
const drop =
  (...names: readonly string[]): Operations =>
  async (connection) => {
    const { columns } = await tableIn(connection, 'users')
    return columns
      .filter((each) => names.includes(each.name))
      .map((each) => ({ kind: 'dropColumn', ...users, column: each }))
  }

/** Whether a rebuild is needed: by both, by the older SQLite only, or by none. */
const CASES: Readonly<Record<string, readonly ['both' | 'older' | 'none', Operations]>> = {
  'a column': [
    'none',
    () => [
      {
        kind: 'addColumn',
        ...users,
        column: column('b', { nullable: false, default: { kind: 'literal', value: 3 } }),
      },
    ],
  ],
  'an enum column': [
    'none',
    () => [
      {
        kind: 'addColumn',
        ...users,
        column: column('b', { type: { kind: 'enum', values: ['x', "it's"], native: null } }),
      },
    ],
  ],
  'a referencing column': [
    'none',
    () => [
      { kind: 'addColumn', ...users, column: column('group_id') },
      { kind: 'addForeignKey', ...users, foreignKey: { ...TO_TEAM, columns: ['group_id'] } },
      { kind: 'addIndex', ...users, index: index('users_group_id_index', ['group_id']) },
    ],
  ],
  'a column with the time as default': [
    'both',
    () => [
      {
        kind: 'addColumn',
        ...users,
        column: column('at', {
          nullable: false,
          type: { kind: 'timestamp', tz: true, precision: null },
          default: { kind: 'now', precision: null },
        }),
      },
    ],
  ],
  'a stored generated column': [
    'both',
    () => [
      {
        kind: 'addColumn',
        ...users,
        column: column('g', { generated: { sql: 'age * 2', stored: true } }),
      },
    ],
  ],
  'a virtual generated column': [
    'none',
    () => [
      {
        kind: 'addColumn',
        ...users,
        column: column('g', { generated: { sql: 'age * 2', stored: false } }),
      },
    ],
  ],
  'an index': [
    'none',
    () => [{ kind: 'addIndex', ...users, index: index('more', ['mood', 'age']) }],
  ],
  'a unique': [
    'none',
    () => [
      {
        kind: 'addUnique',
        ...users,
        unique: { name: 'u', columns: ['name', 'age'], deferrable: null, nullsNotDistinct: false },
      },
    ],
  ],
  'a foreign key': ['both', () => [{ kind: 'addForeignKey', ...users, foreignKey: TO_TEAM }]],
  'a check': [
    'both',
    () => [{ kind: 'addCheck', ...users, check: { name: 'c', sql: 'age < 200' } }],
  ],
  'an index gone': [
    'none',
    async (connection) =>
      (await tableIn(connection, 'users')).indexes.map((each) => ({
        kind: 'dropIndex',
        ...users,
        index: each,
      })),
  ],
  'a unique gone': [
    'none',
    async (connection) =>
      (await tableIn(connection, 'users')).uniques.map((each) => ({
        kind: 'dropUnique',
        ...users,
        unique: each,
      })),
  ],
  'an inline unique gone': [
    'both',
    async (connection) =>
      (await tableIn(connection, 'teams')).uniques.map((each) => ({
        kind: 'dropUnique',
        table: 'teams',
        unique: each,
      })),
  ],
  'an inline foreign key gone': [
    'both',
    async (connection) =>
      (await tableIn(connection, 'users')).foreignKeys.map((each) => ({
        kind: 'dropForeignKey',
        ...users,
        foreignKey: each,
      })),
  ],
  'a check gone': [
    'older',
    async (connection) =>
      (await tableIn(connection, 'users')).checks.map((each) => ({
        kind: 'dropCheck',
        ...users,
        check: each,
      })),
  ],
  'another type': ['both', alter('age', { type: { kind: 'bigInteger', unsigned: false } })],
  'another length': ['both', alter('name', { type: { kind: 'string', length: 120 } })],
  'not null': ['older', alter('mood', { nullable: false })],
  nullable: ['older', alter('name', { nullable: true })],
  'another default': ['both', alter('name', { default: { kind: 'literal', value: "it's" } })],
  'no default': ['both', alter('name', { default: null })],
  'a collation': ['both', alter('name', { collation: 'NOCASE' })],
  'another enum': [
    'both',
    alter('mood', { type: { kind: 'enum', values: ['a', 'b', 'c'], native: null } }),
  ],
  'no enum any more': ['both', alter('mood', { type: { kind: 'text', size: 'text' } })],
  'an enum of a plain column': [
    'both',
    alter('age', { type: { kind: 'enum', values: ['20'], native: null } }),
  ],
  'a generated column of a plain one': [
    'both',
    alter('mood', {
      type: { kind: 'integer', unsigned: false },
      generated: { sql: 'age + 1', stored: false },
    }),
  ],
  'no counter any more': ['both', alter('id', { type: { kind: 'integer', unsigned: false } })],
  'a plain column dropped': ['none', drop('mood')],
  'a referencing column dropped': [
    'none',
    async (connection) => [
      {
        kind: 'dropColumn',
        table: 'posts',
        column: await columnIn(connection, 'posts', 'editor_id'),
      },
    ],
  ],
  'a renamed column': [
    'none',
    () => [{ kind: 'renameColumn', ...users, from: 'name', to: 'full "name"' }],
  ],
  'a column in another case': [
    'none',
    () => [{ kind: 'renameColumn', ...users, from: 'age', to: 'Age' }],
  ],
  'two columns swapped': [
    'none',
    () => [
      { kind: 'renameColumn', ...users, from: 'age', to: 'tmp' },
      { kind: 'renameColumn', ...users, from: 'name', to: 'age' },
      { kind: 'renameColumn', ...users, from: 'tmp', to: 'name' },
    ],
  ],
  'a renamed table': ['none', () => [{ kind: 'renameTable', from: 'users', to: 'people "2"' }]],
  'a table in another case': ['none', () => [{ kind: 'renameTable', from: 'users', to: 'Users' }]],
  'another key': [
    'both',
    () => [
      {
        kind: 'alterPrimaryKey',
        table: 'posts',
        from: { name: null, columns: ['id'] },
        to: { name: null, columns: ['id', 'user_id'] },
      },
    ],
  ],
  'no key': [
    'both',
    () => [
      { kind: 'alterPrimaryKey', table: 'posts', from: { name: null, columns: ['id'] }, to: null },
    ],
  ],
  'a counter of a plain key': [
    'both',
    async (connection) => {
      const from = await columnIn(connection, 'posts', 'id')
      return [
        {
          kind: 'alterColumn',
          table: 'posts',
          from,
          to: { ...from, type: { kind: 'increments' }, nullable: false },
        },
      ]
    },
  ],
  'a comment': ['none', () => [{ kind: 'alterComment', ...users, from: null, to: 'said' }]],
  'a dropped table': [
    'none',
    async (connection) => [{ kind: 'dropTable', table: await tableIn(connection, 'posts') }],
  ],
  'much at once': [
    'both',
    async (connection) => [
      { kind: 'addColumn', ...users, column: column('b') },
      ...(await alter('age', { type: { kind: 'text', size: 'text' } })(connection)),
      { kind: 'renameColumn', ...users, from: 'name', to: 'label' },
      { kind: 'addIndex', ...users, index: index('by_label', ['label', 'b']) },
      { kind: 'addCheck', ...users, check: { name: 'c', sql: `"label" <> '' or b > 1` } },
      {
        kind: 'addForeignKey',
        ...users,
        foreignKey: { ...TO_TEAM, columns: ['b'], refTable: 'users' },
      },
      { kind: 'renameColumn', ...users, from: 'b', to: 'boss_id' },
      ...(await drop('mood')(connection)),
    ],
  ],
}

describe.each(DRIVERS)('%s', (driver) => {
  test.each(Object.entries(CASES))('%s', async (name, [rebuilds, operations]) => {
    const connection = await databaseWith(BASE, driver)
    const statements = await expectApplied(connection, await operations(connection))
    const isNative = rebuilds === 'none' || (rebuilds === 'older' && driver === 'better-sqlite3')
    const drops = statements.filter((sql) => sql.startsWith('drop table')).length
    expect(drops).toBe(isNative && name !== 'a dropped table' ? 0 : 1)
    await expectKept(connection, name)
  })
})

/** Rows, the counter, the trigger and the view are there, whatever was altered. */
async function expectKept(connection: Connection, name: string): Promise<void> {
  const [renamed] = await connection.query(
    `select name from sqlite_master where type = 'table' and name in ('users', 'Users', 'people "2"')`,
  )
  const table = `"${String(renamed?.name).replaceAll('"', '""')}"`
  expect(await connection.query(`select id from ${table} order by id`)).toEqual([
    { id: 1 },
    { id: 2 },
  ])
  if (name !== 'no counter any more') {
    const sequence = `select seq from sqlite_sequence where name = ?`
    expect(await connection.query(sequence, [String(renamed?.name)])).toEqual([{ seq: 7 }])
  }
  const texts = await schemaTexts(connection)
  expect(texts.filter((row) => row.type === 'trigger' || row.type === 'view')).toHaveLength(2)
  expect(await connection.query('select * from adults')).toHaveLength(1)
  if (name === 'a dropped table') return
  expect(await connection.query('select id from posts order by id')).toEqual([
    { id: 1 },
    { id: 2 },
    { id: 3 },
  ])
  expect(await connection.query('pragma foreign_key_check')).toEqual([])
  expect(await connection.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
}
