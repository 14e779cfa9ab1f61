/** Random operations that fit a schema, one and in sequences. */
import fc from 'fast-check'
import { applyOperation } from '../../src/operations/apply.js'
import { isSame } from '../../src/operations/equal.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { EnumType, Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import {
  arbitraryCheck,
  arbitraryEnum,
  arbitraryForeignKey,
  arbitraryIndex,
  arbitraryOptions,
  arbitraryPrimaryKey,
  arbitraryTableNamed,
  arbitraryUnique,
} from './arbitraries.js'
import { arbitraryColumn, arbitraryCounter } from './arbitrary-columns.js'
import { arbitraryName, arbitraryTableName } from './arbitrary-names.js'

/** An operation that fits the schema. */
export function arbitraryOperation(schema: Schema): fc.Arbitrary<Operation> {
  const tables = schema.tables.flatMap((table) => onTable(table, schema))
  const enums = schema.enums.flatMap((each) => onEnum(each))
  return fc.oneof(
    ...tables.map((arbitrary) => ({ weight: 2, arbitrary })),
    ...enums.map((arbitrary) => ({ weight: 1, arbitrary })),
    { weight: 3, arbitrary: createTable(schema) },
    { weight: 1, arbitrary: createEnum(schema) },
  )
}

/** Operations of which each fits the schema that those before it leave. */
export function arbitraryOperations(
  schema: Schema,
  length: number,
): fc.Arbitrary<readonly Operation[]> {
  if (length === 0) return fc.constant([])
  return arbitraryOperation(schema).chain((operation) =>
    arbitraryOperations(applyOperation(schema, operation), length - 1).map((rest) => [
      operation,
      ...rest,
    ]),
  )
}

function createTable(schema: Schema): fc.Arbitrary<Operation> {
  return arbitraryTableName
    .map((name) => freeTable(name, schema))
    .chain(arbitraryTableNamed)
    .map((table) => ({ kind: 'createTable', table }))
}

function freeTable(name: string, schema: Schema): string {
  let free = name
  while (schema.tables.some((table) => table.name.toLowerCase() === free.toLowerCase())) free += '2'
  return free
}

function createEnum(schema: Schema): fc.Arbitrary<Operation> {
  return arbitraryEnum.map((each) => {
    let { name } = each
    while (schema.enums.some((one) => one.name === name)) name += '2'
    return { kind: 'createEnum', enum: { ...each, name } }
  })
}

function onEnum(each: EnumType): readonly fc.Arbitrary<Operation>[] {
  const { name, values } = each
  return [
    fc.constant({ kind: 'dropEnum', enum: each }),
    fc
      .tuple(fc.subarray([...values]), arbitraryName, fc.boolean())
      .map(([kept, added, isRenamed]) => {
        const [first] = kept
        const isNew = !values.includes(added)
        const renamed = isRenamed && first !== undefined && isNew ? { [first]: added } : {}
        const to = kept.map((value) => (Object.hasOwn(renamed, value) ? added : value))
        return {
          kind: 'alterEnum',
          name,
          from: values,
          to: isNew ? [...new Set([...to, added])] : to,
          renamed,
        }
      }),
  ]
}

function onTable(table: Table, schema: Schema): readonly fc.Arbitrary<Operation>[] {
  const own = { table: table.name }
  const columns = table.columns.map((column) => column.name)
  const taken = [
    ...[...table.uniques, ...table.indexes, ...table.foreignKeys, ...table.checks].map(
      ({ name }) => name,
    ),
    ...(table.primaryKey?.name == null ? [] : [table.primaryKey.name]),
  ]
  const naming = { table: table.name, columns, taken }
  const found = (
    arbitrary: fc.Arbitrary<Operation>,
    isThere: boolean,
  ): fc.Arbitrary<Operation>[] => (isThere ? [arbitrary] : [])
  return [
    fc.constant<Operation>({ kind: 'dropTable', table }),
    arbitraryTableName.map((to): Operation => ({
      kind: 'renameTable',
      from: table.name,
      to: freeTable(to, schema),
    })),
    ...addedColumns(table),
    ...found(
      pick(table.columns, (column) => ({ kind: 'dropColumn', ...own, column })),
      columns.length > 1,
    ),
    ...table.columns.map((from) => alteredColumn(table, from)),
    fc.tuple(fc.constantFrom(...columns), arbitraryName).map(([from, to]): Operation => ({
      kind: 'renameColumn',
      ...own,
      from,
      to: freeColumn(to, table),
    })),
    arbitraryUnique(naming).map((unique): Operation => ({ kind: 'addUnique', ...own, unique })),
    arbitraryIndex(naming).map((index): Operation => ({ kind: 'addIndex', ...own, index })),
    arbitraryForeignKey(naming).map((foreignKey): Operation => ({
      kind: 'addForeignKey',
      ...own,
      foreignKey,
    })),
    arbitraryCheck(naming).map((check): Operation => ({ kind: 'addCheck', ...own, check })),
    ...drops(table),
    ...keyChanges(table),
    fc
      .option(arbitraryName)
      .map((to): Operation => ({ kind: 'alterComment', ...own, from: table.comment, to })),
    arbitraryOptions.map((to): Operation => ({
      kind: 'alterOptions',
      ...own,
      from: table.options,
      to,
    })),
  ]
}

function pick<T>(list: readonly T[], make: (item: T) => Operation): fc.Arbitrary<Operation> {
  return fc.constantFrom(...list).map(make)
}

function drops(table: Table): readonly fc.Arbitrary<Operation>[] {
  const own = { table: table.name }
  const lists = [
    table.uniques.map((unique): Operation => ({ kind: 'dropUnique', ...own, unique })),
    table.indexes.map((index): Operation => ({ kind: 'dropIndex', ...own, index })),
    table.foreignKeys.map((foreignKey): Operation => ({
      kind: 'dropForeignKey',
      ...own,
      foreignKey,
    })),
    table.checks.map((check): Operation => ({ kind: 'dropCheck', ...own, check })),
  ]
  return lists.filter((list) => list.length > 0).map((list) => fc.constantFrom(...list))
}

function keyChanges(table: Table): readonly fc.Arbitrary<Operation>[] {
  const { primaryKey: from, columns } = table
  const to = fc.option(arbitraryPrimaryKey(columns.map(({ name }) => name)))
  return [
    to
      .filter((each) => !isSame(each, from))
      .map((each): Operation => ({ kind: 'alterPrimaryKey', table: table.name, from, to: each })),
  ]
}

function addedColumns(table: Table): readonly fc.Arbitrary<Operation>[] {
  const columns = table.columns.map(({ name }) => name)
  const name = arbitraryName.map((each) => freeColumn(each, table))
  const add = (column: Column): Operation => ({ kind: 'addColumn', table: table.name, column })
  const counts = table.columns.some(isCounter)
  return [
    name.chain((each) => arbitraryColumn(each, columns)).map(add),
    name.chain((each) => arbitraryColumn(each, columns)).map(add),
    ...(counts ? [] : [name.chain(arbitraryCounter).map(add)]),
  ]
}

function alteredColumn(table: Table, from: Column): fc.Arbitrary<Operation> {
  const others = table.columns.map(({ name }) => name)
  const whole = isCounter(from) ? arbitraryCounter(from.name) : arbitraryColumn(from.name, others)
  const facet = whole.chain((to) =>
    fc
      .constantFrom('type', 'nullable', 'default', 'collation', 'comment')
      .map((key) => (isPlain(from) && isPlain(to) ? withFacet(from, to, key) : to)),
  )
  return fc.oneof(whole, facet).map((to) => ({ kind: 'alterColumn', table: table.name, from, to }))
}

/** The column with one thing as another has it; a default must fit its type, so they go together. */
function withFacet(from: Column, to: Column, key: keyof Column): Column {
  if (key === 'type' || key === 'default') return { ...from, type: to.type, default: to.default }
  return { ...from, [key]: to[key] }
}

function isPlain({ generated, identity, type }: Column): boolean {
  return generated === null && identity === null && !/increments/i.test(type.kind)
}

function isCounter({ type }: Column): boolean {
  return type.kind === 'increments' || type.kind === 'bigIncrements'
}

function freeColumn(name: string, table: Table): string {
  let free = name
  while (table.columns.some((column) => column.name.toLowerCase() === free.toLowerCase()))
    free += '2'
  return free
}
