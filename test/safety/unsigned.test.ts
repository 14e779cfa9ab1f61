import { expect, test } from 'vitest'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { hazardsOf } from '../../src/safety/hazards.js'
import type { Column, ColumnType } from '../../src/schema/column.js'

const column = (type: ColumnType): Column => ({
  name: 'n',
  type,
  nullable: true,
  default: null,
  generated: null,
  identity: null,
  collation: null,
  comment: null,
})

/** A key that is made wider by a model that calls it unsigned: the live one has a sign. */
const widened = {
  kind: 'alterColumn',
  table: 't',
  from: column({ kind: 'integer', unsigned: false }),
  to: column({ kind: 'bigInteger', unsigned: true }),
} as const

test.each([
  [postgres, []],
  [sqlite, []],
  [mariadb, ['H10']],
])('$0.name loses a sign only where it has numbers without one', (dialect, codes) => {
  expect(hazardsOf(dialect, [widened]).map(({ code }) => code)).toEqual(codes)
})
