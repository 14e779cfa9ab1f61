import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { applyOperations } from '../../src/operations/apply.js'
import type { Table } from '../../src/schema/table.js'
import { comparing, declared } from '../support/comparing.js'
import { schemas } from '../support/schema-arbitraries.js'

// What an engine leaves out or spells in its own way must neither show as a difference nor hide one.
describe.each([sqlite, postgres, mariadb])('as $name would report it', (dialect) => {
  const canonical = (table: Table): Table => dialect.canonical(table)

  test('nothing differs once the operations have run, and nothing is left unresolved', () => {
    fc.assert(
      fc.property(schemas, schemas, (before, after) => {
        const models = after.tables.map(declared)
        const found = comparing(before, models, { canonical })
        expect(found.notes).toEqual([])
        const result = applyOperations(before, found.operations)
        const again = comparing(result, models, { canonical })
        expect(again.operations).toEqual([])
        expect(again.notes).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})
