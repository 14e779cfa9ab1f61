/** Puts together the tables of models that only infer. */
import type { Column, ColumnType, LiteralValue } from '../../schema/column.js'
import type { DesiredTable, Expectation } from '../../schema/desired.js'
import type { Table, TableName } from '../../schema/table.js'
import {
  columnSentences,
  joinSentences,
  looseSentences,
  referenceSentence,
  retypedSentence,
} from './assumptions.js'
import type { InferredColumn, InferredModel, Join, Reference } from './described.js'
import { foreignKeyOf, typeByReference } from './foreign-keys.js'
import type { KnownReferences, KnownTable } from './foreign-keys.js'

/** The columns of all models on one table: nullable where any of them says so, the rest by the first. */
function uniteColumns(models: readonly InferredModel[]): readonly InferredColumn[] {
  const united = new Map<string, InferredColumn>()
  for (const column of models.flatMap(({ columns }) => columns)) {
    const first = united.get(column.name)
    united.set(column.name, first === undefined ? column : uniteTwo(first, column))
  }
  // What only one of several schemas names need not be there in a row of another model.
  const schemas = models.filter(({ columns }) => columns.some(({ property }) => property !== null))
  const isEverywhere = (name: string): boolean =>
    schemas.every(({ columns }) => columns.some((column) => column.name === name))
  const primaryKey = models[0]?.primaryKey ?? []
  return [...united.values()].map((column) => ({
    ...column,
    nullable: !primaryKey.includes(column.name) && (column.nullable || !isEverywhere(column.name)),
  }))
}

function uniteTwo(first: InferredColumn, second: InferredColumn): InferredColumn {
  // The parent's `id` by default says less than the child's jsonSchema.
  const better = first.property === null && second.property !== null ? second : first
  return {
    ...better,
    nullable: first.nullable || second.nullable,
    isStated: first.isStated || second.isStated,
  }
}

/** What is known of an inferred table before relations are held against it. */
export function knownTable(models: readonly InferredModel[]): KnownTable {
  const keys = models.map(({ primaryKey }) => primaryKey).filter((key) => key.length > 0)
  return { types: new Map(uniteColumns(models).map(({ name, type }) => [name, type])), keys }
}

/** The table that models without `defineTable` describe together. */
export function inferredTable(
  name: TableName,
  models: readonly InferredModel[],
  known: KnownReferences,
): DesiredTable {
  const own = known.accepted.get(name) ?? []
  const stated = uniteColumns(models)
  const brought = broughtColumns(stated, known.all.get(name) ?? [], known)
  const retyped: string[] = []
  const columns = [...stated, ...brought].map((column) => {
    const type = typeByReference(name, column.name, known)
    if (type === null) return column
    const sentence = column.isStated ? retypedSentence(column.name, column.type, type) : null
    if (sentence !== null) retyped.push(sentence)
    return { ...column, type, assumption: null }
  })
  const primaryKey = models[0]?.primaryKey ?? []
  return {
    table: tableOf(name, columns, primaryKey, own),
    source: 'inferred',
    models: models.map(({ source }) => source),
    offeredValues: offeredBy(columns),
    assumed: [
      ...columnSentences(columns),
      ...own.map(referenceSentence),
      ...looseSentences(brought, own, known.all.get(name) ?? []),
      ...retyped,
    ],
    expectations: [...own.map(relationExpectation), ...columns.flatMap(propertyExpectation)],
    createOnly: columns.filter(({ isStated }) => !isStated).map((column) => column.name),
  }
}

/** The join table that relations describe and no model has. */
export function joinTable(
  name: TableName,
  joins: readonly Join[],
  known: KnownReferences,
): DesiredTable {
  const own = known.accepted.get(name) ?? []
  const sides = joins.flatMap(({ references }) => references)
  const keys = [...new Set(sides.flatMap(({ columns }) => columns))]
  const extras = [...new Set(joins.flatMap((join) => join.extras))]
  // Rows that several relations share, each by a filter, may repeat a pair.
  const withSides = { ...known, accepted: new Map([...known.accepted, [name, sides]]) }
  const isPlain = sides.every((side) => own.some((one) => sameColumns(one, side)))
  const primaryKey = isPlain ? keys : []
  const columns = [
    ...keys.map((key): InferredColumn => {
      const type = typeByReference(name, key, withSides)
      return { ...broughtColumn(key), nullable: false, ...(type === null ? {} : { type }) }
    }),
    ...extras
      .filter((extra) => !keys.includes(extra))
      .map((extra): InferredColumn => ({
        ...broughtColumn(extra),
        type: { kind: 'string', length: 255 },
      })),
  ]
  const sources = joins.map(({ source }) => source)
  return {
    table: tableOf(name, columns, primaryKey, own),
    source: 'inferred',
    models: sources.filter((source, index) => sources.indexOf(source) === index),
    offeredValues: {},
    assumed: joinSentences(joins, primaryKey),
    expectations: own.map(relationExpectation),
    createOnly: columns.map((column) => column.name),
  }
}

function sameColumns(one: Reference, other: Reference): boolean {
  return one.columns.join('\n') === other.columns.join('\n') && one.refTable === other.refTable
}

/** The columns that only relations name, typed by what they refer to first. */
function broughtColumns(
  stated: readonly InferredColumn[],
  references: readonly Reference[],
  known: KnownReferences,
): readonly InferredColumn[] {
  const names = new Set(references.flatMap(({ columns }) => columns))
  for (const { name } of stated) names.delete(name)
  return [...names].map((name) => {
    const [first] = references.filter(({ columns }) => columns.includes(name))
    if (first === undefined) return broughtColumn(name)
    const accepted = new Map([...known.accepted, [first.table, [first]]])
    const type = typeByReference(first.table, name, { ...known, accepted })
    return { ...broughtColumn(name), ...(type === null ? {} : { type }) }
  })
}

function broughtColumn(name: string): InferredColumn {
  const type: ColumnType = { kind: 'integer', unsigned: false }
  return { name, type, nullable: true, assumption: null, isStated: false, property: null }
}

function tableOf(
  name: TableName,
  columns: readonly InferredColumn[],
  primaryKey: readonly string[],
  references: readonly Reference[],
): Table {
  return {
    name,
    columns: columns.map(plainColumn),
    primaryKey: primaryKey.length > 0 ? { name: null, columns: primaryKey } : null,
    uniques: [],
    indexes: [],
    foreignKeys: references.map(foreignKeyOf),
    checks: [],
    comment: null,
    options: {},
  }
}

function plainColumn({ name, type, nullable }: InferredColumn): Column {
  return {
    name,
    type,
    nullable,
    default: null,
    generated: null,
    identity: null,
    collation: null,
    comment: null,
  }
}

function offeredBy(columns: readonly InferredColumn[]): Readonly<Record<string, LiteralValue>> {
  return Object.fromEntries(
    columns.flatMap(({ name, property }) =>
      property?.offered === undefined ? [] : [[name, property.offered]],
    ),
  )
}

function relationExpectation({ where, columns, refTable, refColumns }: Reference): Expectation {
  return { kind: 'relation', where, columns, refTable, refColumns }
}

function propertyExpectation({ name, property }: InferredColumn): readonly Expectation[] {
  if (property === null || property.jsonTypes.length === 0) return []
  const { where, jsonTypes } = property
  return [{ kind: 'property', where, column: name, jsonTypes }]
}
