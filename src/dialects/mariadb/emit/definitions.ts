/** The texts of columns, keys and constraints, as they stand in CREATE TABLE and behind ADD. */
import type { Column } from '../../../schema/column.js'
import type {
  Check,
  ForeignKey,
  IndexPart,
  ReferentialAction,
  TableOptions,
} from '../../../schema/table.js'
import { defaultParts, defaultText, nowText } from '../defaults.js'
import { serverExpression } from '../expression/expression.js'
import type { ParsedType } from '../parse-type.js'
import { canonicalTypeText } from '../parse-type.js'
import type { PhysicalColumn, PhysicalIndex } from '../catalog/physical.js'
import { quote, quoteList, quoteTable, quoteText } from '../quote.js'
import { refused } from '../refusals.js'
import { isAtLeast, type Server } from '../connection/server.js'
import { counts, parsedType, typeText } from '../types.js'

/** A column: `` `age` int not null default 3 ``. */
export function columnDefinition(physical: PhysicalColumn, server: Server): string {
  const { column } = physical
  const parsed = parsedType(column.type)
  const parts = [quote(column.name), ...typeParts(column, parsed, server)]
  if (column.generated !== null) {
    const kind = column.generated.stored ? 'stored' : 'virtual'
    parts.push(`generated always as (${serverExpression(column.generated.sql, server)}) ${kind}`)
  } else {
    parts.push(...valueParts(column, parsed, server))
  }
  if (physical.invisible) parts.push('invisible')
  if (column.comment !== null && column.comment !== '') {
    parts.push(`comment ${quoteText(column.comment, server)}`)
  }
  if (physical.check !== null) parts.push(`check (${serverExpression(physical.check, server)})`)
  return parts.join(' ')
}

/** How values of a column are stored: its type and collation, as they stand in its definition. */
export function storedForm(column: Column, server: Server): string {
  return typeParts(column, parsedType(column.type), server).join(' ')
}

function typeParts(column: Column, parsed: ParsedType | null, server: Server): readonly string[] {
  if (column.type.kind === 'geography') {
    throw refused(`The column ${column.name} is a geography, which there is none of here.`, {
      why: 'Neither MariaDB nor MySQL has that type.',
      fix: 'Use table.geometry or table.point.',
    })
  }
  // A native type may have clauses behind it; they are said in their own places.
  const isNative = column.type.kind === 'native' && parsed !== null
  const type = isNative
    ? canonicalTypeText({ ...parsed, counts: false })
    : typeText(column.type, server)
  const collation = column.collation ?? parsed?.collation ?? null
  if (collation !== null) return [type, `collate ${quote(collation)}`]
  const charset = parsed?.charset ?? null
  return charset === null ? [type] : [type, `character set ${quote(charset)}`]
}

function valueParts(column: Column, parsed: ParsedType | null, server: Server): readonly string[] {
  const { value, onUpdateNow } = defaultParts(column.default)
  const isCounting = counts(column)
  const mayBeNull = !isCounting && (parsed?.nullable ?? column.nullable)
  // A timestamp is not null on older servers where nothing is said.
  const parts = [mayBeNull ? 'null' : 'not null']
  if (value !== null && !isCounting) {
    const text = defaultText(value, column.type, server)
    const needsParentheses =
      server.flavour === 'mysql' && /text$|blob$|^json$|^geometry$/.test(parsed?.base ?? '')
    parts.push(`default ${needsParentheses && !text.startsWith('(') ? `(${text})` : text}`)
  } else if (onUpdateNow && mayBeNull) parts.push('default null')
  if (onUpdateNow || parsed?.onUpdateNow === true) parts.push(`on update ${nowText(parsed)}`)
  if (isCounting) parts.push('auto_increment')
  return parts
}

/** An index: ``unique key `by_name` (`name`(20) desc)``. */
export function indexDefinition(index: PhysicalIndex, context: IndexContext): string {
  const kind = index.unique ? 'unique key' : `${index.method ?? ''} key`.trim()
  const parts = index.parts.map((part) => indexPart(part, index, context)).join(', ')
  const comment = index.comment === '' ? '' : ` comment ${quoteText(index.comment, context.server)}`
  return `${kind} ${quote(index.name)} (${parts})${comment}`
}

export interface IndexContext {
  readonly server: Server
  readonly columns: readonly PhysicalColumn[]
}

function indexPart(part: IndexPart, index: PhysicalIndex, context: IndexContext): string {
  const order = part.order === 'desc' ? ' desc' : ''
  if ('sql' in part.on) {
    if (!isAtLeast(context.server, { mariadb: null, mysql: [8, 0, 13] })) {
      throw refused(`The index ${index.name} is over an expression, which cannot be had here.`, {
        why: 'MariaDB indexes columns alone.',
        fix: "Give the table a generated column with that expression (table.specificType('…', '… generated always as (…) stored')) and index that.",
      })
    }
    return `(${serverExpression(part.on.sql, context.server)})${order}`
  }
  const prefix = part.prefix ?? neededPrefix(part.on.column, index, context)
  return `${quote(part.on.column)}${prefix === null ? '' : `(${prefix})`}${order}`
}

/** MySQL wants to be told how much of a text to index; MariaDB takes as much as there is room for. */
function neededPrefix(
  column: string,
  index: PhysicalIndex,
  { server, columns }: IndexContext,
): number | null {
  if (server.flavour === 'mariadb' || index.method !== null) return null
  const found = columns.find((each) => each.column.name === column)
  const base = found === undefined ? '' : (parsedType(found.column.type)?.base ?? '')
  return /text$|blob$/.test(base) ? 768 : null
}

/** A foreign key with its name. */
export function foreignKeyDefinition(name: string, key: ForeignKey): string {
  const actions = [
    ...actionText('delete', key.onDelete, key),
    ...actionText('update', key.onUpdate, key),
  ]
  return [
    `constraint ${quote(name)} foreign key (${quoteList(key.columns)})`,
    `references ${quoteTable(key.refTable)} (${quoteList(key.refColumns)})`,
    ...actions,
  ].join(' ')
}

function actionText(
  on: 'delete' | 'update',
  action: ReferentialAction | null,
  key: ForeignKey,
): readonly string[] {
  if (action === null) return []
  if (action === 'set default') {
    throw refused(`The foreign key ${key.name} sets a default, which InnoDB does not do.`, {
      why: 'It takes the words, and then refuses every change that would need them.',
      fix: 'Use CASCADE, SET NULL or RESTRICT.',
    })
  }
  return [`on ${on} ${action}`]
}

/** A check with its name. */
export function checkDefinition(check: Check, server: Server): string {
  return `constraint ${quote(check.name)} check (${serverExpression(check.sql, server)})`
}

/** The options of a table; what is not among them is what the database gives. */
export function optionTexts(options: TableOptions): readonly string[] {
  const found = Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key.toLowerCase(), value]),
  )
  const { engine, charset, collate } = found
  const format = found.rowformat ?? found.row_format
  return [
    ...(engine === undefined ? [] : [`engine = ${word(engine, 'engine')}`]),
    ...(charset === undefined ? [] : [`default character set ${word(charset, 'charset')}`]),
    ...(collate === undefined ? [] : [`collate ${word(collate, 'collate')}`]),
    ...(format === undefined ? [] : [`row_format = ${word(format, 'rowFormat')}`]),
  ]
}

/** Options stand without quotes, so nothing but a word may be one. */
function word(value: string, key: string): string {
  if (/^\w+$/.test(value)) return value
  throw refused(`The table option ${key} is ${JSON.stringify(value)}.`, {
    why: 'An option is one word.',
    fix: `Give ${key} a word that the server knows.`,
  })
}
