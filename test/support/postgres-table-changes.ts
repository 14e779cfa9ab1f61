/** Tables and columns that come, go and get other names. */
import {
  integer,
  text,
  string,
  timestamp,
  native,
  values,
  column,
  ID,
  NAME,
  table,
  unique,
  foreignKey,
  schema,
  users,
  NAMES,
  KEPT,
  inUsers,
  add,
  VIEWS,
  KEPT_VIEWS,
  type PostgresChange,
} from './postgres-change-parts.js'
import { index } from './schema-builders.js'

export const TABLE_CHANGES: readonly PostgresChange[] = [
  {
    name: 'a table is created',
    before: schema(users()),
    operations: [
      {
        kind: 'createTable',
        table: table('posts', [ID, column('body', text, { comment: 'said' })], {
          comment: 'of posts',
        }),
      },
    ],
    rows: NAMES,
    kept: KEPT,
  },
  {
    name: 'a table is dropped',
    before: schema(
      users(),
      table('posts', [ID, column('n', integer, { default: { kind: 'sql', text: 'abs(-3)' } })], {
        indexes: [index('by_n', ['n'], { where: 'n > 3' })],
        checks: [{ name: 'few', sql: 'n < 100' }],
        options: { unlogged: 'true', with: 'fillfactor=70' },
      }),
    ),
    operations: [
      {
        kind: 'dropTable',
        table: table(
          'posts',
          [ID, column('n', integer, { default: { kind: 'sql', text: 'abs(-3)' } })],
          {
            indexes: [index('by_n', ['n'], { where: 'n > 3' })],
            checks: [{ name: 'few', sql: 'n < 100' }],
            options: { unlogged: 'true', with: 'fillfactor=70' },
          },
        ),
      },
    ],
    rows: NAMES,
    kept: KEPT,
  },
  {
    name: 'a table is renamed under its children',
    before: schema(
      table('teams', [ID, NAME]),
      users(column('team_id', integer)),
      table('x', [ID], {}),
    ),
    operations: [
      {
        kind: 'addForeignKey',
        ...inUsers,
        foreignKey: foreignKey(['team_id'], 'teams', { onDelete: 'cascade' }),
      },
      { kind: 'renameTable', from: 'teams', to: 'groups' },
    ],
    rows: [`insert into teams (name) values ('red')`, ...NAMES, 'update users set team_id = 1'],
    kept: 'select id, name, team_id from users order by id',
  },
  {
    name: 'a table goes to another schema',
    before: schema(table('teams', [ID, NAME]), users()),
    operations: [{ kind: 'renameTable', from: 'teams', to: 'app.groups' }],
    rows: [`insert into teams (name) values ('red')`, ...NAMES],
    kept: KEPT,
  },
  {
    name: 'a table in another schema is changed',
    before: schema(
      table('app.tags', [ID, column('c', string(10))], { indexes: [index('tags_c', ['c'])] }),
      users(column('tag_id', integer)),
    ),
    operations: [
      { kind: 'dropIndex', table: 'app.tags', index: index('tags_c', ['c']) },
      {
        kind: 'alterColumn',
        table: 'app.tags',
        from: column('c', string(10)),
        to: column('c', text, { comment: 'long' }),
      },
      { kind: 'addUnique', table: 'app.tags', unique: unique('tags_c', ['c']) },
      { kind: 'addForeignKey', ...inUsers, foreignKey: foreignKey(['tag_id'], 'app.tags') },
    ],
    rows: [`insert into app.tags (c) values ('x')`, ...NAMES, 'update users set tag_id = 1'],
    kept: 'select u.name, t.c from users u join app.tags t on t.id = tag_id order by u.id',
  },
  add('a column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('n', integer, { comment: `it's new` }),
  }),
  add('a NOT NULL column with a default is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('n', string(9), {
      nullable: false,
      default: { kind: 'literal', value: `it's` },
    }),
  }),
  add('a column with the current time is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('at', timestamp(true), {
      nullable: false,
      default: { kind: 'now', precision: null },
    }),
  }),
  add('a uuid column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('u', { kind: 'uuid' }, { nullable: false, default: { kind: 'uuid' } }),
  }),
  add('an enum column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('k', values('a', `it's`), { default: { kind: 'literal', value: 'a' } }),
  }),
  add('a generated column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('g', integer, { generated: { sql: 'age * 2', stored: true } }),
  }),
  add(
    'a virtual column is added',
    {
      kind: 'addColumn',
      ...inUsers,
      column: column('g', integer, { generated: { sql: 'age * 2', stored: false } }),
    },
    { since: 18 },
  ),
  add('a counting column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('n', { kind: 'bigIncrements' }, { nullable: false }),
  }),
  add('an identity column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('n', integer, { nullable: false, identity: 'always' }),
  }),
  add('a list column is added', {
    kind: 'addColumn',
    ...inUsers,
    column: column('l', native('text[]'), {
      nullable: false,
      default: { kind: 'literal', value: '{}' },
    }),
  }),
  {
    name: 'a counting column is added to a table without a key',
    before: schema(table('users', [NAME])),
    operations: [{ kind: 'addColumn', ...inUsers, column: ID }],
    rows: NAMES,
    kept: 'select name from users order by 1',
  },
  {
    name: 'a column with all that is on it is dropped',
    before: schema(
      table('teams', [ID]),
      table(
        'users',
        [
          ID,
          NAME,
          column('c', integer, {
            nullable: false,
            default: { kind: 'literal', value: 3 },
            comment: 'gone',
          }),
        ],
        {
          primaryKey: { name: null, columns: ['id'] },
          indexes: [index('by_c', ['c', 'name']), index('low_c', ['name'], { where: 'c > 3' })],
          uniques: [unique('one_c', ['c', 'id'])],
          checks: [{ name: 'c_more', sql: 'c > 0' }],
          foreignKeys: [foreignKey(['c'], 'teams')],
        },
      ),
    ),
    operations: [
      { kind: 'dropForeignKey', ...inUsers, foreignKey: foreignKey(['c'], 'teams') },
      { kind: 'dropCheck', ...inUsers, check: { name: 'c_more', sql: 'c > 0' } },
      { kind: 'dropIndex', ...inUsers, index: index('by_c', ['c', 'name']) },
      { kind: 'dropIndex', ...inUsers, index: index('low_c', ['name'], { where: 'c > 3' }) },
      { kind: 'dropUnique', ...inUsers, unique: unique('one_c', ['c', 'id']) },
      {
        kind: 'dropColumn',
        ...inUsers,
        column: column('c', integer, {
          nullable: false,
          default: { kind: 'literal', value: 3 },
          comment: 'gone',
        }),
      },
    ],
    rows: ['insert into teams select from generate_series(1, 3)', ...NAMES],
    kept: KEPT,
  },
  {
    name: 'a column is renamed under views',
    before: schema(users(column('c', integer, { nullable: false }))),
    operations: [{ kind: 'renameColumn', ...inUsers, from: 'c', to: 'Value' }],
    rows: [`insert into users (name, c) values ('ann', 1)`, ...VIEWS],
    kept: KEPT_VIEWS,
  },
]
