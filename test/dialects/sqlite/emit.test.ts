/** Statements for several tables, and names that are hard to quote. */
import { expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { column, id, table, unique } from '../../support/schema-builders.js'
import {
  columnIn,
  databaseWith,
  expectApplied,
  inMemory,
  open,
  schemaTexts,
} from '../../support/sqlite.js'
import { HOSTILE_NAMES } from '../../support/sqlite-arbitraries.js'
import { migrateErrorOf } from '../../support/thrown.js'

test('operations on several tables come in order; a table made in the call can be altered in it', async () => {
  const connection = await databaseWith(['create table a (x int)', 'create table b (x int)'])
  const from = await columnIn(connection, 'a', 'x')
  const to = { ...from, nullable: false, default: { kind: 'literal', value: 1 } as const }
  const made = table('c', [column('id'), column('y')])
  await expectApplied(connection, [
    { kind: 'createTable', table: made },
    { kind: 'addColumn', table: 'c', column: column('z') },
    { kind: 'alterColumn', table: 'a', from, to },
    { kind: 'addCheck', table: 'c', check: { name: 'k', sql: 'y < z' } },
    { kind: 'addColumn', table: 'b', column: column('z') },
    { kind: 'addCheck', table: 'b', check: { name: 'k', sql: 'x < z' } },
    { kind: 'createEnum', enum: { name: 'mood', values: ['a'] } },
    { kind: 'dropEnum', enum: { name: 'mood', values: ['a'] } },
  ])
})

test('emitting writes nothing', async () => {
  const connection = await databaseWith([
    'create table a (x int)',
    'create view v as select x from a',
  ])
  const before = await schemaTexts(connection)
  const from = await columnIn(connection, 'a', 'x')
  await sqlite.emit(connection, [
    { kind: 'addColumn', table: 'a', column: column('y') },
    { kind: 'alterColumn', table: 'a', from, to: { ...from, type: { kind: 'boolean' } } },
  ])
  await migrateErrorOf(() =>
    sqlite.emit(connection, [{ kind: 'dropColumn', table: 'a', column: from }]),
  )
  expect(await schemaTexts(connection)).toEqual(before)
  expect(await connection.query('select total_changes() as n')).toEqual([{ n: 0 }])
})

test('a table rebuilt while its temporary name is taken gets another one', async () => {
  const connection = await databaseWith([
    'create table a (x int)',
    'create table migrate_tui_new_a (x)',
    'create view MIGRATE_TUI_NEW_A_1 as select 1',
  ])
  const from = await columnIn(connection, 'a', 'x')
  const statements = await expectApplied(connection, [
    { kind: 'alterColumn', table: 'a', from, to: { ...from, type: { kind: 'boolean' } } },
  ])
  expect(statements[0]).toContain('`migrate_tui_new_a_2`')
})

test.each(HOSTILE_NAMES.filter((name) => !name.includes('.')))(
  'every operation takes the name %s',
  (name) =>
    inMemory(async (connection) => {
      const quoted = `"${name.replaceAll('"', '""')}"`
      const named = table(
        name,
        [id, column(name, { type: { kind: 'text', size: 'text' } }), column('other')],
        { primaryKey: { name: null, columns: ['id'] }, uniques: [unique(`u ${name}`, name)] },
      )
      await expectApplied(connection, [{ kind: 'createTable', table: named }])
      const part = {
        on: { column: name },
        order: 'desc',
        nulls: null,
        collation: 'NOCASE',
        opclass: null,
        prefix: null,
      } as const
      const own = { table: name } as const
      const from = column(name, { type: { kind: 'text', size: 'text' } })
      const to = { ...from, default: { kind: 'literal', value: name } as const, nullable: false }
      const key = {
        name: `f ${name}`,
        columns: ['other'],
        refTable: name,
        refColumns: ['id'],
        onDelete: 'cascade',
        onUpdate: null,
        deferrable: null,
      } as const
      const check = { name, sql: `${quoted} <> 'x'` }
      const index = {
        name: `i ${name}`,
        unique: false,
        parts: [part],
        where: `${quoted} is not null`,
        method: null,
        include: [],
        nullsNotDistinct: false,
      }
      const steps: readonly Operation[] = [
        { kind: 'addIndex', ...own, index },
        { kind: 'addForeignKey', ...own, foreignKey: key },
        { kind: 'addCheck', ...own, check },
        { kind: 'alterColumn', ...own, from, to },
        {
          kind: 'addColumn',
          ...own,
          column: column(`new ${name}`, {
            type: { kind: 'enum', values: [name, "it's"], native: null },
          }),
        },
        { kind: 'renameColumn', ...own, from: name, to: 'plain' },
        { kind: 'renameColumn', ...own, from: 'plain', to: name },
        { kind: 'dropForeignKey', ...own, foreignKey: key },
        { kind: 'dropCheck', ...own, check },
        { kind: 'dropIndex', ...own, index },
        {
          kind: 'dropUnique',
          ...own,
          unique: { name: `u ${name}`, columns: [name], deferrable: null, nullsNotDistinct: false },
        },
        { kind: 'dropColumn', ...own, column: to },
        { kind: 'renameTable', from: name, to: 'plain' },
        { kind: 'renameTable', from: 'plain', to: name },
      ]
      for (const step of steps) await expectApplied(connection, [step])
      expect((await sqlite.introspectTable(connection, name))?.columns).toHaveLength(3)
    }),
)

test('the cost of an operation is data', async () => {
  const connection = await open()
  await connection.execute('create table t (a int)')
  const from = await columnIn(connection, 't', 'a')
  expect(sqlite.operationFacts({ kind: 'addColumn', table: 't', column: from })).toEqual({
    rewrites: false,
    blocks: 'writes',
  })
  expect(sqlite.operationFacts({ kind: 'dropColumn', table: 't', column: from }).rewrites).toBe(
    true,
  )
  expect(
    sqlite.operationFacts({ kind: 'alterComment', table: 't', from: null, to: 'x' }).blocks,
  ).toBe('nothing')
})
