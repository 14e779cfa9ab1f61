/** The type that a method of the table builder gives a column. */
import type { ColumnType } from '../../schema/column.js'
import { isRecord, numberOrNull, textOrNull, textsOf } from '../knex/knex-fields.js'
import { typeOfSql } from '../sql-type.js'

/** A type as one builder call says it. */
export interface TypeSaid {
  readonly type: ColumnType
  /** Whether the call by itself makes the column the primary key. */
  readonly isPrimary: boolean
  /** The values of an enum type that the call also creates. */
  readonly createsEnum: boolean
}

export interface TypeContext {
  /** Knex's `defaultDateTimePrecision`. */
  readonly defaultPrecision: number | null
  /** The schema that `withSchema` names, where native enums go. */
  readonly schema: string | null
}

type Args = readonly unknown[]

/**
 * What `table.<method>(name, ...args)` says; null for a method that no Knex has.
 * `method` is Knex's name for it in lower case: `varchar` for `string`, `bool` for `boolean`.
 */
export function readType(method: string, args: Args, context: TypeContext): TypeSaid | null {
  switch (method) {
    case 'increments':
    case 'bigincrements':
      return {
        type: { kind: method === 'increments' ? 'increments' : 'bigIncrements' },
        isPrimary: !isRecord(args[0]) || args[0].primaryKey === true,
        createsEnum: false,
      }
    case 'enu':
      return enumSaid(args, context)
    case 'uuid':
      return uuidSaid(args)
    default: {
      const type = plainType(method, args, context)
      return type === null ? null : { type, isPrimary: false, createsEnum: false }
    }
  }
}

function plainType(method: string, args: Args, context: TypeContext): ColumnType | null {
  switch (method) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'integer':
      return { kind: method, unsigned: false }
    case 'int':
      return { kind: 'integer', unsigned: false }
    case 'biginteger':
      return { kind: 'bigInteger', unsigned: false }
    case 'serial':
      return { kind: 'increments' }
    case 'varchar':
      return { kind: 'string', length: numberOrNull(args[0]) ?? 255 }
    case 'text':
      return { kind: 'text', size: textSize(args[0]) }
    case 'tinytext':
    case 'mediumtext':
    case 'longtext':
      return { kind: 'text', size: method }
    case 'decimal':
      return decimalType(args)
    case 'floating':
      return floatType('float', args)
    case 'double':
      return floatType('double', args)
    case 'bool':
      return { kind: 'boolean' }
    case 'date':
    case 'jsonb':
    case 'geometry':
    case 'geography':
    case 'point':
      return { kind: method }
    case 'json':
      return { kind: args[0] === true ? 'jsonb' : 'json' }
    case 'time':
      return { kind: 'time', precision: timePrecision(args[0]) }
    case 'datetime':
    case 'timestamp':
      return timestampType(method, args, context)
    default:
      return sizedType(method, args)
  }
}

function sizedType(method: string, args: Args): ColumnType | null {
  switch (method) {
    case 'binary':
    case 'varbinary':
      return { kind: 'binary', length: numberOrNull(args[0]) }
    case 'bit':
      // PostgreSQL's compiler takes `{ length }`, MySQL's a number.
      return { kind: 'bit', length: numberOrNull(isRecord(args[0]) ? args[0].length : args[0]) }
    case 'set':
      return { kind: 'set', values: textsOf(args[0]) }
    case 'specifictype':
      return typeOfSql(String(args[0]))
    case 'blob':
      return { kind: 'binary', length: null }
    case 'char':
      return { kind: 'native', text: `char(${numberOrNull(args[0]) ?? 255})` }
    // Words of the builder that no compiler of Knex knows; the engine's type of that name is meant.
    case 'real':
    case 'year':
    case 'tinyblob':
    case 'mediumblob':
    case 'longblob':
      return { kind: 'native', text: method }
    default:
      return null
  }
}

function textSize(size: unknown): 'text' | 'mediumtext' | 'longtext' {
  if (size === 'medium' || size === 'mediumtext') return 'mediumtext'
  return size === 'long' || size === 'longtext' ? 'longtext' : 'text'
}

function decimalType(args: Args): ColumnType {
  if (args[0] === null) return { kind: 'decimal', precision: null, scale: null, unsigned: false }
  const [precision, scale] = [numberOrNull(args[0]) ?? 8, numberOrNull(args[1]) ?? 2]
  return { kind: 'decimal', precision, scale, unsigned: false }
}

/** Without sizes the engine's own; with one of them Knex's default for the other. */
function floatType(kind: 'float' | 'double', args: Args): ColumnType {
  const [precision, scale] = [numberOrNull(args[0]), numberOrNull(args[1])]
  if (precision === null && scale === null) return { kind, precision, scale, unsigned: false }
  return { kind, precision: precision ?? 8, scale: scale ?? 2, unsigned: false }
}

function timePrecision(said: unknown): number | null {
  const precision = isRecord(said) ? said.precision : said
  return typeof precision === 'number' ? precision : null
}

/** PostgreSQL's form is `(withoutTz, precision)`, MySQL's `(precision)`, both take `{ useTz, precision }`. */
function timestampType(
  kind: 'datetime' | 'timestamp',
  args: Args,
  context: TypeContext,
): ColumnType {
  const [said] = args
  const options = isRecord(said) ? said : null
  const size = options === null ? (typeof said === 'number' ? said : args[1]) : options.precision
  const tz = options === null ? typeof said === 'number' || !said : options.useTz !== false
  return { kind, tz, precision: numberOrNull(size) ?? context.defaultPrecision }
}

function enumSaid(args: Args, context: TypeContext): TypeSaid {
  const options = isRecord(args[1]) ? args[1] : {}
  const name = options.useNative === true ? textOrNull(options.enumName) : null
  const schema = textOrNull(options.schemaName) ?? context.schema
  const native = name === null || schema === null ? name : `${schema}.${name}`
  return {
    type: { kind: 'enum', values: textsOf(args[0]), native },
    isPrimary: false,
    createsEnum: native !== null && options.existingType !== true,
  }
}

/** A binary uuid is MySQL's and SQLite's `binary(16)`, which no other method of the builder gives. */
function uuidSaid(args: Args): TypeSaid {
  const options = isRecord(args[0]) ? args[0] : {}
  return {
    type:
      options.useBinaryUuid === true ? { kind: 'native', text: 'binary(16)' } : { kind: 'uuid' },
    isPrimary: options.primaryKey === true,
    createsEnum: false,
  }
}

/** Whether a type counts by itself. */
export function isCounter(type: ColumnType): boolean {
  return type.kind === 'increments' || type.kind === 'bigIncrements'
}
