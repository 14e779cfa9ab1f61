/** Reads what a model without `defineTable` says of its table: weak on purpose, since it describes input. */
import type { ColumnType, LiteralValue } from '../../schema/column.js'
import type { InferredColumn, InferredModel, Model } from './described.js'
import type { Identifiers } from './identifiers.js'
import { readDefaults, readJsonSchema } from './json-schema.js'
import type { JsonSchema } from './json-schema.js'
import type { ModelClass } from '../model-class.js'
import { columnOf } from './property-column.js'
import { createPropertyNames } from './property-names.js'

/** The columns that jsonSchema, `jsonAttributes` and `idColumn` name, without those that are computed. */
export function inferModel(described: Model, identifiers: Identifiers): InferredModel {
  const { model, source } = described
  const schema = readJsonSchema(model.getJsonSchema())
  const json: unknown = Reflect.get(model, 'jsonAttributes')
  const jsonAttributes = Array.isArray(json) ? model.getJsonAttributes() : []
  const columnName = createPropertyNames(model, identifiers)
  const notColumns = new Set([
    ...model.getVirtualAttributes(),
    ...model.getRelationNames(),
    // Getters and methods: Objection sets none of them, neither from JSON nor from a row.
    ...model.getReadOnlyAttributes(),
  ])
  const properties = [...new Set([...schema.properties.keys(), ...jsonAttributes])].filter(
    (name) => !notColumns.has(name),
  )
  const named = properties.map((name) => ({ name, column: columnName(name) }))
  const columns = named.flatMap(({ name, column }) =>
    column === null
      ? []
      : [columnFor(name, column, schema, jsonAttributes.includes(name), `${source.model}.${name}`)],
  )
  const primaryKey = idColumns(model).map((name) => identifiers.column(name))
  return {
    ...described,
    columns: withKeyFirst(uniqueByName(columns), primaryKey),
    primaryKey,
    notStored: named.flatMap(({ name, column }) => (column === null ? name : [])),
  }
}

/** jsonSchema's `default` by column, of a model whose table is declared. */
export function offeredValues(
  { model }: Model,
  identifiers: Identifiers,
): Readonly<Record<string, LiteralValue>> {
  const columnName = createPropertyNames(model, identifiers)
  return Object.fromEntries(
    [...readDefaults(model.getJsonSchema())].flatMap(([name, offered]) => {
      const column = columnName(name)
      return column === null ? [] : [[column, offered]]
    }),
  )
}

function columnFor(
  property: string,
  name: string,
  { properties, required }: JsonSchema,
  isJson: boolean,
  where: string,
): InferredColumn {
  const stated = properties.get(property)
  if (stated === undefined) {
    const type: ColumnType = { kind: 'json' }
    return { name, type, nullable: true, assumption: null, isStated: true, property: null }
  }
  return {
    name,
    ...columnOf(stated, isJson, required.has(property)),
    isStated: true,
    property: { where, jsonTypes: stated.types, offered: stated.default },
  }
}

/** Empty where `idColumn` is null: a table without a primary key. */
function idColumns(model: ModelClass): readonly string[] {
  return [model.getIdColumn()].flat().filter((name) => typeof name === 'string')
}

/** A single integer counts up by itself; the parts of a composite key do not. */
function withKeyFirst(
  columns: readonly InferredColumn[],
  primaryKey: readonly string[],
): readonly InferredColumn[] {
  const keys = primaryKey.map((name): InferredColumn => {
    const stated = columns.find((column) => column.name === name)
    const type = stated?.type ?? { kind: 'integer', unsigned: false }
    const counts = primaryKey.length === 1 && (type.kind === 'integer' || type.kind === 'double')
    return {
      name,
      type: counts ? { kind: 'increments' } : type,
      nullable: false,
      assumption: counts ? null : (stated?.assumption ?? null),
      isStated: stated !== undefined,
      property: stated?.property ?? null,
    }
  })
  return [...keys, ...columns.filter(({ name }) => !primaryKey.includes(name))]
}

function uniqueByName(columns: readonly InferredColumn[]): readonly InferredColumn[] {
  return columns.filter(({ name }, index) => {
    return columns.findIndex((column) => column.name === name) === index
  })
}
