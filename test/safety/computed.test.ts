/** Computed columns that are altered: what is computed anew is never lost, what is replaced by it is. */
import { expect, test } from 'vitest'
import { postgres } from '../../src/dialects/postgres/index.js'
import { hazardsOf } from '../../src/safety/hazards.js'
import type { Column, ColumnType } from '../../src/schema/column.js'
import { column } from '../support/schema-builders.js'

const long: ColumnType = { kind: 'string', length: 60 }
const short: ColumnType = { kind: 'string', length: 10 }

const computed = (sql: string, more: Partial<Column> = {}): Column =>
  column('c', { type: long, generated: { sql, stored: true }, ...more })

test.each<[string, Column, Column, readonly string[]]>([
  ['another expression', computed('a'), computed('b', { type: short, nullable: false }), []],
  ['a shorter type', computed('a'), computed('a', { type: short }), []],
  ['not null', computed('a'), computed('a', { nullable: false }), ['failsOnRows']],
  ['computed from now on', column('c', { type: long }), computed('a'), ['losesData']],
  ['computed no more', computed('a'), column('c', { type: long }), []],
])('%s', (_, from, to, classes) => {
  const operation = { kind: 'alterColumn', table: 't', from, to } as const
  expect(hazardsOf(postgres, [operation]).map((hazard) => hazard.class)).toEqual(classes)
})
