import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyOperations } from '../../src/operations/apply.js'
import { isSameSchema } from '../../src/operations/equal.js'
import type { Operation } from '../../src/operations/operation.js'
import { orderOperations } from '../../src/operations/order.js'
import { reverseOperations } from '../../src/operations/reverse.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { comparing, declared } from '../support/comparing.js'
import { schemas } from '../support/schema-arbitraries.js'
import { strictApply } from '../support/strict-apply.js'

function modelsOf(schema: Schema) {
  return schema.tables.map(declared)
}

function turnedAround(table: Table): Table {
  return {
    ...table,
    columns: table.columns.toReversed(),
    uniques: table.uniques.toReversed(),
    indexes: table.indexes.toReversed(),
    foreignKeys: table.foreignKeys.toReversed(),
    checks: table.checks.toReversed(),
  }
}

const NOTHING = { operations: [], renames: [], undeclared: [], unmanaged: [], notes: [] }

test('models that say what the database has differ in nothing', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      expect(comparing(schema, modelsOf(schema))).toMatchObject(NOTHING)
    }),
  )
})

test('the order of columns, indexes and keys is no difference', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const models = schema.tables.toReversed().map(turnedAround).map(declared)
      expect(comparing(schema, models)).toMatchObject(NOTHING)
    }),
  )
})

test('the operations make the one schema of the other, on the strictest engine, and back', () => {
  fc.assert(
    fc.property(schemas, schemas, (before, after) => {
      const { operations, notes } = comparing(before, modelsOf(after))
      const result = strictApply(before, operations)
      expect(isSameSchema(result, after)).toBe(true)
      expect(isSameSchema(strictApply(after, reverseOperations(operations)), before)).toBe(true)
      expect(comparing(result, modelsOf(after)).operations).toEqual([])
      expect(notes.filter((note) => note.code === 'DIFFERENCE_UNRESOLVED')).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

test('each operation is needed, for the way there or for the way back', () => {
  fc.assert(
    fc.property(schemas, schemas, (before, after) => {
      const { operations } = comparing(before, modelsOf(after))
      const isEnough = (some: readonly Operation[]): boolean => {
        try {
          const there = strictApply(before, some)
          const back = strictApply(after, reverseOperations(some))
          return isSameSchema(there, after) && isSameSchema(back, before)
        } catch {
          return false
        }
      }
      for (const operation of operations) {
        const others = operations.filter((each) => each !== operation)
        if (isEnough(others)) throw new Error(`not needed: ${JSON.stringify(operation)}`)
      }
    }),
    { numRuns: 200 },
  )
})

test('what is compared is in order already', () => {
  fc.assert(
    fc.property(schemas, schemas, (before, after) => {
      const { operations } = comparing(before, modelsOf(after))
      expect(orderOperations(operations)).toEqual(operations)
    }),
  )
})

test('answered renames are all that is left when only names changed', () => {
  fc.assert(
    fc.property(schemas, fc.nat(), (schema, pick) => {
      fc.pre(schema.tables.length > 0)
      const table = schema.tables[pick % schema.tables.length]
      const column = table?.columns[pick % table.columns.length]
      if (table === undefined || column === undefined) return
      const renames: readonly Operation[] = [
        { kind: 'renameTable', from: table.name, to: 'Renamed' },
        { kind: 'renameColumn', table: 'Renamed', from: column.name, to: 'New "name"' },
      ]
      const models = modelsOf(applyOperations(schema, renames))
      const answers = [
        { table: table.name, column: null, to: 'Renamed' },
        { table: table.name, column: column.name, to: 'New "name"' },
      ]
      const found = comparing(schema, models, { answers: { renames: answers, apart: [] } })
      expect(found.operations).toEqual(renames)
      expect(found.renames).toEqual([])
    }),
  )
})
