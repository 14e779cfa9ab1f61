/** Enum types of the database's own that get other values. */
import type { ColumnType } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import {
  mood,
  column,
  ID,
  NAME,
  table,
  schema,
  users,
  NAMES,
  KEPT,
  inUsers,
  VIEWS,
  KEPT_VIEWS,
  type PostgresChange,
} from './postgres-change-parts.js'
import { index } from './schema-builders.js'

/** With columns of the type in a table with rows. */
export function enumChanges(): readonly PostgresChange[] {
  const people = (type: ColumnType, more: Partial<Table> = {}): Table =>
    table(
      'users',
      [
        ID,
        NAME,
        column('c', type, { nullable: false, default: { kind: 'literal', value: 'b' } }),
        column('old', type),
      ],
      more,
    )
  const change = (
    name: string,
    from: readonly string[],
    to: readonly string[],
    more: {
      readonly renamed?: Readonly<Record<string, string>>
      readonly rows?: readonly string[]
      readonly kept?: string
      readonly table?: Partial<Table>
    } = {},
  ): PostgresChange => ({
    name,
    before: {
      tables: [people(mood(...from), more.table)],
      enums: [{ name: 'mood', values: from }],
    },
    operations: [{ kind: 'alterEnum', name: 'mood', from, to, renamed: more.renamed ?? {} }],
    rows: [...NAMES, `update users set c = 'b'`, ...(more.rows ?? [])],
    kept: more.kept ?? KEPT,
  })
  const bound: Partial<Table> = {
    indexes: [index('sad', ['name'], { where: `c = 'b'` }), index('by_c', ['c'])],
    checks: [{ name: 'moody', sql: `c <> 'a' or name is not null` }],
  }
  return [
    {
      name: 'a native enum is created with its column',
      before: schema(users()),
      operations: [
        { kind: 'createEnum', enum: { name: 'mood', values: ['a', `it's`] } },
        {
          kind: 'addColumn',
          ...inUsers,
          column: column('c', mood('a', `it's`), { default: { kind: 'literal', value: `it's` } }),
        },
      ],
      rows: NAMES,
      kept: KEPT,
    },
    change(
      'a native enum gains values',
      ['a', 'b'],
      ['first', 'a', 'between', 'b', 'last', 'very last'],
    ),
    change('a native enum loses a value', ['a', 'b', 'c'], ['a', 'b'], {
      kept: 'select id, name, c from users order by id',
    }),
    change('a native enum changes its order', ['a', 'b'], ['b', 'a'], {
      kept: 'select id, name, c from users order by id',
    }),
    change('a value of a native enum is renamed', ['a', 'b'], ['a', 'B'], { renamed: { b: 'B' } }),
    change('two values of a native enum change names', ['a', 'b'], ['b', 'a'], {
      renamed: { a: 'b', b: 'a' },
    }),
    change(
      'a native enum loses a value under views, checks and indexes',
      ['a', 'b', 'c'],
      ['a', 'b'],
      {
        rows: VIEWS.map((sql) => sql.replaceAll('c is not null', `c <> 'a'`)),
        kept: KEPT_VIEWS,
        table: bound,
      },
    ),
  ]
}
