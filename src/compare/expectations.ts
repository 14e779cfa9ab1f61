/** What jsonSchema and relations say, held against the live table: told, never acted on. */
import type { ColumnType } from '../schema/column.js'
import type { DesiredTable, Expectation, Note } from '../schema/desired.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'

/**
 * A note for each relation without a foreign key, each property that can never fit its column, and
 * each property that is no column. A foreign key matches a relation in either direction.
 *
 * @param table the table as it will be: the live one, or the one that is created
 * @param keysOf the foreign keys of a table as they will be
 */
export function expectationNotes(
  desired: DesiredTable,
  table: Table,
  keysOf: (table: TableName) => readonly ForeignKey[],
): readonly Note[] {
  return desired.expectations.flatMap((expectation) =>
    expectation.kind === 'relation'
      ? relationNotes(expectation, table.name, keysOf)
      : propertyNotes(expectation, table, desired.table),
  )
}

type Relation = Extract<Expectation, { readonly kind: 'relation' }>
type Property = Extract<Expectation, { readonly kind: 'property' }>

function relationNotes(
  { where, columns, refTable, refColumns }: Relation,
  table: TableName,
  keysOf: (table: TableName) => readonly ForeignKey[],
): readonly Note[] {
  const has = (from: End, to: End): boolean =>
    keysOf(from.table).some((key) => joins(key, from, to))
  const own = { table, columns }
  const other = { table: refTable, columns: refColumns }
  if (has(own, other) || has(other, own)) return []
  const pair = `${table} (${columns.join(', ')}) and ${refTable} (${refColumns.join(', ')})`
  return [
    {
      code: 'RELATION_WITHOUT_KEY',
      message: `${where} joins ${pair}, and no foreign key does.`,
      where,
    },
  ]
}

interface End {
  readonly table: TableName
  readonly columns: readonly string[]
}

/** Whether a foreign key leads from one end to the other, whatever the order of its pairs. */
function joins(key: ForeignKey, from: End, to: End): boolean {
  if (key.refTable !== to.table || key.columns.length !== from.columns.length) return false
  return from.columns.every((column, at) => {
    const place = key.columns.indexOf(column)
    return place !== -1 && key.refColumns[place] === to.columns[at]
  })
}

function propertyNotes(
  { where, column: name, jsonTypes }: Property,
  table: Table,
  desired: Table,
): readonly Note[] {
  const column = table.columns.find((each) => each.name === name)
  if (column === undefined) {
    if (desired.columns.some((each) => each.name === name)) return []
    const message = `${where} is no column of ${table.name}, and the model does not make it one.`
    return [{ code: 'PROPERTY_WITHOUT_COLUMN', message, where }]
  }
  const types = jsonTypes.filter((type) => type !== 'null')
  if (types.length === 0) {
    if (column.nullable || !jsonTypes.includes('null')) return []
    const message = `${where} can only be null, and ${table.name}.${name} may not be.`
    return [{ code: 'PROPERTY_NEVER_FITS', message, where }]
  }
  if (types.some((type) => mayFit(type, column.type))) return []
  const message = `${where} is ${types.join(' or ')}, which never fits ${table.name}.${name}.`
  return [{ code: 'PROPERTY_NEVER_FITS', message, where }]
}

/** Whether a value of a JSON type may fit a column: drivers and databases convert more than one thinks. */
function mayFit(jsonType: string, type: ColumnType): boolean {
  switch (jsonType) {
    case 'object':
    case 'array':
      return holdsObjects(type)
    case 'boolean':
      return !isMoment(type) && type.kind !== 'uuid'
    case 'number':
    case 'integer':
      return type.kind !== 'uuid'
    default:
      return true
  }
}

/** Text takes serialised JSON; what only the engine can name may take anything. */
function holdsObjects(type: ColumnType): boolean {
  switch (type.kind) {
    case 'json':
    case 'jsonb':
    case 'text':
    case 'string':
    case 'binary':
    case 'set':
    case 'geometry':
    case 'geography':
    case 'point':
    case 'native':
      return true
    default:
      return false
  }
}

function isMoment(type: ColumnType): boolean {
  return ['date', 'time', 'timestamp', 'datetime'].includes(type.kind)
}
