import { expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import { ENGINE_LACKS } from '../../src/workflows/writing/engine-lacks.js'
import { counterpartNotes, counterpartRemarks } from '../../src/scripts/writing/counterparts.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { column, email, id, index, table, unique } from '../support/schema-builders.js'

const PLAIN = table('users', [id, email], { primaryKey: { name: null, columns: ['id'] } })

const users: Operation = {
  kind: 'createTable',
  table: {
    ...PLAIN,
    columns: [
      ...PLAIN.columns,
      column('nick', { type: { kind: 'native', text: 'citext' } }),
      column('tags', { type: { kind: 'native', text: 'text[]' } }),
      column('alias', { type: { kind: 'native', text: 'citext' } }),
    ],
    indexes: [index('users_named', ['nick'], { where: 'email is not null' })],
    uniques: [{ ...unique('users_email_unique', 'email'), deferrable: 'deferred' }],
  },
}

function written(...operations: readonly Operation[]): readonly string[] {
  return writeOperations(operations, (each) => counterpartRemarks(ENGINE_LACKS, each)).lines
}

test('what one engine alone has is said above the call that makes it', () => {
  expect(written(users).slice(0, 3)).toEqual([
    '// PostgreSQL only: citext (nick, alias), text[] (tags), deferrable unique (users_email_unique).',
    '// No counterpart in MariaDB: partial index (users_named).',
    `await knex.schema.createTable('users', (table) => {`,
  ])
})

test('each call says its own, and a call that takes away or renames says nothing', () => {
  const lines = written(
    { kind: 'renameTable', from: 'people', to: 'users' },
    {
      kind: 'addColumn',
      table: 'users',
      column: column('at', {
        type: { kind: 'datetime', tz: true, precision: null },
        default: { kind: 'sql', text: 'current_timestamp on update current_timestamp' },
      }),
    },
    { kind: 'dropTable', table: users.table },
    {
      kind: 'alterEnum',
      name: 'mood',
      from: ['a'],
      to: ['a', 'b'],
      renamed: {},
    },
  )
  expect(lines.filter((line) => line.startsWith('//'))).toEqual([
    '// MariaDB only: on update current_timestamp (at).',
    '// PostgreSQL only: change of an enum type (mood).',
  ])
})

test('other values of an enum type are said where the engine that writes knows no such types', () => {
  const mood = (native: string | null, ...values: readonly string[]) =>
    column('mood', { type: { kind: 'enum', values, native } })
  const change = (from: Column, to: Column): Operation => ({
    kind: 'alterColumn',
    table: 'users',
    from,
    to,
  })
  const more = change(mood(null, 'a'), mood('mood', 'a', 'b'))
  expect(written(more)[0]).toBe(
    '// No counterpart in PostgreSQL: other values of an enum type (mood).',
  )
  expect(counterpartNotes(ENGINE_LACKS, [more])).toMatchObject([
    {
      where: 'users.mood',
      message: expect.stringContaining('keeps the values that its type has') as string,
    },
  ])
  for (const same of [
    change(mood(null, 'a'), mood(null, 'a', 'b')),
    change(mood('mood', 'a'), { ...mood('mood', 'a'), nullable: false }),
    change(column('mood'), mood('mood', 'a', 'b')),
  ]) {
    expect(written(same)[0]).toMatch(/^await /)
  }
})

test('words that every engine has a counterpart of say nothing', () => {
  const plain: Operation = {
    kind: 'createTable',
    table: {
      ...PLAIN,
      comment: 'people',
      columns: [
        ...PLAIN.columns,
        column('size', { type: { kind: 'integer', unsigned: true } }),
        column('data', { type: { kind: 'jsonb' }, comment: 'as it came' }),
        column('mood', { type: { kind: 'enum', values: ['a'], native: 'mood' } }),
      ],
    },
  }
  expect(written(plain)[0]).toMatch(/^await /)
  expect(counterpartNotes(ENGINE_LACKS, [plain])).toEqual([])
})

test('a comment fits on its line, and no name ends it', () => {
  const [line = ''] = written({
    kind: 'addColumn',
    table: 'users',
    column: column(`a\nb\u2028c\u202e${'x'.repeat(200)}`, {
      type: { kind: 'native', text: 'citext' },
    }),
  })
  expect(line).toMatch(/^\/\/ PostgreSQL only: citext \(a b c xxx.*…$/)
  expect(line).toHaveLength(98)
})

test('a note says where it is, and what the others do', () => {
  const notes = counterpartNotes(ENGINE_LACKS, [users])
  expect(notes).toEqual([
    {
      code: 'NO_COUNTERPART',
      where: 'users.nick, users.alias',
      message:
        'Not every database has a counterpart of citext: SQLite only keeps the name and takes any value; MariaDB refuses it.',
    },
    {
      code: 'NO_COUNTERPART',
      where: 'users.tags',
      message:
        'Not every database has a counterpart of text[]: SQLite only keeps the name and takes any value; MariaDB refuses it.',
    },
    {
      code: 'NO_COUNTERPART',
      where: 'users.users_email_unique',
      message:
        'Not every database has a counterpart of deferrable unique: SQLite checks each row at once; MariaDB checks each row at once.',
    },
    {
      code: 'NO_COUNTERPART',
      where: 'users.users_named',
      message: 'Not every database has a counterpart of partial index: MariaDB indexes all rows.',
    },
  ])
})
