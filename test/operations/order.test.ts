import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import { isSameSchema } from '../../src/operations/equal.js'
import { orderOperations } from '../../src/operations/order.js'
import { reverseOperations } from '../../src/operations/reverse.js'
import { summaryOf } from '../../src/operations/summary.js'
import { EMPTY_SCHEMA, type Schema } from '../../src/schema/schema.js'
import type { Column } from '../../src/schema/column.js'
import type { ForeignKey, Table } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN, schemas } from '../support/schema-arbitraries.js'
import { strictApply } from '../support/strict-apply.js'

function keyTo(refTable: string): ForeignKey {
  return {
    name: `to_${refTable}`,
    columns: ['a'],
    refTable,
    refColumns: ['a'],
    onDelete: null,
    onUpdate: null,
    deferrable: null,
  }
}

function tableWith(name: string, parents: readonly string[]): Table {
  return {
    ...EMPTY_TABLE,
    name,
    columns: [PLAIN_COLUMN],
    primaryKey: { name: null, columns: ['a'] },
    foreignKeys: parents.map(keyTo),
  }
}

function creating(tables: readonly Table[]): readonly Operation[] {
  return tables.map((table) => ({ kind: 'createTable', table }))
}

function summaries(operations: readonly Operation[]): readonly string[] {
  return orderOperations(operations).map(summaryOf)
}

function creatingAll(schema: Schema): readonly Operation[] {
  return [
    ...creating(schema.tables),
    ...schema.enums.map((each): Operation => ({ kind: 'createEnum', enum: each })),
  ]
}

describe('tables', () => {
  test('are created after the tables they reference', () => {
    const tables = [tableWith('c', ['b']), tableWith('b', ['a']), tableWith('a', [])]
    expect(summaries(creating(tables))).toEqual([
      'Create table a with 1 column',
      'Create table b with 1 column',
      'Create table c with 1 column',
    ])
  })

  test('keep the reference to themselves inside', () => {
    const operations = creating([tableWith('a', ['a'])])
    expect(orderOperations(operations)).toEqual(operations)
  })

  test('that reference each other get the closing key afterwards', () => {
    const tables = [tableWith('a', ['b']), tableWith('b', ['a'])]
    expect(summaries(creating(tables))).toEqual([
      'Create table b with 1 column',
      'Create table a with 1 column',
      'Add foreign key b (a) to a (a)',
    ])
  })

  test('that reference each other lose the closing key before they are dropped', () => {
    const tables = [tableWith('a', ['b']), tableWith('b', ['a'])]
    const drops = tables.map((table): Operation => ({ kind: 'dropTable', table }))
    expect(summaries(drops)).toEqual([
      'Drop foreign key b (a) to a (a)',
      'Drop table a',
      'Drop table b',
    ])
  })

  test('free the name of an index before another table takes it', () => {
    const unique = { name: 'taken', columns: ['a'], deferrable: null, nullsNotDistinct: false }
    const table = { ...EMPTY_TABLE, columns: [PLAIN_COLUMN], uniques: [unique] }
    expect(
      summaries([
        { kind: 'createTable', table: { ...table, name: 'after' } },
        { kind: 'dropTable', table: { ...table, name: 'before' } },
      ]),
    ).toEqual(['Drop table before', 'Create table after with 1 column'])
  })
})

describe('random schemas', () => {
  test('can be created and dropped by the strictest engine, whatever the order given', () => {
    const shuffled = schemas.chain((schema) =>
      fc.record({
        schema: fc.constant(schema),
        operations: fc.shuffledSubarray([...creatingAll(schema)], {
          minLength: schema.tables.length + schema.enums.length,
        }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ schema, operations }) => {
        const ordered = orderOperations(operations)
        expect(isSameSchema(strictApply(EMPTY_SCHEMA, ordered), schema)).toBe(true)
        const drops = orderOperations(reverseOperations(operations))
        expect(strictApply(schema, drops)).toEqual(EMPTY_SCHEMA)
        expect(strictApply(schema, reverseOperations(ordered))).toEqual(EMPTY_SCHEMA)
      }),
      { numRuns: 300 },
    )
  })

  test('stay as they are when ordered again', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const once = orderOperations(creatingAll(schema))
        expect(orderOperations(once)).toEqual(once)
      }),
    )
  })
})

describe('a table’s alterations', () => {
  const own = { table: 't' }
  const computed: Column = { ...PLAIN_COLUMN, name: 'g', generated: { sql: 'b + 1', stored: true } }
  const id: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false }

  test('drop what names a column before the column', () => {
    const check = { name: 'ck', sql: 'a > 0' }
    expect(
      summaries([
        { kind: 'dropColumn', ...own, column: PLAIN_COLUMN },
        { kind: 'dropCheck', ...own, check },
        { kind: 'dropForeignKey', ...own, foreignKey: keyTo('u') },
      ]),
    ).toEqual([
      'Drop foreign key t (a) to u (a)',
      'Drop check ck on t: a > 0',
      'Drop column t.a: integer',
    ])
  })

  test('drop a computed column before those it is computed from, and add it after them', () => {
    const b = { ...PLAIN_COLUMN, name: 'b' }
    const plain = orderOperations([
      { kind: 'dropColumn', ...own, column: b },
      { kind: 'dropColumn', ...own, column: computed },
    ])
    expect(plain.map((each) => each.kind === 'dropColumn' && each.column.name)).toEqual(['g', 'b'])
    const added = orderOperations([
      { kind: 'addColumn', ...own, column: computed },
      { kind: 'addColumn', ...own, column: b },
    ])
    expect(added.map((each) => each.kind === 'addColumn' && each.column.name)).toEqual(['b', 'g'])
  })

  test('give up a primary key before a counting column takes its place', () => {
    expect(
      summaries([
        { kind: 'addColumn', ...own, column: id },
        {
          kind: 'alterPrimaryKey',
          ...own,
          from: { name: null, columns: ['a'] },
          to: null,
        },
      ]),
    ).toEqual(['Drop primary key of t (a)', 'Add column t.id: increments'])
  })

  test('of the parent come before the table that references what they add', () => {
    const unique = { name: 'uq', columns: ['b'], deferrable: null, nullsNotDistinct: false }
    const child = { ...tableWith('child', []), foreignKeys: [{ ...keyTo('t'), refColumns: ['b'] }] }
    expect(
      summaries([
        { kind: 'createTable', table: child },
        { kind: 'addUnique', ...own, unique },
        { kind: 'addColumn', ...own, column: { ...PLAIN_COLUMN, name: 'b' } },
      ]),
    ).toEqual([
      'Add column t.b: integer',
      'Add unique uq on t (b)',
      'Create table child with 1 column',
    ])
  })

  test('wait for the keys of other tables that reference them', () => {
    expect(
      summaries([
        { kind: 'alterPrimaryKey', ...own, from: { name: null, columns: ['a'] }, to: null },
        { kind: 'dropForeignKey', table: 'z', foreignKey: keyTo('t') },
      ]),
    ).toEqual(['Drop foreign key z (a) to t (a)', 'Drop primary key of t (a)'])
  })

  test('are kept together by table', () => {
    const column = { ...PLAIN_COLUMN, name: 'n' }
    const unique = { name: 'uq', columns: ['n'], deferrable: null, nullsNotDistinct: false }
    const operations: readonly Operation[] = ['t', 'u'].flatMap((table): readonly Operation[] => [
      { kind: 'addColumn', table, column },
      { kind: 'addUnique', table, unique: { ...unique, name: `uq_${table}` } },
    ])
    expect(orderOperations(operations)).toEqual(operations)
  })
})

test('enums come before the columns that use them and go after the last', () => {
  const type = { kind: 'enum', values: ['x'], native: 'mood' } as const
  const column = { ...PLAIN_COLUMN, type }
  const mood = { name: 'mood', values: ['x'] }
  expect(
    summaries([
      { kind: 'addColumn', table: 't', column },
      { kind: 'createEnum', enum: mood },
    ]),
  ).toEqual(["Create enum mood: 'x'", 'Add column t.a: mood'])
  expect(
    summaries([
      { kind: 'dropEnum', enum: mood },
      { kind: 'dropTable', table: { ...EMPTY_TABLE, columns: [column] } },
    ]),
  ).toEqual(['Drop table t', 'Drop enum mood'])
})

test('a chain of 1,000 tables, given from its end, is ordered in a moment', () => {
  const tables = Array.from({ length: 1_000 }, (_, at) =>
    tableWith(`t${at}`, at === 999 ? [] : [`t${at + 1}`]),
  )
  const start = process.cpuUsage()
  const ordered = orderOperations(creating(tables))
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(500)
  expect(ordered[0]).toMatchObject({ table: { name: 't999' } })
})
