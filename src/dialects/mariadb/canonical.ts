/** The one form of all tables that this engine reports alike. */
import type { Column, ColumnType } from '../../schema/column.js'
import type {
  Check,
  ForeignKey,
  Index,
  IndexPart,
  Table,
  TableOptions,
  Unique,
} from '../../schema/table.js'
import { canonicalExpression } from './expression/canonical-expression.js'
import { catalogComment, catalogDefault } from './catalog-text.js'
import { canonicalDefault } from './defaults.js'
import { physicalIndex } from './catalog/neutral-table.js'
import { isText } from './parse-type.js'
import { plainColumns } from './catalog/physical.js'
import { withKeyIndexes, withoutSupport } from './catalog/support-index.js'
import { engineOf, holdsForeignKeys } from './storage-engine.js'
import { canonicalType, counts, parsedType } from './types.js'

/**
 * The table as MariaDB would report it back; what it cannot hold is left out. Idempotent. `like` is the
 * table that a live one is held against: where stock Knex writes another type or leaves a default out,
 * and for options, of which only those count that it states, the live one takes the form of that.
 * `usual` are the options of a table that states none.
 */
export function canonicalTable(
  table: Table,
  like: Table | null = null,
  usual: TableOptions = {},
): Table {
  const all = canonicalOptions(table.options)
  const own = withoutUsual(table.options, usual)
  const options = like === null ? own : optionsLike(own, like.options)
  const key = table.primaryKey?.columns ?? []
  const isIn = (column: Column): boolean => key.includes(column.name)
  const holdsKeys = holdsForeignKeys(engineOf(table.options) ?? usual.engine ?? 'innodb')
  const indexes = (holdsKeys ? withoutSupport(table) : withKeyIndexes(table)).map(canonicalIndex)
  return {
    name: table.name,
    columns: table.columns.map((column) => {
      const other = like?.columns.find((each) => each.name === column.name)
      const own = other === undefined ? column : writtenLike(column, other)
      return canonicalColumn(own, all, isIn(column))
    }),
    // Every primary key is called PRIMARY.
    primaryKey: key.length === 0 ? null : { name: null, columns: key },
    uniques: [
      ...table.uniques.map(canonicalUnique),
      ...indexes.flatMap((each) => asUnique(each) ?? []),
    ],
    indexes: indexes.filter((each) => asUnique(each) === null),
    foreignKeys: holdsKeys ? table.foreignKeys.map(canonicalForeignKey) : [],
    checks: table.checks.map(canonicalCheck),
    comment: catalogComment(table.comment),
    options,
  }
}

/** A live column as the other one, where Knex writes for the other what the live one is. */
function writtenLike(column: Column, like: Column): Column {
  // Knex leaves the default of a text out here.
  const hasLostDefault =
    column.type.kind === 'text' && column.default === null && like.default !== null
  return {
    ...column,
    type: typeLike(column.type, like.type),
    default: hasLostDefault ? like.default : column.default,
  }
}

function typeLike(type: ColumnType, like: ColumnType): ColumnType {
  const isKnexFloat =
    type.kind === 'float' && type.precision === 8 && type.scale === 2 && like.kind === 'float'
  if (isKnexFloat && like.precision === null) return { ...type, precision: null, scale: null }
  // `tinyint('x', 1)`: the server reports the width that stands for a boolean, and stores the same.
  const isNarrow = type.kind === 'boolean' && like.kind === 'tinyint' && !like.unsigned
  return isNarrow ? like : type
}

/** Only what is stated is compared. */
function optionsLike(options: TableOptions, other: TableOptions): TableOptions {
  const like = { ...lowerKeys(other), ...canonicalOptions(other) }
  const isStated = (key: string): boolean =>
    key in like ||
    (key === 'collate' && 'charset' in like) ||
    (key === 'charset' && 'collate' in like)
  return Object.fromEntries(Object.entries(options).filter(([key]) => isStated(key)))
}

/** The options without those that the table would have if it did not state them. */
function withoutUsual(options: TableOptions, usual: TableOptions): TableOptions {
  const said = lowerKeys(options)
  const { charset, collate, ...others } = canonicalOptions({ ...said, engine: 'innodb' })
  const engine = said.engine?.toLowerCase()
  const isUsualEngine = engine === (usual.engine ?? 'innodb').toLowerCase()
  const stated = said.collate ?? ''
  const isUsualText =
    stated === '' ? charset === usual.charset : collationName(stated) === usual.collate
  return {
    ...(engine === undefined || isUsualEngine ? {} : { engine }),
    ...(charset === undefined || isUsualText ? {} : { charset }),
    ...(collate === undefined || isUsualText ? {} : { collate }),
    ...others,
  }
}

function canonicalColumn(column: Column, options: TableOptions, isInKey: boolean): Column {
  const parsed = parsedType(column.type)
  const isCounting = counts(column)
  const isGenerated = column.generated !== null
  const said =
    column.collation ?? parsed?.collation ?? DEFAULT_COLLATIONS[parsed?.charset ?? ''] ?? null
  const collation = said === null ? null : collationName(said)
  const hasCollation = parsed === null || isText(parsed)
  return {
    name: column.name,
    type: canonicalType(column),
    nullable: isGenerated || ((parsed?.nullable ?? column.nullable) && !isInKey && !isCounting),
    default:
      isGenerated || isCounting
        ? null
        : catalogDefault(canonicalDefault(column.default, column.type)),
    generated:
      column.generated === null
        ? null
        : { ...column.generated, sql: canonicalExpression(column.generated.sql) },
    identity: null,
    collation: hasCollation && collation !== collationOf(options) ? collation : null,
    comment: catalogComment(column.comment),
  }
}

function canonicalUnique(unique: Unique): Unique {
  return { ...unique, deferrable: null, nullsNotDistinct: false }
}

function canonicalIndex(index: Index): Index {
  return {
    name: index.name,
    unique: index.unique,
    parts: index.parts.map((part) => canonicalPart(part)),
    where: null,
    method: physicalIndex(index).method,
    include: [],
    nullsNotDistinct: false,
  }
}

function canonicalPart(part: IndexPart): IndexPart {
  return {
    on: 'column' in part.on ? part.on : { sql: canonicalExpression(part.on.sql) },
    order: part.order,
    nulls: null,
    collation: null,
    opclass: null,
    prefix: part.prefix,
  }
}

/** A plain unique index is a uniqueness rule: the engine has no other. */
function asUnique(index: Index): Unique | null {
  const columns = plainColumns(physicalIndex(index))
  const isPlain = index.unique && index.parts.every((part) => part.order === 'asc')
  return isPlain && columns !== null
    ? { name: index.name, columns, deferrable: null, nullsNotDistinct: false }
    : null
}

function canonicalForeignKey(key: ForeignKey): ForeignKey {
  const action = (said: ForeignKey['onDelete']): ForeignKey['onDelete'] =>
    said === 'restrict' ? null : said
  return {
    ...key,
    onDelete: action(key.onDelete),
    onUpdate: action(key.onUpdate),
    deferrable: null,
  }
}

function canonicalCheck(check: Check): Check {
  return { name: check.name, sql: canonicalExpression(check.sql, true) }
}

/** What is the default everywhere says nothing; of a collation and its character set the first is enough. */
function canonicalOptions(options: TableOptions): TableOptions {
  const { engine, charset, collate, ...others } = lowerKeys(options)
  const own =
    engine === undefined || /^innodb$/i.test(engine) ? {} : { engine: engine.toLowerCase() }
  return { ...own, ...charsetOptions(charset, collate), ...knownOptions(others) }
}

function charsetOptions(charset: string | undefined, collate: string | undefined): TableOptions {
  if (collate !== undefined && collate !== '') {
    const name = collationName(collate)
    const set = name.replace(/_.*$/, '')
    return DEFAULT_COLLATIONS[set] === name ? { charset: set } : { collate: name }
  }
  return charset === undefined || charset === '' ? {} : { charset: collationName(charset) }
}

/** The collation that canonical options give the columns of a table; undefined where the database does. */
function collationOf(options: TableOptions): string | undefined {
  return options.collate ?? DEFAULT_COLLATIONS[options.charset ?? '']
}

/** Options of other engines (PostgreSQL's `inherits`) have no place here. */
function knownOptions(options: TableOptions): TableOptions {
  const format = options.rowformat ?? options.row_format
  return format === undefined || format === '' || format.toLowerCase() === 'default'
    ? {}
    : { rowFormat: format.toLowerCase() }
}

function lowerKeys(options: TableOptions): TableOptions {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key.toLowerCase(), value]),
  )
}

/** `utf8` is an alias, and case says nothing. */
function collationName(name: string): string {
  return name.toLowerCase().replace(/^utf8(?=_|$)/, 'utf8mb3')
}

// Those of utf8mb4 and ucs2 differ from server to server.
const DEFAULT_COLLATIONS: Readonly<Record<string, string>> = {
  ascii: 'ascii_general_ci',
  binary: 'binary',
  latin1: 'latin1_swedish_ci',
  latin2: 'latin2_general_ci',
  cp1250: 'cp1250_general_ci',
  cp1251: 'cp1251_general_ci',
  greek: 'greek_general_ci',
  sjis: 'sjis_japanese_ci',
}
