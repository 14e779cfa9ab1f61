/** Columns that are computed, and columns under them. */
import {
  alter,
  bigInteger,
  column,
  ID,
  integer,
  inUsers,
  KEPT,
  NAME,
  NAMES,
  schema,
  string,
  table,
  type PostgresChange,
} from './postgres-change-parts.js'
import { index } from './schema-builders.js'

export const COMPUTED_CHANGES: readonly PostgresChange[] = [
  {
    name: 'a column under a computed one changes its type',
    before: schema(
      table(
        'users',
        [
          ID,
          NAME,
          column('c', integer),
          column('g', bigInteger, { generated: { sql: 'c * 2', stored: true }, comment: 'twice' }),
        ],
        {
          indexes: [index('by_g', ['g'])],
          checks: [{ name: 'g_even', sql: 'g % 2 = 0' }],
        },
      ),
    ),
    operations: [
      { kind: 'alterColumn', ...inUsers, from: column('c', integer), to: column('c', bigInteger) },
    ],
    rows: [...NAMES, 'update users set c = id'],
    kept: 'select name, c, g from users order by id',
  },
  {
    name: 'how a column is computed changes',
    before: schema(
      table(
        'users',
        [ID, NAME, column('c', integer, { generated: { sql: 'id + 1', stored: true } })],
        { indexes: [index('by_c', ['c'])] },
      ),
    ),
    operations: [
      {
        kind: 'alterColumn',
        ...inUsers,
        from: column('c', integer, { generated: { sql: 'id + 1', stored: true } }),
        to: column('c', integer, { generated: { sql: 'id + 2', stored: true } }),
      },
    ],
    rows: NAMES,
    kept: KEPT,
  },
  alter(
    'a column is computed no more',
    { generated: { sql: 'id + 1', stored: true } },
    { nullable: false, default: { kind: 'literal', value: 1 } },
    null,
    { kept: 'select id, c from users order by id' },
  ),
  alter(
    'a virtual column is computed no more',
    { generated: { sql: 'id + 1', stored: false } },
    { nullable: false },
    null,
    { kept: 'select id, c from users order by id', since: 18 },
  ),
  {
    name: 'how a column under views is computed changes with its type',
    before: schema(
      table(
        'users',
        [ID, NAME, column('c', integer, { generated: { sql: 'id + 1', stored: true } })],
        { indexes: [index('by_c', ['c'])] },
      ),
    ),
    operations: [
      {
        kind: 'alterColumn',
        ...inUsers,
        from: column('c', integer, { generated: { sql: 'id + 1', stored: true } }),
        to: column('c', string(90), { generated: { sql: 'lower(name)', stored: true } }),
      },
    ],
    rows: [...NAMES, 'create view shown as select id, c from users'],
    kept: "select id from shown where (select count(*) from pg_views where viewname = 'shown') = 1",
  },
]
