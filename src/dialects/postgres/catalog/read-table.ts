/** One table out of catalog rows: in the neutral form, and what the catalog knows beyond it. */
import type { Column, ColumnType } from '../../../schema/column.js'
import type { Check, Table } from '../../../schema/table.js'
import type { Row } from '../../connection.js'
import { readDefault } from '../defaults.js'
import { foldEnumChecks, surroundingsOf } from '../enum-check.js'
import { joinName } from '../names.js'
import { readCheck, readForeignKey, readIndex, readPrimaryKey, readUnique } from './read-keys.js'
import { flag, number, numbers, text, textOrNull } from './rows.js'
import { bareExpression, withoutSchema } from './schema-text.js'
import { canonicalTypeText } from '../type-spelling.js'
import { readType } from '../types.js'

/** The rows about one table. */
export interface TableRows {
  readonly relation: Row
  readonly columns: readonly Row[]
  readonly constraints: readonly Row[]
  readonly indexes: readonly Row[]
  readonly sequences: readonly Row[]
}

/** What the rows of all tables are read with. */
export interface Reading {
  readonly defaultSchema: string
  /** The values of enum types, by their canonical text. */
  readonly enums: ReadonlyMap<string, { readonly name: string; readonly values: readonly string[] }>
}

/** A table as it stands. */
export interface LiveTable {
  readonly table: Table
  readonly schema: string
  /** The name without its schema. */
  readonly bare: string
  /** The name of the primary key, also where the server chose it. */
  readonly primaryKeyName: string | null
  /** The check behind each enum column. */
  readonly enumChecks: ReadonlyMap<string, Check>
  /** The sequence that each counting or identity column owns, as `schema.name`. */
  readonly sequences: ReadonlyMap<string, { readonly schema: string; readonly name: string }>
  /** Left by a concurrent build that failed. */
  readonly invalidIndexes: readonly string[]
  readonly exclusions: readonly string[]
}

/** The table that the rows are about. */
export function readTable(rows: TableRows, reading: Reading): LiveTable {
  const { defaultSchema } = reading
  const [schema, bare] = [text(rows.relation, 'schema'), text(rows.relation, 'name')]
  const name = joinName(schema, bare, defaultSchema)
  const names = new Map(rows.columns.map((row) => [number(row, 'number'), text(row, 'name')]))
  const columnName = (at: number): string => names.get(at) ?? ''
  const sequences = new Map(
    rows.sequences.map((row) => [
      columnName(number(row, 'number')),
      { schema: text(row, 'schema'), name: text(row, 'name') },
    ]),
  )
  const columns = rows.columns.map((row) => readColumn(row, reading, sequences))
  const constraints = (kind: string): readonly Row[] =>
    rows.constraints.filter((row) => row.kind === kind)
  const columnsOf = (row: Row): readonly string[] => numbers(row, 'columns').map(columnName)
  const folded = foldEnumChecks(
    columns,
    constraints('c').map((row) => readCheck(row, defaultSchema)),
    surroundingsOf(name, columns),
  )
  const [primaryKey] = constraints('p')
  const valid = rows.indexes.filter((row) => flag(row, 'is_valid'))
  return {
    table: {
      name,
      columns: folded.columns,
      primaryKey:
        primaryKey === undefined ? null : readPrimaryKey(primaryKey, columnsOf(primaryKey), bare),
      uniques: constraints('u').map((row) => readUnique(row, columnsOf(row))),
      indexes: valid.map((row) => readIndex(row, columnName, defaultSchema)),
      foreignKeys: constraints('f').map((row) =>
        readForeignKey(row, columnsOf(row), defaultSchema),
      ),
      checks: folded.checks,
      comment: textOrNull(rows.relation, 'comment'),
      options: readOptions(rows.relation),
    },
    schema,
    bare,
    primaryKeyName: primaryKey === undefined ? null : text(primaryKey, 'name'),
    enumChecks: folded.enums,
    sequences,
    invalidIndexes: rows.indexes
      .filter((row) => !flag(row, 'is_valid'))
      .map((row) => text(row, 'name')),
    exclusions: constraints('x').map((row) => text(row, 'name')),
  }
}

function readColumn(row: Row, reading: Reading, sequences: LiveTable['sequences']): Column {
  const name = text(row, 'name')
  const printed = withoutSchema(text(row, 'type'), reading.defaultSchema)
  const value = textOrNull(row, 'value')
  const generated = text(row, 'generated')
  const expression = value === null ? null : withoutSchema(value, reading.defaultSchema)
  const identity = text(row, 'identity')
  const sequence = identity === '' ? sequences.get(name) : undefined
  const counts = sequence !== undefined && isNextOf(value, sequence)
  return {
    name,
    type: counts ? serialType(printed) : readColumnType(printed, flag(row, 'is_enum'), reading),
    nullable: !flag(row, 'not_null'),
    default:
      generated === '' && !counts ? readDefault(expression, canonicalTypeText(printed)) : null,
    generated:
      generated === '' || expression === null
        ? null
        : { sql: bareExpression(expression), stored: generated === 's' },
    identity: identity === 'a' ? 'always' : identity === 'd' ? 'byDefault' : null,
    collation: textOrNull(row, 'collation'),
    comment: textOrNull(row, 'comment'),
  }
}

function readColumnType(printed: string, isEnum: boolean, reading: Reading): ColumnType {
  const known = isEnum ? reading.enums.get(printed) : undefined
  if (known !== undefined) return { kind: 'enum', values: known.values, native: known.name }
  return readType(printed)
}

/** Whether a default is the next value of this sequence. */
function isNextOf(
  value: string | null,
  sequence: { readonly schema: string; readonly name: string },
): boolean {
  const named = /^nextval\('((?:[^']|'')*)'::(?:pg_catalog\.)?regclass\)$/.exec(value ?? '')?.[1]
  if (named === undefined) return false
  const plain = named
    .replaceAll("''", "'")
    .replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'))
  return plain === `${sequence.schema}.${sequence.name}` || plain === sequence.name
}

function serialType(printed: string): ColumnType {
  if (printed === 'bigint') return { kind: 'bigIncrements' }
  return printed === 'integer' ? { kind: 'increments' } : { kind: 'native', text: 'smallserial' }
}

/** What only this engine has a word for, kept so that a dropped table can come back as it was. */
function readOptions(relation: Row): Readonly<Record<string, string>> {
  const parameters = textOrNull(relation, 'options')
  return {
    ...(flag(relation, 'unlogged') ? { unlogged: 'true' } : {}),
    ...(parameters === null ? {} : { with: parameters }),
  }
}
