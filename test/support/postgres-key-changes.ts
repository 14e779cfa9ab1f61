/** Keys, indexes, checks and comments. */
import {
  integer,
  column,
  table,
  unique,
  foreignKey,
  schema,
  users,
  NAMES,
  KEPT,
  inUsers,
  add,
  type PostgresChange,
} from './postgres-change-parts.js'
import { index } from './schema-builders.js'

export const KEY_CHANGES: readonly PostgresChange[] = [
  {
    name: 'the primary key becomes composite',
    before: schema(
      table(
        'seats',
        [column('a', integer, { nullable: false }), column('b', integer, { nullable: false })],
        { primaryKey: { name: null, columns: ['a'] } },
      ),
    ),
    operations: [
      {
        kind: 'alterPrimaryKey',
        table: 'seats',
        from: { name: null, columns: ['a'] },
        to: { name: 'own', columns: ['b', 'a'] },
      },
    ],
    rows: ['insert into seats values (1, 1), (2, 1)'],
    kept: 'select * from seats order by a',
  },
  {
    name: 'a nullable column becomes the primary key',
    before: schema(table('seats', [column('a', integer), column('b', integer)])),
    operations: [
      { kind: 'alterColumn', table: 'seats', from: column('a', integer), to: column('a', integer) },
      { kind: 'alterPrimaryKey', table: 'seats', from: null, to: { name: null, columns: ['a'] } },
    ],
    rows: ['insert into seats values (1, 1), (2, 1)'],
    kept: 'select * from seats order by a',
  },
  add('a unique is added', {
    kind: 'addUnique',
    ...inUsers,
    unique: unique('one', ['age', 'name'], { deferrable: 'deferred' }),
  }),
  add('a unique that knows nulls is added', {
    kind: 'addUnique',
    ...inUsers,
    unique: unique('one', ['age'], { nullsNotDistinct: true }),
  }),
  add('an index is added', {
    kind: 'addIndex',
    ...inUsers,
    index: index('by_age', ['age', 'name']),
  }),
  add('a unique index is added', {
    kind: 'addIndex',
    ...inUsers,
    index: index('by_age', ['age'], { unique: true, nullsNotDistinct: true }),
  }),
  add('a partial index is added', {
    kind: 'addIndex',
    ...inUsers,
    index: index('by_age', ['age'], { where: `name <> 'x' and age in (1, 2)` }),
  }),
  add('an index with included columns is added', {
    kind: 'addIndex',
    ...inUsers,
    index: index('by_age', ['age'], { include: ['name', 'team_id'] }),
  }),
  add('a gin index is added', {
    kind: 'addIndex',
    ...inUsers,
    index: index('by_tags', ['tags'], { method: 'gin' }),
  }),
  add('an index with a class of operators is added', {
    kind: 'addIndex',
    ...inUsers,
    index: index('by_name', [], {
      parts: [
        {
          on: { column: 'name' },
          order: 'desc',
          nulls: 'last',
          collation: 'C',
          opclass: 'varchar_pattern_ops',
          prefix: null,
        },
        {
          on: { sql: `lower(name || 'x')` },
          order: 'asc',
          nulls: 'first',
          collation: null,
          opclass: 'text_pattern_ops',
          prefix: null,
        },
      ],
    }),
  }),
  {
    name: 'an index changes its columns',
    before: schema({ ...users(column('age', integer)), indexes: [index('by', ['age'])] }),
    operations: [
      { kind: 'dropIndex', ...inUsers, index: index('by', ['age']) },
      { kind: 'addIndex', ...inUsers, index: index('by', ['age', 'name']) },
    ],
    rows: NAMES,
    kept: KEPT,
  },
  add('a foreign key is added', {
    kind: 'addForeignKey',
    ...inUsers,
    foreignKey: foreignKey(['team_id'], 'teams', {
      onDelete: 'cascade',
      onUpdate: 'set null',
      deferrable: 'immediate',
    }),
  }),
  add('a self reference is added', {
    kind: 'addForeignKey',
    ...inUsers,
    foreignKey: foreignKey(['age'], 'users', { onDelete: 'restrict', onUpdate: 'set default' }),
  }),
  add('a check is added', {
    kind: 'addCheck',
    ...inUsers,
    check: { name: `it's "so"`, sql: 'age > 0 and age between 1 and 9' },
  }),
  add('a table comment is set', {
    kind: 'alterComment',
    ...inUsers,
    from: null,
    to: `it's of users`,
  }),
  add('a table is no more logged', {
    kind: 'alterOptions',
    ...inUsers,
    from: {},
    to: { unlogged: 'true', with: 'fillfactor=80' },
  }),
]
