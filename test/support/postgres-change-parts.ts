/** What kinds of change on PostgreSQL are made of. */
import type { Operation } from '../../src/operations/operation.js'
import type { Column, ColumnType } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import type { ForeignKey, Table, Unique } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'

export interface PostgresChange {
  readonly name: string
  readonly before: Schema
  readonly operations: readonly Operation[]
  /** Statements that fill the tables, and make what the tool does not manage. */
  readonly rows: readonly string[]
  /** Asked before, after, and after the way back: the same each time. */
  readonly kept: string
  /** Where the way back cannot bring everything: the reason. */
  readonly oneWay?: string
  /** The oldest server that has it. */
  readonly since?: number
}

export const integer: ColumnType = { kind: 'integer', unsigned: false }
export const text: ColumnType = { kind: 'text', size: 'text' }
export const bigInteger: ColumnType = { kind: 'bigInteger', unsigned: false }
export const string = (length: number): ColumnType => ({ kind: 'string', length })
export const decimal = (precision: number, scale: number): ColumnType => ({
  kind: 'decimal',
  precision,
  scale,
  unsigned: false,
})
export const timestamp = (tz: boolean, precision: number | null = null): ColumnType => ({
  kind: 'timestamp',
  tz,
  precision,
})
export const native = (spelled: string): ColumnType => ({ kind: 'native', text: spelled })
export const values = (...list: readonly string[]): ColumnType => ({
  kind: 'enum',
  values: list,
  native: null,
})
export const mood = (...list: readonly string[]): ColumnType => ({
  kind: 'enum',
  values: list,
  native: 'mood',
})

export const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  ...PLAIN_COLUMN,
  name,
  type,
  ...more,
})

export const ID = column('id', { kind: 'increments' }, { nullable: false })
export const NAME = column('name', string(80))

export const table = (
  name: string,
  columns: readonly Column[],
  more: Partial<Table> = {},
): Table => ({
  ...EMPTY_TABLE,
  name,
  columns,
  primaryKey: columns.some((each) => each.name === 'id') ? { name: null, columns: ['id'] } : null,
  ...more,
})

export const unique = (
  name: string,
  columns: readonly string[],
  more: Partial<Unique> = {},
): Unique => ({
  name,
  columns,
  deferrable: null,
  nullsNotDistinct: false,
  ...more,
})

export const foreignKey = (
  columns: readonly string[],
  refTable: string,
  more: Partial<ForeignKey> = {},
): ForeignKey => ({
  name: `users_${columns.join('_')}_foreign`,
  columns,
  refTable,
  refColumns: ['id'],
  onDelete: null,
  onUpdate: null,
  deferrable: null,
  ...more,
})

export const schema = (...tables: readonly Table[]): Schema => ({ tables, enums: [] })
export const users = (...columns: readonly Column[]): Table =>
  table('users', [ID, NAME, ...columns])
export const NAMES = [`insert into users (name) values ('ann'), ('bob')`]
export const KEPT = 'select id, name from users order by id'
export const inUsers = { table: 'users' } as const

/** A column `c` of `users` that becomes another; `fill` is its value in both rows. */
export function alter(
  name: string,
  from: Partial<Column>,
  to: Partial<Column>,
  fill: string | null,
  more: Partial<PostgresChange> = {},
): PostgresChange {
  const [before, after] = [column('c', integer, from), column('c', integer, to)]
  return {
    name,
    before: schema(users(before)),
    operations: [{ kind: 'alterColumn', ...inUsers, from: before, to: after }],
    rows: [...NAMES, ...(fill === null ? [] : [`update users set c = ${fill}`])],
    kept: fill === null ? KEPT : 'select id, name, c::text from users order by id',
    ...more,
  }
}

/** Something added to `users(id, name, age, team_id)` beside `teams`. */
export function add(
  name: string,
  operation: Operation,
  more: Partial<PostgresChange> = {},
): PostgresChange {
  return {
    name,
    before: schema(
      table('teams', [ID]),
      users(column('age', integer), column('team_id', integer), column('tags', { kind: 'jsonb' })),
    ),
    operations: [operation],
    rows: [
      'insert into teams default values',
      ...NAMES,
      `update users set team_id = 1, age = id, tags = '[1]'`,
    ],
    kept: 'select id, name, age, team_id from users order by id',
    ...more,
  }
}

export const VIEWS = [
  'create view named with (security_barrier) as select id, c as value from users where c is not null',
  'create view more as select value from named',
  `comment on column named.value is 'a \\ value'`,
  `alter view named alter column id set default 7`,
  'grant select (id), update (id) on named to public',
  `comment on view more is 'it''s a view'`,
  'grant select on more to public',
  'create materialized view kept as select c from users',
  'create index kept_index on kept (c)',
  'create function touch() returns trigger language plpgsql as $$ begin return new; end $$',
  'create trigger touched before update of c on users for each row when (old.c is distinct from new.c) execute function touch()',
  `create policy own on users for select to public using (c is not null)`,
  `comment on policy own on users is 'a policy'`,
  'create rule told as on delete to users do also select c, value from users, more where value = c',
  `comment on rule told on users is 'a rule'`,
  'alter table users disable rule told',
]

export const KEPT_VIEWS = `select c.relname, pg_get_viewdef(c.oid) is not null, c.reloptions::text, c.relacl::text, obj_description(c.oid) from pg_class c where c.relname in ('named', 'more', 'kept', 'kept_index')
  union all select tgname, tgenabled = 'O', null, null, null from pg_trigger where not tgisinternal union all select polname, true, null, null, obj_description(oid, 'pg_policy') from pg_policy
  union all select rulename, ev_enabled = 'D', null, null, obj_description(oid, 'pg_rewrite') from pg_rewrite where rulename = 'told'
  union all select attname, true, attacl::text, col_description(attrelid, attnum), pg_get_expr(adbin, adrelid) from pg_attribute
    left join pg_attrdef on adrelid = attrelid and adnum = attnum where attrelid = to_regclass('named') and attnum > 0 order by 1`
