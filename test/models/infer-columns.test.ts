import { describe, expect, test } from 'vitest'
import { columnOf, tableOf } from '../support/inferred-table.js'

describe('types', () => {
  const cases: readonly (readonly [object, object])[] = [
    [{ type: 'string' }, { kind: 'string', length: 255 }],
    [
      { type: 'string', maxLength: 80 },
      { kind: 'string', length: 80 },
    ],
    [
      { type: 'string', maxLength: 100_000 },
      { kind: 'text', size: 'longtext' },
    ],
    [
      { type: 'string', format: 'date-time' },
      { kind: 'timestamp', tz: true, precision: null },
    ],
    [{ type: 'string', format: 'date' }, { kind: 'date' }],
    [
      { type: 'string', format: 'time' },
      { kind: 'time', precision: null },
    ],
    [{ type: 'string', format: 'uuid' }, { kind: 'uuid' }],
    [
      { type: 'string', format: 'email', maxLength: 120 },
      { kind: 'string', length: 120 },
    ],
    [
      { type: 'string', enum: ['a', 'b'] },
      { kind: 'enum', values: ['a', 'b'], native: null },
    ],
    [{ enum: ['a', 'b', null] }, { kind: 'enum', values: ['a', 'b'], native: null }],
    [
      { oneOf: [{ const: 'a' }, { const: 'b' }] },
      { kind: 'enum', values: ['a', 'b'], native: null },
    ],
    [{ type: 'integer' }, { kind: 'integer', unsigned: false }],
    [{ enum: [1, 2] }, { kind: 'integer', unsigned: false }],
    [{ type: 'number' }, { kind: 'double', precision: null, scale: null, unsigned: false }],
    [{ type: 'boolean' }, { kind: 'boolean' }],
    [{ type: 'object' }, { kind: 'json' }],
    [{ type: 'array', items: { type: 'string' } }, { kind: 'json' }],
    [{ type: ['string', 'object'], format: 'date-time' }, { kind: 'timestamp' }],
    [
      { type: ['string', 'null'], maxLength: 10 },
      { kind: 'string', length: 10 },
    ],
    [{ anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] }, { kind: 'uuid' }],
    [{ type: 'string', anyOf: [{ format: 'date' }, { maxLength: 0 }] }, { kind: 'date' }],
    [{ allOf: [{ type: 'string' }, { maxLength: 10 }] }, { kind: 'string', length: 10 }],
    [{ allOf: [{ type: 'object' }], description: 'anything' }, { kind: 'json' }],
    [{ $ref: '#/definitions/level' }, { kind: 'string', length: 255 }],
    [{ description: 'anything' }, { kind: 'string', length: 255 }],
  ]
  test.each(cases)('%j is %j', (schema, type) => {
    expect(columnOf(schema)?.type).toMatchObject(type)
  })

  test('a local reference is followed', () => {
    const { table } = tableOf({
      definitions: { level: { type: 'integer' } },
      properties: { level: { $ref: '#/definitions/level' } },
    })
    expect(table.columns[1]?.type.kind).toBe('integer')
  })

  test('a local reference is followed in allOf, as OpenAPI writes it', () => {
    const { table } = tableOf({
      definitions: { level: { type: 'integer' } },
      properties: { level: { allOf: [{ $ref: '#/definitions/level' }], nullable: true } },
      required: ['level'],
    })
    expect(table.columns[1]).toMatchObject({ type: { kind: 'integer' }, nullable: true })
  })
})

describe('nullability', () => {
  test.each([
    ['not required', { type: 'string' }, [], true],
    ['required', { type: 'string' }, ['it'], false],
    ['required with a null type', { type: ['string', 'null'] }, ['it'], true],
    [
      'required with null as an alternative',
      { anyOf: [{ type: 'null' }, { type: 'string' }] },
      ['it'],
      true,
    ],
    ['required and nullable', { type: 'string', nullable: true }, ['it'], true],
    ['required with null among the values', { enum: ['a', null] }, ['it'], true],
  ])('%s', (_, schema, required, nullable) => {
    expect(columnOf(schema, 'it', required)?.nullable).toBe(nullable)
  })
})

describe('the primary key', () => {
  test.each([
    ['no id property', {}, { kind: 'increments' }],
    ['an integer', { id: { type: 'integer' } }, { kind: 'increments' }],
    ['a number', { id: { type: 'number' } }, { kind: 'increments' }],
    ['a uuid', { id: { type: 'string', format: 'uuid' } }, { kind: 'uuid' }],
    ['a string', { id: { type: 'string', maxLength: 26 } }, { kind: 'string', length: 26 }],
  ])('%s', (_, properties, type) => {
    const { table } = tableOf({ properties })
    expect(table.primaryKey).toEqual({ name: null, columns: ['id'] })
    expect(table.columns[0]).toMatchObject({ name: 'id', type, nullable: false })
  })

  test('composite keys do not count up', () => {
    const { table } = tableOf(
      { properties: { locale: { type: 'string', maxLength: 5 } } },
      { idColumn: ['product_id', 'locale'] },
    )
    expect(table.primaryKey).toEqual({ name: null, columns: ['product_id', 'locale'] })
    expect(table.columns).toMatchObject([
      { name: 'product_id', type: { kind: 'integer' }, nullable: false },
      { name: 'locale', type: { kind: 'string', length: 5 }, nullable: false },
    ])
  })

  test('idColumn null is a table without one', () => {
    const { table } = tableOf({ properties: { at: { type: 'string' } } }, { idColumn: null })
    expect(table.primaryKey).toBeNull()
    expect(table.columns.map(({ name }) => name)).toEqual(['at'])
  })

  test('a default idColumn that nothing names is only for creating the table', () => {
    expect(tableOf({ properties: { name: { type: 'string' } } }).createOnly).toEqual(['id'])
    expect(tableOf({ properties: { id: { type: 'integer' } } }).createOnly).toEqual([])
  })
})
