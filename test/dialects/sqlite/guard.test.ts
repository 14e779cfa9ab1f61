/** The frame and its guard: what a script does not name is there afterwards, or the revision is refused. */
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { columnIn, DRIVERS, open, run, tableIn } from '../../support/sqlite.js'
import type { Driver } from '../../support/sqlite.js'
import { revision } from '../../support/sqlite-revision.js'
import type { Step } from '../../support/sqlite-revision.js'
import { migrateErrorOf } from '../../support/thrown.js'

const BASE = [
  'create table teams (id integer primary key autoincrement, code text unique)',
  'create table users (id integer primary key, name text not null on conflict abort, team_id integer references teams (id) on delete cascade, constraint long check (length(name) > 1))',
  'create index by_name on users (name, team_id)',
  'create table log (what text)',
  'create trigger tr after insert on users begin insert into log values (new.name); end',
  'create view names as select name from users',
  "insert into teams values (1, 'a'), (9, 'z')",
  'delete from teams where id = 9',
  "insert into users values (1, 'ann', 1), (2, 'bob', 1)",
  'create table other (id integer primary key, n int)',
]

async function framed(driver: Driver, act: (connection: Connection) => Promise<void>) {
  const connection = await open(':memory:', {}, driver)
  await run(connection, BASE)
  await sqlite.frame.enter(connection)
  await sqlite.frame.begin(connection, 100)
  await act(connection)
  await sqlite.frame.commit(connection)
  await sqlite.frame.leave(connection)
}

const REBUILD = [
  'create table fresh (id integer primary key, name text not null on conflict abort, team_id integer references teams (id) on delete cascade, constraint long check (length(name) > 1))',
  'insert into fresh select * from users',
]

const LOST: Readonly<Record<string, readonly [readonly Step[], string]>> = {
  'a trigger of another table': [
    ['create table extra (a)', { silent: 'drop trigger tr' }],
    'trigger tr on users is gone',
  ],
  'a view that reads a dropped table': [
    [async (connection) => [{ kind: 'dropTable', table: await tableIn(connection, 'users') }]],
    'view names reads the dropped table users',
  ],
  'a view over several dropped tables': [
    [
      'drop view names',
      'create view both as select u.id from users u join teams t on t.id = u.team_id',
      async (connection) => [
        { kind: 'dropTable', table: await tableIn(connection, 'teams') },
        { kind: 'dropTable', table: await tableIn(connection, 'users') },
      ],
    ],
    'view both reads the dropped table users',
  ],
  'a number that was given': [
    [
      'create table fresh (id integer primary key autoincrement, code text unique)',
      'insert into fresh select * from teams',
      'drop table teams',
      'alter table fresh rename to teams',
    ],
    'the last number of teams went from 9 back to 1',
  ],
}

describe.each(DRIVERS)('%s', (driver) => {
  test.each(Object.entries(LOST))('%s is missed', (_name, [steps, what]) =>
    framed(driver, async (connection) => {
      const error = await migrateErrorOf(() => revision(connection, steps))
      expect(error.code).toBe('GUARD_LOST')
      expect(error.message).toContain(what)
      expect(
        await connection.query("select name from sqlite_master where name in ('tr', 'names')"),
      ).toHaveLength(2)
      expect(await connection.query('select count(*) as n from users')).toEqual([{ n: 2 }])
    }),
  )

  const BROKEN: Readonly<Record<string, readonly [readonly Step[], string]>> = {
    'rows deleted under others': [['delete from teams where id = 1'], '2 in users to teams'],
    'a key changed under others': [['update teams set id = 5'], '2 in users to teams'],
    'rows that point nowhere': [
      ['update users set team_id = 77 where id = 2'],
      '1 in users to teams',
    ],
    'a new row that points nowhere': [
      ["insert into users values (5, 'eve', 50)"],
      '1 in users to teams',
    ],
    'a parent table dropped': [
      [async (connection) => [{ kind: 'dropTable', table: await tableIn(connection, 'teams') }]],
      '2 in users to teams',
    ],
    'a key to rows that are not there': [
      [
        () => [
          {
            kind: 'addForeignKey',
            table: 'users',
            foreignKey: {
              name: 'f',
              columns: ['id'],
              refTable: 'teams',
              refColumns: ['id'],
              onDelete: null,
              onUpdate: null,
              deferrable: null,
            },
          },
        ],
      ],
      '1 in users to teams',
    ],
    'a key that others need': [
      [
        async (connection) => {
          const from = (await tableIn(connection, 'teams')).primaryKey
          return [{ kind: 'alterPrimaryKey', table: 'teams', from, to: null }]
        },
      ],
      '1 in users to teams',
    ],
  }

  test.each(Object.entries(BROKEN))('%s', (_name, [steps, what]) =>
    framed(driver, async (connection) => {
      const error = await migrateErrorOf(() => revision(connection, steps))
      expect(error.code, error.why ?? '').toBe('FOREIGN_KEYS_VIOLATED')
      expect(error.message).toBe(`Rows would point at rows that are not there: ${what}.`)
      expect(await connection.query('pragma foreign_key_check')).toEqual([])
    }),
  )

  const KEPT: Readonly<Record<string, readonly Step[]>> = {
    'nothing at all': [],
    'data only': [
      "insert into users values (3, 'eve', 1)",
      "update users set name = 'xx'",
      'delete from log',
    ],
    'children before their parents': ['delete from users', 'delete from teams'],
    'a raw rebuild that makes everything again': [
      'drop view names',
      ...REBUILD,
      'drop table users',
      'alter table fresh rename to users',
      'create index by_name on users (name, team_id)',
      'create trigger tr after insert on users begin insert into log values (new.name); end',
    ],
    'raw drops by name': [
      'drop trigger tr',
      'drop index by_name',
      'drop view names',
      'drop table users',
    ],
    'a column of a table that is named': ['alter table other drop column n'],
    'raw renames': [
      'alter table teams rename to groups',
      'alter table users rename column name to label',
    ],
    renames: [
      () => [{ kind: 'renameTable', from: 'users', to: 'people' }],
      () => [{ kind: 'renameColumn', table: 'people', from: 'name', to: 'label' }],
      () => [{ kind: 'renameTable', from: 'teams', to: 'groups' }],
      () => [{ kind: 'renameColumn', table: 'groups', from: 'id', to: 'key' }],
    ],
    'operations and data together': [
      async (connection) => {
        const from = await columnIn(connection, 'users', 'name')
        return [
          { kind: 'addColumn', table: 'users', column: { ...PLAIN_COLUMN, name: 'age' } },
          { kind: 'alterColumn', table: 'users', from, to: { ...from, collation: 'NOCASE' } },
        ]
      },
      'update users set age = 7',
      async (connection) => {
        const from = await columnIn(connection, 'users', 'age')
        return [{ kind: 'alterColumn', table: 'users', from, to: { ...from, nullable: false } }]
      },
    ],
    'an index dropped by its name beside a change of its table': [
      () => [{ kind: 'addColumn', table: 'users', column: { ...PLAIN_COLUMN, name: 'age' } }],
      'drop index by_name',
    ],
    'a table made, altered and filled': [
      async (connection) => [
        {
          kind: 'createTable',
          table: { ...(await tableIn(connection, 'teams')), name: 'groups', uniques: [] },
        },
        { kind: 'addColumn', table: 'groups', column: { ...PLAIN_COLUMN, name: 'age' } },
      ],
      "insert into groups (code) values ('x')",
      () => [{ kind: 'renameTable', from: 'groups', to: 'bands' }],
    ],
    'a table dropped with its view': [
      'drop view names',
      async (connection) => [{ kind: 'dropTable', table: await tableIn(connection, 'users') }],
    ],
    'the counter set on purpose': ["update sqlite_sequence set seq = 1 where name = 'teams'"],
  }

  test.each(Object.entries(KEPT))('no alarm for %s', (_name, steps) =>
    framed(driver, async (connection) => {
      await revision(connection, steps)
      // What the guard carried forward serves the next revision as well.
      await revision(connection, ['create table next (a)', 'drop table next'])
    }),
  )

  test('broken keys that were there before are nobody’s fault', () =>
    framed(driver, async (connection) => {
      await connection.execute("insert into users values (8, 'old', 99)")
      await revision(connection, ["insert into users values (3, 'eve', 1)"])
      const error = await migrateErrorOf(() =>
        revision(connection, ["insert into users values (4, 'new', 99)"]),
      )
      expect(error.message).toContain('1 in users to teams')
    }))

  test('a statement that failed and was caught is no loss', () =>
    framed(driver, async (connection) => {
      const guard = await sqlite.frame.guard(connection)
      const from = await columnIn(connection, 'users', 'name')
      guard.named([{ kind: 'alterColumn', table: 'users', from, to: { ...from, nullable: true } }])
      guard.named([{ kind: 'addColumn', table: 'other', column: { ...PLAIN_COLUMN, name: 'b' } }])
      await connection.execute('alter table other add column b integer')
      await guard.verify()
    }))
})
