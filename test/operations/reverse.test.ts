import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyOperation, applyOperations } from '../../src/operations/apply.js'
import { impliedDrops } from '../../src/operations/drop-column.js'
import { isSameSchema } from '../../src/operations/equal.js'
import { tokensOf } from '../../src/operations/expression.js'
import type { Operation } from '../../src/operations/operation.js'
import { reverseOperation, reverseOperations } from '../../src/operations/reverse.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN, schemas } from '../support/schema-arbitraries.js'

/** Operations that stand alone: what a drop would take with it has been dropped before. */
function operationsOn(schema: Schema): readonly Operation[] {
  return [
    { kind: 'createTable', table: { ...EMPTY_TABLE, name: 'fresh', columns: [PLAIN_COLUMN] } },
    { kind: 'createEnum', enum: { name: 'fresh', values: ['x'] } },
    ...schema.enums.map((each): Operation => ({
      kind: 'alterEnum',
      name: each.name,
      from: each.values,
      to: each.values.map((value) => `${value}!`),
      renamed: Object.fromEntries(each.values.map((value) => [value, `${value}!`])),
    })),
    ...schema.tables.flatMap(operationsOnTable),
  ]
}

function operationsOnTable(table: Table): readonly Operation[] {
  const own = { table: table.name }
  return [
    { kind: 'dropTable', table },
    { kind: 'renameTable', from: table.name, to: 'renamed' },
    { kind: 'renameTable', from: table.name, to: table.name.toUpperCase() },
    { kind: 'addColumn', ...own, column: { ...PLAIN_COLUMN, name: 'fresh' } },
    { kind: 'alterPrimaryKey', ...own, from: table.primaryKey, to: null },
    { kind: 'alterComment', ...own, from: table.comment, to: 'another' },
    { kind: 'alterOptions', ...own, from: table.options, to: { engine: 'x' } },
    ...table.indexes.map((index): Operation => ({ kind: 'dropIndex', ...own, index })),
    ...table.uniques.map((unique): Operation => ({ kind: 'dropUnique', ...own, unique })),
    ...table.checks.map((check): Operation => ({ kind: 'dropCheck', ...own, check })),
    ...table.foreignKeys.map((foreignKey): Operation => ({
      kind: 'dropForeignKey',
      ...own,
      foreignKey,
    })),
    ...table.columns.flatMap((column): readonly Operation[] => [
      { kind: 'renameColumn', ...own, from: column.name, to: 'Strange "name"' },
      { kind: 'renameColumn', ...own, from: column.name, to: 'fresh' },
      { kind: 'alterColumn', ...own, from: column, to: { ...column, comment: 'another' } },
      ...(impliedDrops(table, column.name).length === 0
        ? [{ kind: 'dropColumn' as const, ...own, column }]
        : []),
    ]),
  ]
}

/** Quotes come with a name that needs them and stay: they are no difference. */
function withoutQuotes(schema: Schema): Schema {
  const bare = (sql: string): string =>
    tokensOf(sql)
      .map((token) => token.value)
      .join('')
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({
        ...column,
        generated:
          column.generated === null
            ? null
            : { ...column.generated, sql: bare(column.generated.sql) },
      })),
      checks: table.checks.map((check) => ({ ...check, sql: bare(check.sql) })),
      indexes: table.indexes.map((index) => ({
        ...index,
        where: index.where === null ? null : bare(index.where),
        parts: index.parts.map((part) =>
          'sql' in part.on ? { ...part, on: { sql: bare(part.on.sql) } } : part,
        ),
      })),
    })),
  }
}

test('an operation and its reverse leave every schema as it was', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      for (const operation of operationsOn(schema)) {
        const after = applyOperation(schema, operation)
        expect(isSameSchema(after, schema)).toBe(
          operation.kind === 'alterPrimaryKey' && operation.from === null,
        )
        const back = applyOperation(after, reverseOperation(operation))
        expect(isSameSchema(withoutQuotes(back), withoutQuotes(schema))).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('a list is reversed from its end', () => {
  const column = { ...PLAIN_COLUMN, name: 'b' }
  const table = { ...EMPTY_TABLE, columns: [PLAIN_COLUMN] }
  const list: readonly Operation[] = [
    { kind: 'createTable', table },
    { kind: 'addColumn', table: 't', column },
    { kind: 'renameColumn', table: 't', from: 'b', to: 'c' },
  ]
  const empty = { tables: [], enums: [] }
  const after = applyOperations(empty, list)
  expect(applyOperations(after, reverseOperations(list))).toEqual(empty)
})

test('the reverse of a reverse is the operation', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      for (const operation of operationsOn(schema)) {
        expect(reverseOperation(reverseOperation(operation))).toEqual(operation)
      }
    }),
    { numRuns: 50 },
  )
})
