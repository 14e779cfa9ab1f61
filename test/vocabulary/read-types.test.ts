import knex from 'knex'
import { describe, expect, test } from 'vitest'
import type { Column, ColumnType, DefaultValue } from '../../src/schema/column.js'
import { modelRecorder } from '../../src/vocabulary/client.js'
import { CLIENTS } from '../support/read-script.js'
import type { Define } from '../support/read-table.js'
import { reading, word } from '../support/read-table.js'

describe.each(CLIENTS)('a column, read from builders of %s', (client) => {
  const read = reading(modelRecorder(knex, { client, useNullAsDefault: true }))

  function columnOf(define: Define): Column | undefined {
    return read(define).columns[0]
  }

  const integer: ColumnType = { kind: 'integer', unsigned: false }
  const types: [string, Define, ColumnType][] = [
    ['increments', (t) => t.increments(), { kind: 'increments' }],
    ['bigIncrements', (t) => t.bigIncrements('a'), { kind: 'bigIncrements' }],
    ['bigincrements', (t) => word(t, 'bigincrements', 'a'), { kind: 'bigIncrements' }],
    ['serial', (t) => word(t, 'serial', 'a'), { kind: 'increments' }],
    ['integer', (t) => t.integer('a', 11), integer],
    ['int', (t) => word(t, 'int', 'a'), integer],
    ['integer unsigned', (t) => t.integer('a').unsigned(), { ...integer, unsigned: true }],
    ['tinyint', (t) => t.tinyint('a', 1), { kind: 'tinyint', unsigned: false }],
    ['smallint', (t) => t.smallint('a'), { kind: 'smallint', unsigned: false }],
    ['mediumint', (t) => t.mediumint('a'), { kind: 'mediumint', unsigned: false }],
    ['bigint', (t) => t.bigint('a'), { kind: 'bigInteger', unsigned: false }],
    ['bigInteger', (t) => t.bigInteger('a'), { kind: 'bigInteger', unsigned: false }],
    ['string', (t) => t.string('a'), { kind: 'string', length: 255 }],
    ['varchar', (t) => word(t, 'varchar', 'a', 80), { kind: 'string', length: 80 }],
    ['char', (t) => word(t, 'char', 'a', 2), { kind: 'native', text: 'char(2)' }],
    ['text', (t) => t.text('a'), { kind: 'text', size: 'text' }],
    ['long text', (t) => t.text('a', 'longtext'), { kind: 'text', size: 'longtext' }],
    ['mediumText', (t) => word(t, 'mediumText', 'a'), { kind: 'text', size: 'mediumtext' }],
    ['tinytext', (t) => word(t, 'tinytext', 'a'), { kind: 'text', size: 'tinytext' }],
    [
      'decimal',
      (t) => t.decimal('a'),
      { kind: 'decimal', precision: 8, scale: 2, unsigned: false },
    ],
    [
      'decimal of any size',
      (t) => t.decimal('a', null),
      { kind: 'decimal', precision: null, scale: null, unsigned: false },
    ],
    [
      'decimal unsigned',
      (t) => t.decimal('a', 12, 4).unsigned(),
      { kind: 'decimal', precision: 12, scale: 4, unsigned: true },
    ],
    [
      'float',
      (t) => t.float('a'),
      { kind: 'float', precision: null, scale: null, unsigned: false },
    ],
    [
      'double',
      (t) => t.double('a', 10),
      { kind: 'double', precision: 10, scale: 2, unsigned: false },
    ],
    ['real', (t) => word(t, 'real', 'a'), { kind: 'native', text: 'real' }],
    ['boolean', (t) => t.boolean('a'), { kind: 'boolean' }],
    ['bool', (t) => word(t, 'bool', 'a'), { kind: 'boolean' }],
    ['date', (t) => t.date('a'), { kind: 'date' }],
    ['time', (t) => t.time('a'), { kind: 'time', precision: null }],
    ['timestamp', (t) => t.timestamp('a'), { kind: 'timestamp', tz: true, precision: null }],
    [
      'timestamp with options',
      (t) => t.timestamp('a', { useTz: false, precision: 3 }),
      { kind: 'timestamp', tz: false, precision: 3 },
    ],
    [
      'timestamp without time zone, the old way',
      (t) => word(t, 'timestamp', 'a', true, 2),
      { kind: 'timestamp', tz: false, precision: 2 },
    ],
    [
      'dateTime',
      (t) => t.dateTime('a', { precision: 6 }),
      { kind: 'datetime', tz: true, precision: 6 },
    ],
    ['year', (t) => word(t, 'year', 'a'), { kind: 'native', text: 'year' }],
    ['binary', (t) => t.binary('a'), { kind: 'binary', length: null }],
    ['binary of a length', (t) => t.binary('a', 16), { kind: 'binary', length: 16 }],
    ['varbinary', (t) => word(t, 'varbinary', 'a', 16), { kind: 'binary', length: 16 }],
    ['blob', (t) => word(t, 'blob', 'a'), { kind: 'binary', length: null }],
    ['longblob', (t) => word(t, 'longblob', 'a'), { kind: 'native', text: 'longblob' }],
    ['bit', (t) => word(t, 'bit', 'a', 8), { kind: 'bit', length: 8 }],
    ['bit with options', (t) => word(t, 'bit', 'a', { length: 8 }), { kind: 'bit', length: 8 }],
    ['json', (t) => t.json('a'), { kind: 'json' }],
    ['json(true)', (t) => word(t, 'json', 'a', true), { kind: 'jsonb' }],
    ['jsonb', (t) => t.jsonb('a'), { kind: 'jsonb' }],
    ['uuid', (t) => t.uuid('a'), { kind: 'uuid' }],
    [
      'binary uuid',
      (t) => t.uuid('a', { useBinaryUuid: true }),
      { kind: 'native', text: 'binary(16)' },
    ],
    ['geometry', (t) => t.geometry('a'), { kind: 'geometry' }],
    ['geography', (t) => t.geography('a'), { kind: 'geography' }],
    ['point', (t) => t.point('a'), { kind: 'point' }],
    ['enu', (t) => t.enu('a', ['x', `y'z`]), { kind: 'enum', values: ['x', `y'z`], native: null }],
    [
      'native enum',
      (t) => t.enum('a', ['x'], { useNative: true, enumName: 'mood', schemaName: 'app' }),
      { kind: 'enum', values: ['x'], native: 'app.mood' },
    ],
    [
      'native enum that exists',
      (t) => t.enu('a', null, { useNative: true, enumName: 'mood', existingType: true }),
      { kind: 'enum', values: [], native: 'mood' },
    ],
    ['set', (t) => word(t, 'set', 'a', ['x', 'y']), { kind: 'set', values: ['x', 'y'] }],
    ['specificType', (t) => t.specificType('a', 'citext'), { kind: 'native', text: 'citext' }],
    [
      'specificType that has a neutral name',
      (t) => t.specificType('a', 'VARCHAR(80)'),
      { kind: 'string', length: 80 },
    ],
    [
      'specificType unsigned',
      (t) => t.specificType('a', 'int(10)').unsigned(),
      { kind: 'native', text: 'int(10) unsigned' },
    ],
  ]

  test.each(types)('%s', (_, define, type) => {
    expect(columnOf(define)?.type).toEqual(type)
  })

  const defaults: [string, Define, DefaultValue | null][] = [
    ['none', (t) => t.string('a'), null],
    ['null', (t) => t.string('a').defaultTo(null), null],
    ['a text', (t) => t.string('a').defaultTo(`it's`), { kind: 'literal', value: `it's` }],
    ['a number', (t) => t.integer('a').defaultTo(0), { kind: 'literal', value: 0 }],
    [`'false' as a boolean`, (t) => t.boolean('a').defaultTo('false'), literal(false)],
    ['1 as a boolean', (t) => t.boolean('a').defaultTo(1), literal(true)],
    ['an object', (t) => t.json('a').defaultTo({ b: [1] }), literal({ b: [1] })],
    ['a date', (t) => t.date('a').defaultTo(new Date(0)), literal('1970-01-01T00:00:00.000Z')],
    ['now', (t, k) => t.timestamp('a').defaultTo(k.fn.now()), { kind: 'now', precision: null }],
    ['now(3)', (t, k) => t.timestamp('a').defaultTo(k.fn.now(3)), { kind: 'now', precision: 3 }],
    ['uuid', (t, k) => t.uuid('a').defaultTo(k.fn.uuid()), { kind: 'uuid' }],
    [
      'raw SQL with bindings',
      (t, k) => t.string('a').defaultTo(k.raw('lower(?) || ??', [`X'?`, 'b'])),
      { kind: 'sql', text: `lower('X''?') || "b"` },
    ],
  ]

  test.each(defaults)('a default: %s', (_, define, value) => {
    expect(columnOf(define)?.default).toEqual(value)
  })

  function literal(value: Extract<DefaultValue, { kind: 'literal' }>['value']): DefaultValue {
    return { kind: 'literal', value }
  }
})
