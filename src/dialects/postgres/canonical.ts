/** A table as PostgreSQL reports it back, worked out by rules: what two spellings of one table share. */
import type { Column, ColumnType } from '../../schema/column.js'
import type { Index, IndexPart, Table } from '../../schema/table.js'
import { canonicalDefault } from './defaults.js'
import { foldEnumChecks, surroundingsOf } from './enum-check.js'
import { canonicalExpression, simplified } from './expression/canonical.js'
import type { Surroundings } from './expression/simplify.js'
import { keptName } from './names.js'
import { canonicalTypeText } from './type-spelling.js'
import { isSerial, storedType } from './types.js'

/** The table in the form in which two tables are equal exactly when the server makes them equal. */
export function canonical(table: Table): Table {
  const around = surroundingsOf(table.name, table.columns)
  const { columns, checks } = foldEnumChecks(table.columns, table.checks, around)
  const key = table.primaryKey
  return {
    name: table.name,
    columns: columns.map((column) =>
      canonicalColumn(column, around, key?.columns.includes(column.name) === true),
    ),
    // The server, Knex and people name a primary key in many ways, and nothing depends on the name.
    primaryKey: key === null ? null : { name: null, columns: key.columns },
    uniques: table.uniques.map((unique) => ({ ...unique, name: keptName(unique.name) })),
    indexes: table.indexes.map((index) => canonicalIndex(index, around)),
    foreignKeys: table.foreignKeys.map((foreignKey) => ({
      ...foreignKey,
      name: keptName(foreignKey.name),
    })),
    checks: checks.map((check) => ({
      name: keptName(check.name),
      sql: canonicalExpression(check.sql, around),
    })),
    comment: emptyAsNull(table.comment),
    // Storage engines and character sets are other engines'; what is this one's no model says.
    options: {},
  }
}

function canonicalColumn(column: Column, around: Surroundings, isKey: boolean): Column {
  const { generated } = column
  const counts = isSerial(column.type)
  return {
    name: column.name,
    type: canonicalType(column.type),
    nullable: column.nullable && !isKey && !counts && column.identity === null,
    default: counts || generated !== null ? null : canonicalDefault(column.default, column),
    generated:
      generated === null
        ? null
        : { sql: canonicalExpression(generated.sql, around), stored: generated.stored },
    identity: column.identity,
    collation: column.collation === 'default' ? null : emptyAsNull(column.collation),
    comment: emptyAsNull(column.comment),
  }
}

function canonicalType(type: ColumnType): ColumnType {
  if (type.kind === 'enum') return { kind: 'enum', values: type.values, native: type.native }
  if (!isSerial(type)) return { kind: 'native', text: storedType(type) }
  if (type.kind === 'increments' || type.kind === 'bigIncrements') return { kind: type.kind }
  const text = type.kind === 'native' ? canonicalTypeText(type.text) : ''
  if (text === 'serial') return { kind: 'increments' }
  return text === 'bigserial' ? { kind: 'bigIncrements' } : { kind: 'native', text }
}

function canonicalIndex(index: Index, around: Surroundings): Index {
  const method = index.method === null ? null : index.method.toLowerCase()
  return {
    name: keptName(index.name),
    unique: index.unique,
    parts: index.parts.map((part) => canonicalPart(part, around)),
    where: index.where === null ? null : canonicalExpression(index.where, around),
    method: method === 'btree' ? null : method,
    include: index.include,
    nullsNotDistinct: index.nullsNotDistinct,
  }
}

function canonicalPart(part: IndexPart, around: Surroundings): IndexPart {
  const ownNulls = part.order === 'asc' ? 'last' : 'first'
  return {
    on: 'sql' in part.on ? columnOrExpression(part.on.sql, around) : part.on,
    order: part.order,
    nulls: part.nulls === ownNulls ? null : part.nulls,
    collation: part.collation === 'default' ? null : part.collation,
    opclass: part.opclass,
    prefix: null,
  }
}

/** An expression that is only a column is one for the server too. */
function columnOrExpression(sql: string, around: Surroundings): IndexPart['on'] {
  const node = simplified(sql, around)
  const column = node?.kind === 'name' && node.parts.length === 1 ? node.parts[0] : undefined
  return column !== undefined && around.types.has(column)
    ? { column }
    : { sql: canonicalExpression(sql, around) }
}

function emptyAsNull(text: string | null): string | null {
  return text === '' ? null : text
}
