import knex from 'knex'
import type { Knex } from 'knex'
import { afterAll, describe, expect, test } from 'vitest'
import { alterEnum, createEnum, dropEnum, tableExtras } from '../../src/vocabulary/functions.js'
import { makePostgresDatabase } from '../support/postgres.js'
import { scriptReader } from '../support/read-script.js'

const NOTHING = { tables: [], enums: [] }

describe('recorded by a client of ours', () => {
  const reader = scriptReader('pg')

  test('extras are merged into the columns and indexes that the call names', async () => {
    const operations = await reader.read(
      [
        `await knex.schema.createTable('users', (table) => {`,
        `  table.integer('a')`,
        `  table.float('b')`,
        `  table.jsonb('data').index('by_data')`,
        `  table.unique(['a'], { indexName: 'once' })`,
        `  tableExtras(table, {`,
        `    columns: { b: { generated: { sql: 'a * 2', stored: true } } },`,
        `    indexes: {`,
        `      by_data: { method: 'gin', opclass: { data: 'jsonb_path_ops' }, include: ['a'] },`,
        `      once: { nullsNotDistinct: true },`,
        `    },`,
        `    options: { row_format: 'compressed' },`,
        `  })`,
        `})`,
      ],
      NOTHING,
    )
    expect(operations).toMatchObject([
      {
        table: {
          columns: [{}, { type: { kind: 'float' }, generated: { sql: 'a * 2', stored: true } }, {}],
          indexes: [
            {
              name: 'by_data',
              method: 'gin',
              include: ['a'],
              parts: [{ on: { column: 'data' }, opclass: 'jsonb_path_ops' }],
            },
          ],
          uniques: [{ name: 'once', nullsNotDistinct: true }],
          options: { row_format: 'compressed' },
        },
      },
    ])
  })

  test.each([
    [`{ indexes: { nope: {} } }`, 'There is no index nope'],
    [`{ columns: { nope: {} } }`, 'There is no column nope'],
    [`{ index: {} }`, 'tableExtras.index'],
    [`{ columns: { a: { generated: 'x' } } }`, 'columns.a.generated'],
    [`{ columns: { a: { identity: 'never' } } }`, 'columns.a.identity'],
  ])('extras %s are refused', async (extras, message) => {
    const attempt = reader.read(
      [
        `await knex.schema.createTable('users', (table) => {`,
        `  table.integer('a')`,
        `  tableExtras(table, ${extras})`,
        `})`,
      ],
      NOTHING,
    )
    await expect(attempt).rejects.toMatchObject({
      code: 'TABLE_EXTRAS',
      message: expect.stringContaining(message) as string,
    })
  })

  test('enum functions are operations, in transactions too', async () => {
    expect(
      await reader.read(
        [
          `await knex.transaction(async (trx) => {`,
          `  await createEnum(trx, 'mood', ['ok'])`,
          `  await alterEnum(trx, 'mood', { from: ['ok'], to: ['ok', 'sad'] })`,
          `})`,
          `await dropEnum(knex, 'mood', ['ok', 'sad'])`,
        ],
        NOTHING,
      ),
    ).toEqual([
      { kind: 'createEnum', enum: { name: 'mood', values: ['ok'] } },
      { kind: 'alterEnum', name: 'mood', from: ['ok'], to: ['ok', 'sad'], renamed: {} },
      { kind: 'dropEnum', enum: { name: 'mood', values: ['ok', 'sad'] } },
    ])
  })
})

/** A table with everything that extras can say of a new one. */
async function createWithExtras(script: Knex): Promise<void> {
  await script.schema.createTable('users', (table) => {
    table.integer('a')
    table.integer('b')
    table.float('doubled')
    table.index(['a'], 'by_a', { predicate: script.whereRaw('b > 0') })
    table.unique(['a', 'b'])
    tableExtras(table, {
      columns: { doubled: { generated: { sql: '"a" * 2', stored: true } } },
      indexes: { by_a: { include: ['b'] }, users_a_b_unique: { nullsNotDistinct: true } },
      options: { row_format: 'compact' },
    })
  })
}

describe('run by stock Knex on SQLite', () => {
  const script = knex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true })
  afterAll(() => script.destroy())

  test('columns are generated, and what the engine does not have is left out', async () => {
    await createWithExtras(script)
    await script('users').insert({ a: 4 })
    expect(await script('users').select('doubled')).toEqual([{ doubled: 8 }])
    await createEnum(script, 'mood', ['ok'])
    await alterEnum(script, 'mood', { from: ['ok'], to: [] })
    await dropEnum(script, 'mood', [])
  })

  test('taking a generation away is refused', async () => {
    const attempt = script.schema.alterTable('users', (table) => {
      table.float('doubled').alter()
      tableExtras(table, { columns: { doubled: { generated: null } } })
    })
    await expect(attempt).rejects.toMatchObject({ code: 'STOCK_KNEX' })
  })
})

describe('run by stock Knex on PostgreSQL', async () => {
  const database = await makePostgresDatabase('postgres-18')
  const script = database.knex()
  afterAll(() => database.drop())

  test('extras are carried out by plain SQL', async () => {
    await createWithExtras(script)
    const { rows } = await database.exec(
      `select pg_get_indexdef(indexrelid) as sql from pg_index where indrelid = 'users'::regclass`,
    )
    expect(rows.map((row: { readonly sql: string }) => row.sql).toSorted()).toEqual([
      'CREATE INDEX by_a ON public.users USING btree (a) INCLUDE (b) WHERE (b > 0)',
      'CREATE UNIQUE INDEX users_a_b_unique ON public.users USING btree (a, b) NULLS NOT DISTINCT',
    ])
    await script('users').insert({ a: 4 })
    expect(await script('users').select('doubled')).toEqual([{ doubled: 8 }])
  })

  test('enum types are created, changed and dropped', async () => {
    const values = async (): Promise<unknown> =>
      (await database.exec(`select enum_range(null::"the mood")::text[] as values`)).rows
    await createEnum(script, 'the mood', ['ok', 'sad?'])
    await alterEnum(script, 'the mood', {
      from: ['ok', 'sad?'],
      to: ['great', 'fine', 'sad?', `it's`],
      renamed: { ok: 'fine' },
    })
    expect(await values()).toEqual([{ values: ['great', 'fine', 'sad?', `it's`] }])
    const removal = alterEnum(script, 'the mood', { from: ['great', 'fine'], to: ['fine'] })
    await expect(removal).rejects.toMatchObject({ code: 'STOCK_KNEX' })
    await dropEnum(script, 'the mood', [])
    await expect(values()).rejects.toThrow('does not exist')
  })
})
