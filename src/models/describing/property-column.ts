/** The column that a property would get in a table that does not exist yet. */
import type { ColumnType } from '../../schema/column.js'
import type { JsonProperty } from './json-schema.js'

/** What had to be assumed about a column, by which sentences about several columns are put together. */
export type Assumption = 'length' | 'double' | 'text' | 'untyped' | 'mixed' | 'unchecked'

export interface PropertyColumn {
  readonly type: ColumnType
  readonly nullable: boolean
  readonly assumption: Assumption | null
}

/** MariaDB's longest varchar in four-byte characters. Source: its manual, "VARCHAR". */
const LONGEST_STRING = 16_383

const FORMATS: Readonly<Record<string, ColumnType>> = {
  'date-time': { kind: 'timestamp', tz: true, precision: null },
  date: { kind: 'date' },
  time: { kind: 'time', precision: null },
  uuid: { kind: 'uuid' },
}

/** `isJson` says that the model lists it in `jsonAttributes`; `isRequired` that jsonSchema requires it. */
export function columnOf(
  property: JsonProperty,
  isJson: boolean,
  isRequired: boolean,
): PropertyColumn {
  const nullable = !isRequired || property.types.includes('null')
  return { ...typeOf(property, isJson), nullable }
}

function typeOf(property: JsonProperty, isJson: boolean): Omit<PropertyColumn, 'nullable'> {
  const types = property.types.filter((type) => type !== 'null')
  const format = property.format === null ? undefined : FORMATS[property.format]
  if (isJson) return { type: { kind: 'json' }, assumption: null }
  // A Date passes as an object, so `['string', 'object']` with a format is no JSON.
  if (types.includes('string') && format !== undefined) return { type: format, assumption: null }
  if (types.includes('object') || types.includes('array')) {
    return { type: { kind: 'json' }, assumption: null }
  }
  if (types.includes('string')) return stringType(property, types)
  const [type, ...others] = types
  const mixed = others.length > 0 ? 'mixed' : null
  const unchecked = property.values === null ? null : 'unchecked'
  if (types.includes('number')) return { type: double, assumption: 'double' }
  if (type === 'integer') return { type: integer, assumption: mixed ?? unchecked }
  if (type === 'boolean') return { type: { kind: 'boolean' }, assumption: mixed }
  return { type: { kind: 'string', length: 255 }, assumption: 'untyped' }
}

const integer: ColumnType = { kind: 'integer', unsigned: false }
const double: ColumnType = { kind: 'double', precision: null, scale: null, unsigned: false }

function stringType(
  { values, maxLength }: JsonProperty,
  types: readonly string[],
): Omit<PropertyColumn, 'nullable'> {
  if (values !== null && values.length > 0 && values.every((value) => typeof value === 'string')) {
    return { type: { kind: 'enum', values: [...new Set(values)], native: null }, assumption: null }
  }
  if (maxLength !== null && maxLength > LONGEST_STRING) {
    return { type: { kind: 'text', size: 'longtext' }, assumption: 'text' }
  }
  const assumption = types.length > 1 ? 'mixed' : maxLength === null ? 'length' : null
  return { type: { kind: 'string', length: maxLength ?? 255 }, assumption }
}

/** The type of a column that refers to one of `type`: what counts there is only stored here. */
export function referringType(type: ColumnType): ColumnType {
  switch (type.kind) {
    case 'increments':
      return { kind: 'integer', unsigned: true }
    case 'bigIncrements':
      return { kind: 'bigInteger', unsigned: true }
    default:
      return type
  }
}
