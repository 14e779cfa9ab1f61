import { expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import { objectName, summaryOf } from '../../src/operations/summary.js'
import type { Column } from '../../src/schema/column.js'
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

test('a counter that becomes a number of another kind never was nullable', () => {
  const counter: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' } }
  const number: Column = { ...counter, type: { kind: 'bigInteger', unsigned: false } }
  const words = (from: Column, to: Column): string =>
    summaryOf({ kind: 'alterColumn', table: 'users', from, to })
  for (const nullable of [true, false]) {
    const from = { ...counter, nullable }
    expect(words(from, { ...number, nullable: false })).toBe(
      'Change column users.id: increments to bigint',
    )
    expect(words({ ...number, nullable: false }, from)).toBe(
      'Change column users.id: bigint to increments',
    )
    expect(words(from, { ...number, nullable: true })).toBe(
      'Change column users.id: increments to bigint, not null to null',
    )
  }
})
