/** What stock Knex writes for a table's keys, indexes and checks and what we write are one to us. */
import { test } from 'vitest'
import type { ColumnType } from '../../../src/schema/column.js'
import type { Table } from '../../../src/schema/table.js'
import type { Build } from '../../support/knex-spelling.js'
import { column, expectSame } from '../../support/knex-spelling.js'
import { EMPTY_TABLE } from '../../support/schema-arbitraries.js'

const integer: ColumnType = { kind: 'integer', unsigned: false }

const TABLES: Readonly<Record<string, readonly [Build, Partial<Table>]>> = {
  'keys, uniques and indexes': [
    (t, k) => {
      t.string('a', 10).notNullable().unique()
      t.integer('b').unsigned().references('teams.id').onDelete('SET NULL').index()
      t.integer('d').references('id').inTable('teams').withKeyName('to_team').onUpdate('CASCADE')
      t.primary(['a', 'b'])
      t.unique(['a', 'd'], { indexName: 'both' })
      t.index([k.raw('lower(??)', ['a']), k.raw('?? desc', ['b'])], 'by_lower', {
        predicate: k.whereNotNull('d'),
      })
      t.unique(['b'], { indexName: 'some', useConstraint: false, predicate: k.whereRaw('b > 1') })
    },
    {
      columns: [
        column('a', { kind: 'string', length: 10 }, { nullable: false }),
        column('b', { kind: 'integer', unsigned: true }),
        column('d', integer),
      ],
      primaryKey: { name: null, columns: ['a', 'b'] },
      uniques: [
        { name: 't_a_unique', columns: ['a'], deferrable: null, nullsNotDistinct: false },
        { name: 'both', columns: ['a', 'd'], deferrable: null, nullsNotDistinct: false },
      ],
      foreignKeys: [
        {
          name: 't_b_foreign',
          columns: ['b'],
          refTable: 'teams',
          refColumns: ['id'],
          onDelete: 'set null',
          onUpdate: null,
          deferrable: null,
        },
        {
          name: 'to_team',
          columns: ['d'],
          refTable: 'teams',
          refColumns: ['id'],
          onDelete: null,
          onUpdate: 'cascade',
          deferrable: null,
        },
      ],
      indexes: [
        {
          name: 'by_lower',
          unique: false,
          parts: [part({ sql: 'lower("a")' }, 'asc'), part({ column: 'b' }, 'desc')],
          where: '"d" is not null',
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
        {
          name: 't_b_index',
          unique: false,
          parts: [part({ column: 'b' }, 'asc')],
          where: null,
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
        {
          name: 'some',
          unique: true,
          parts: [part({ column: 'b' }, 'asc')],
          where: 'b > 1',
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
      ],
    },
  ],
  checks: [
    (t) => {
      t.integer('a').checkPositive()
      t.string('b', 5).checkIn(['x', "it's"], 'b_in')
      t.integer('d').checkBetween([1, 5])
      t.check('?? < ??', ['a', 'd'])
      t.check('a > 0', undefined, 'positive')
    },
    {
      columns: [
        column('a', integer),
        column('b', { kind: 'string', length: 5 }),
        column('d', integer),
      ],
      checks: [
        { name: 't_a_check', sql: '"a" > 0' },
        { name: 'b_in', sql: `"b" in ('x', 'it''s')` },
        { name: 't_d_check', sql: '"d" between 1 and 5' },
        { name: 't_check', sql: '"a" < "d"' },
        { name: 'positive', sql: 'a > 0' },
      ],
    },
  ],
  'a generated column': [
    (t) => {
      t.integer('a')
      t.specificType('g', 'integer generated always as (a * 2) stored')
    },
    {
      columns: [
        column('a', integer),
        column('g', integer, { generated: { sql: '("a" * 2)', stored: true } }),
      ],
    },
  ],
}

function part(on: { readonly column: string } | { readonly sql: string }, order: 'asc' | 'desc') {
  return { on, order, nulls: null, collation: null, opclass: null, prefix: null } as const
}

test.each(Object.entries(TABLES))('%s', async (_name, [build, meant]) => {
  await expectSame(build, { ...EMPTY_TABLE, ...meant })
})
