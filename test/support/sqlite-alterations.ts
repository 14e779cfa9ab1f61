/** Every operation once, on tables that others use. */
import { columnIn, tableIn } from './sqlite.js'
import type { Operations } from './sqlite-users.js'
import { alter, drop, TO_TEAM, users } from './sqlite-users.js'
import { column, index } from './schema-builders.js'

/** Every operation on them, and whether it needs a rebuild: on both drivers, on the older SQLite, on none. */
export const CASES: Readonly<Record<string, readonly ['both' | 'older' | 'none', Operations]>> = {
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
