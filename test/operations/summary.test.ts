import { describe, expect, test } from 'vitest'
import { isDestructive, losesValues } from '../../src/operations/destructive.js'
import type { Operation } from '../../src/operations/operation.js'
import { objectName, summaryOf } from '../../src/operations/summary.js'
import type { Column, ColumnType } from '../../src/schema/column.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../support/schema-arbitraries.js'

const email: Column = {
  ...PLAIN_COLUMN,
  name: 'email',
  type: { kind: 'string', length: 120 },
  nullable: false,
}
const own = { table: 'users' }
const index = {
  name: 'users_email_lower',
  unique: true,
  parts: [
    {
      on: { sql: 'lower(email)' },
      order: 'desc',
      nulls: 'last',
      collation: null,
      opclass: null,
      prefix: null,
    },
  ],
  where: 'email is not null',
  method: null,
  include: ['id'],
  nullsNotDistinct: false,
} as const
const foreignKey = {
  name: 'users_team_id_foreign',
  columns: ['team_id'],
  refTable: 'teams',
  refColumns: ['id'],
  onDelete: 'set null',
  onUpdate: null,
  deferrable: 'deferred',
} as const
const alter: Operation = {
  kind: 'alterColumn',
  ...own,
  from: { ...email, type: { kind: 'string', length: 80 }, nullable: true },
  to: { ...email, default: { kind: 'literal', value: "it's" } },
}
const alterEnum: Operation = {
  kind: 'alterEnum',
  name: 'mood',
  from: ['glad', 'sad', 'ok'],
  to: ['happy', 'ok', 'new'],
  renamed: { glad: 'happy' },
}

const said: readonly (readonly [Operation, string, string])[] = [
  [
    { kind: 'createTable', table: { ...EMPTY_TABLE, columns: [email] } },
    'Create table t with 1 column',
    't',
  ],
  [{ kind: 'renameTable', from: 'users', to: 'people' }, 'Rename table users to people', 'users'],
  [
    { kind: 'addColumn', ...own, column: email },
    'Add column users.email: varchar(120), not null',
    'email',
  ],
  [
    { kind: 'renameColumn', ...own, from: 'name', to: 'full_name' },
    'Rename column users.name to full_name',
    'name',
  ],
  [
    alter,
    "Change column users.email: varchar(80) to varchar(120), null to not null, default none to 'it''s'",
    'email',
  ],
  [
    { kind: 'dropIndex', ...own, index },
    'Drop unique index users_email_lower on users (lower(email) desc nulls last) include (id) where email is not null',
    'users_email_lower',
  ],
  [
    { kind: 'addForeignKey', ...own, foreignKey },
    'Add foreign key users (team_id) to teams (id), on delete set null, deferrable, initially deferred',
    'users_team_id_foreign',
  ],
  [
    { kind: 'addCheck', ...own, check: { name: 'users_age_check', sql: 'age\n  > 0' } },
    'Add check users_age_check on users: age > 0',
    'users_age_check',
  ],
  [
    { kind: 'alterPrimaryKey', ...own, from: null, to: { name: null, columns: ['a', 'b'] } },
    'Set primary key of users to (a, b)',
    'primary key',
  ],
  [alterEnum, "Change enum mood: add 'new', remove 'sad', rename 'glad' to 'happy'", 'mood'],
  [
    { kind: 'alterComment', ...own, from: 'x', to: null },
    'Remove the comment of table users',
    'users',
  ],
  [
    { kind: 'alterOptions', ...own, from: {}, to: { engine: 'InnoDB' } },
    'Change the options of table users: none to engine=InnoDB',
    'users',
  ],
]

test.each(said)('$kind is said in the person’s own names', (operation, summary, name) => {
  expect(summaryOf(operation)).toBe(summary)
  expect(objectName(operation)).toBe(name)
})

test('a long expression is cut to one line', () => {
  const check = { name: 'ck', sql: 'a > 0 and '.repeat(50) }
  const summary = summaryOf({ kind: 'addCheck', ...own, check })
  expect(summary.length).toBeLessThan(140)
  expect(summary).toMatch(/…$/)
})

describe('an operation loses data', () => {
  const computed: Column = { ...email, generated: { sql: 'lower(name)', stored: true } }

  test('when it drops a table, a column or a value of an enum', () => {
    expect(isDestructive({ kind: 'dropTable', table: EMPTY_TABLE })).toBe(true)
    expect(isDestructive({ kind: 'dropColumn', ...own, column: email })).toBe(true)
    expect(isDestructive(alterEnum)).toBe(true)
  })

  test('but not when the values are computed or only spelled anew', () => {
    expect(isDestructive({ kind: 'dropColumn', ...own, column: computed })).toBe(false)
    expect(isDestructive({ ...alterEnum, from: ['glad', 'ok'] })).toBe(false)
  })

  test('but not when it drops a rule', () => {
    expect(isDestructive({ kind: 'dropIndex', ...own, index })).toBe(false)
    expect(isDestructive(alter)).toBe(false)
  })
})

const string = (length: number): ColumnType => ({ kind: 'string', length })
const decimal = (precision: number | null, scale: number | null): ColumnType => ({
  kind: 'decimal',
  precision,
  scale,
  unsigned: false,
})
const integer = (unsigned = false): ColumnType => ({ kind: 'integer', unsigned })
const bigInteger: ColumnType = { kind: 'bigInteger', unsigned: false }
const text: ColumnType = { kind: 'text', size: 'text' }
const double: ColumnType = { kind: 'double', precision: null, scale: null, unsigned: false }
const timestamp = (precision: number | null): ColumnType => ({
  kind: 'timestamp',
  tz: true,
  precision,
})
const values = (...list: readonly string[]): ColumnType => ({
  kind: 'enum',
  values: list,
  native: null,
})
const citext: ColumnType = { kind: 'native', text: 'citext' }

const losing: readonly (readonly [ColumnType, ColumnType])[] = [
  [string(120), string(80)],
  [text, string(255)],
  [bigInteger, integer()],
  [integer(), integer(true)],
  [integer(true), integer()],
  [decimal(12, 4), decimal(12, 2)],
  [decimal(12, 2), decimal(12, 4)],
  [decimal(null, null), decimal(30, 10)],
  [decimal(12, 2), integer()],
  [bigInteger, double],
  [integer(), decimal(8, 2)],
  [timestamp(null), timestamp(3)],
  [timestamp(null), { kind: 'date' }],
  [values('a', 'b'), values('a')],
  [text, values('a', 'b')],
  [text, { kind: 'uuid' }],
  [integer(), string(5)],
  [citext, text],
]

const keeping: readonly (readonly [ColumnType, ColumnType])[] = [
  [string(80), string(120)],
  [string(255), text],
  [integer(), bigInteger],
  [integer(true), bigInteger],
  [integer(), { kind: 'increments' }],
  [decimal(8, 2), decimal(12, 4)],
  [integer(), decimal(12, 2)],
  [integer(), double],
  [integer(), string(11)],
  [{ kind: 'boolean' }, integer()],
  [{ kind: 'date' }, timestamp(null)],
  [timestamp(null), { kind: 'datetime', tz: false, precision: 6 }],
  [values('a'), values('a', 'b')],
  [values('a', 'bb'), string(2)],
  [{ kind: 'json' }, { kind: 'jsonb' }],
  [{ kind: 'json' }, text],
  [{ kind: 'uuid' }, string(36)],
  [citext, citext],
]

test.each(losing)('%o does not fit into %o', (from, to) => {
  expect(losesValues(from, to)).toBe(true)
})

test.each(keeping)('%o fits into %o', (from, to) => {
  expect(losesValues(from, to)).toBe(false)
})
