import { expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { indexOfUnique } from '../../src/vocabulary/reading/extras.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../support/schema-arbitraries.js'

const id: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false }
const name: Column = { ...PLAIN_COLUMN, name: 'name', type: { kind: 'string', length: 255 } }
const email: Column = {
  ...name,
  name: 'email',
  type: { kind: 'string', length: 120 },
  nullable: false,
}
const team: Column = { ...PLAIN_COLUMN, name: 'team_id' }
const created: Column = {
  ...PLAIN_COLUMN,
  name: 'created_at',
  type: { kind: 'timestamp', tz: true, precision: null },
  nullable: false,
  default: { kind: 'now', precision: null },
}

const plain = { deferrable: null, nullsNotDistinct: false }

const byTeam = {
  ...indexOfUnique({ ...plain, name: 'users_team_id_index', columns: ['team_id'] }),
  unique: false,
}

const teamKey = {
  name: 'users_team_id_foreign',
  columns: ['team_id'],
  refTable: 'teams',
  refColumns: ['id'],
  onDelete: 'set null' as const,
  onUpdate: null,
  deferrable: null,
}

const users: Table = {
  ...EMPTY_TABLE,
  name: 'users',
  columns: [
    id,
    name,
    email,
    team,
    { ...PLAIN_COLUMN, name: 'level', default: { kind: 'literal', value: 1 } },
    created,
  ],
  primaryKey: { name: null, columns: ['id'] },
  uniques: [
    { ...plain, name: 'users_email_unique', columns: ['email'] },
    { ...plain, name: 'users_name_team_id_unique', columns: ['name', 'team_id'] },
  ],
  indexes: [
    byTeam,
    {
      ...byTeam,
      name: 'users_email_lower',
      parts: [
        {
          ...indexOfUnique({ ...plain, name: '', columns: [''] }).parts[0],
          on: { sql: 'lower("email")' },
        },
      ] as Table['indexes'][number]['parts'],
      where: '"level" > 0',
    },
  ],
  foreignKeys: [teamKey],
  checks: [
    { name: 'users_level_check', sql: '"level" > 0' },
    { name: 'users_check', sql: '"level" < "team_id"' },
  ],
  comment: `it's people`,
}

function written(...operations: readonly Operation[]): string {
  return writeOperations(operations).lines.join('\n')
}

test('a new table reads as a person would have written it', () => {
  expect(written({ kind: 'createTable', table: users })).toBe(
    `
await knex.schema.createTable('users', (table) => {
  table.increments('id')
  table.string('name')
  table.string('email', 120).notNullable().unique()
  table.integer('team_id').references('teams.id').onDelete('SET NULL').index()
  table.integer('level').defaultTo(1).checkPositive()
  table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
  table.unique(['name', 'team_id'])
  table.index([knex.raw('lower(??)', ['email'])], 'users_email_lower', {
    predicate: knex.whereRaw('?? > 0', ['level']),
  })
  table.check('?? < ??', ['level', 'team_id'])
  table.comment("it's people")
})`.trim(),
  )
})

test('a default of a boolean that is neither true nor false keeps its value', () => {
  const type = { kind: 'boolean' } as const
  const columns: readonly Column[] = [
    { ...PLAIN_COLUMN, name: 'a', type, default: { kind: 'literal', value: 'text' } },
    { ...PLAIN_COLUMN, name: 'b', type, default: { kind: 'literal', value: 2 } },
    { ...PLAIN_COLUMN, name: 'c', type, default: { kind: 'literal', value: false } },
  ]
  expect(written({ kind: 'createTable', table: { ...EMPTY_TABLE, name: 't', columns } })).toBe(
    `
await knex.schema.createTable('t', (table) => {
  table.boolean('a').defaultTo(knex.raw('?', ['text']))
  table.boolean('b').defaultTo(knex.raw('?', [2]))
  table.boolean('c').defaultTo(false)
})`.trim(),
  )
})

test('operations on one table share a call as long as Knex keeps their order', () => {
  const table = 'users'
  const level: Column = { ...PLAIN_COLUMN, name: 'level' }
  expect(
    written(
      { kind: 'addColumn', table, column: team },
      { kind: 'addColumn', table, column: level },
      { kind: 'alterColumn', table, from: email, to: { ...email, comment: 'where' } },
      { kind: 'addForeignKey', table, foreignKey: teamKey },
      { kind: 'addIndex', table, index: byTeam },
      { kind: 'dropColumn', table, column: name },
      { kind: 'renameColumn', table, from: 'email', to: 'mail' },
      { kind: 'addColumn', table, column: name },
      { kind: 'alterPrimaryKey', table, from: { name: null, columns: ['id'] }, to: null },
      { kind: 'dropTable', table: { ...users, name: 'teams' } },
      { kind: 'renameTable', from: 'app.users', to: 'app.people' },
    ),
  ).toBe(
    `
await knex.schema.alterTable('users', (table) => {
  table.integer('team_id').references('teams.id').onDelete('SET NULL').index()
  table.integer('level')
  table.string('email', 120).notNullable().comment('where').alter()
  table.dropColumn('name')
})

await knex.schema.alterTable('users', (table) => {
  table.renameColumn('email', 'mail')
})

await knex.schema.alterTable('users', (table) => {
  table.string('name')
  table.dropPrimary()
})

await knex.schema.dropTable('teams')
await knex.schema.withSchema('app').renameTable('users', 'people')`.trim(),
  )
})

test('what Knex has no word for is imported', () => {
  const table = 'users'
  const index = { ...byTeam, include: ['email'], nullsNotDistinct: true }
  const enums = { kind: 'createEnum', enum: { name: 'mood', values: ['ok', `it's`] } } as const
  const script = writeOperations([
    { kind: 'addIndex', table, index },
    {
      kind: 'addColumn',
      table,
      column: { ...created, generated: { sql: '"a"', stored: true }, default: null },
    },
    enums,
    {
      kind: 'alterEnum',
      name: 'mood',
      from: ['ok', `it's`],
      to: ['fine'],
      renamed: { ok: 'fine' },
    },
    { kind: 'dropEnum', enum: { name: 'mood', values: ['fine'] } },
  ])
  expect(script.imports).toEqual(['alterEnum', 'createEnum', 'dropEnum', 'tableExtras'])
  expect(script.lines.join('\n')).toBe(
    `
await knex.schema.alterTable('users', (table) => {
  table.index(['team_id'])
  tableExtras(table, {
    indexes: { users_team_id_index: { include: ['email'], nullsNotDistinct: true } },
  })
})

await knex.schema.alterTable('users', (table) => {
  table.timestamp('created_at').notNullable()
  tableExtras(table, { columns: { created_at: { generated: { sql: '"a"', stored: true } } } })
})

await createEnum(knex, 'mood', ['ok', "it's"])
await alterEnum(knex, 'mood', { from: ['ok', "it's"], to: ['fine'], renamed: { ok: 'fine' } })
await dropEnum(knex, 'mood', ['fine'])`.trim(),
  )
})

test('an enum that is created for a table is said on its column', () => {
  const mood: Column = {
    ...PLAIN_COLUMN,
    name: 'mood',
    type: { kind: 'enum', values: ['ok'], native: 'app.mood' },
  }
  const script = writeOperations([
    { kind: 'createEnum', enum: { name: 'app.mood', values: ['ok'] } },
    { kind: 'createTable', table: { ...EMPTY_TABLE, columns: [mood, { ...mood, name: 'other' }] } },
  ])
  expect(script.imports).toEqual([])
  expect(script.lines.join('\n')).toBe(
    `
await knex.schema.createTable('t', (table) => {
  table.enu('mood', ['ok'], { useNative: true, enumName: 'mood', schemaName: 'app' })
  table.enu('other', ['ok'], {
    useNative: true,
    enumName: 'mood',
    schemaName: 'app',
    existingType: true,
  })
})`.trim(),
  )
})

test('nothing to do is no line', () => {
  expect(writeOperations([])).toEqual({ lines: [], imports: [] })
})
