/** Rows of the catalog as columns. */
import type { Column, DefaultValue, LiteralValue } from '../../../schema/column.js'
import type { Row } from '../../connection.js'
import { neutralExpression, withoutOuterParentheses } from '../expression/expression.js'
import type { ParsedType } from '../parse-type.js'
import { canonicalTypeText, isText, parseType } from '../parse-type.js'
import type { PhysicalColumn } from './physical.js'
import { quoteText } from '../quote.js'
import { neutralDefault } from './read-default.js'
import { type Server, text, textOrNull } from '../connection/server.js'
import { solidTokens, unquoted } from '../expression/tokens.js'
import { isCounter, neutralType } from '../types.js'

/** What a column is read with. */
export interface ColumnContext {
  readonly server: Server
  /** The collation of the table; one that a column has too is nothing of the column's. */
  readonly tableCollation: string
  /** The CHECKs that hang on columns, by the column's name, as the server prints them. */
  readonly checks: ReadonlyMap<string, string>
}

/** The column of a row. */
export function readColumn(row: Row, context: ColumnContext): PhysicalColumn {
  const { server } = context
  const name = text(row, 'name')
  const extra = text(row, 'extra').toLowerCase()
  const check = context.checks.get(name) ?? null
  const type = liveType(row, extra, check !== null && isJsonCheck(check, name))
  const generation = textOrNull(row, 'generation')
  const isGenerated = generation !== null && generation !== ''
  const collation = textOrNull(row, 'collation')
  const isOwn = isText(type) && collation !== null && collation !== context.tableCollation
  const comment = text(row, 'comment')
  const value = isGenerated ? null : liveDefault(row, type, server)
  const neutral = neutralType(type)
  const column: Column = {
    name,
    type: neutral,
    nullable: text(row, 'nullable') === 'YES',
    default: value,
    generated: isGenerated
      ? { sql: neutralExpression(unescaped(generation, server)), stored: extra.includes('stored') }
      : null,
    // A counter that is none of Knex's: signed, or of another size.
    identity: type.counts && !isCounter(neutral) ? 'byDefault' : null,
    collation: isOwn ? collation : null,
    comment: comment === '' ? null : comment,
  }
  return {
    column: extra.includes('on update') ? withOnUpdate(column, type) : column,
    check: type.base === 'json' ? null : check,
    invisible: extra.includes('invisible'),
  }
}

/** The text of an expression of the catalog; MySQL escapes the quotes in it once more. */
export function unescaped(sql: string, server: Server): string {
  return server.flavour === 'mysql' ? sql.replaceAll("\\'", "'") : sql
}

/** Whether a CHECK is the one by which MariaDB makes a text a json. */
function isJsonCheck(check: string, column: string): boolean {
  if (!/json_valid/i.test(check)) return false
  const tokens = withoutOuterParentheses(solidTokens(check)).map((token) => token.text)
  const [word, open, name, close, ...more] = tokens
  const isCall = word?.toLowerCase() === 'json_valid' && open === '(' && close === ')'
  return isCall && more.length === 0 && name !== undefined && unquoted(name) === column
}

function liveType(row: Row, extra: string, isJson: boolean): ParsedType {
  const spelled = text(row, 'type')
  const parsed = parseType(spelled)
  if (parsed === null) return { ...NO_TYPE, base: spelled }
  const counts = extra.includes('auto_increment')
  const base = isJson && parsed.base === 'longtext' ? 'json' : parsed.base
  return counts || base !== parsed.base ? { ...parsed, base, counts } : parsed
}

const NO_TYPE: Omit<ParsedType, 'base'> = {
  sizes: [],
  values: [],
  unsigned: false,
  zerofill: false,
  compressed: false,
  charset: null,
  collation: null,
  counts: false,
  onUpdateNow: false,
  nullable: null,
}

/**
 * The default of a row. MariaDB prints SQL, and `NULL` for a nullable column without one; MySQL prints
 * the bare value, and says in `extra` where it is an expression.
 */
function liveDefault(row: Row, type: ParsedType, server: Server): DefaultValue | null {
  const given = textOrNull(row, 'dflt')
  if (given === null) return null
  if (server.flavour === 'mariadb') return neutralDefault(given, type)
  const isExpression = /default_generated/i.test(text(row, 'extra'))
  const isPrinted = isExpression || /^current_timestamp/i.test(given) || type.base === 'bit'
  return neutralDefault(isPrinted ? unescaped(given, server) : quoteText(given), type)
}

/** `on update current_timestamp`, in the words in which Knex's users say it. */
function withOnUpdate(column: Column, type: ParsedType): Column {
  const digits = type.sizes[0]
  const now = digits === undefined ? 'current_timestamp' : `current_timestamp(${digits})`
  if (column.default === null && !column.nullable) {
    const spelled = `${canonicalTypeText(type)} on update ${now}`
    return { ...column, type: { kind: 'native', text: spelled } }
  }
  return {
    ...column,
    default: { kind: 'sql', text: `${firstHalf(column.default, now)} on update ${now}` },
  }
}

function firstHalf(value: DefaultValue | null, now: string): string {
  switch (value?.kind) {
    case undefined:
      return 'null'
    case 'now':
      return now
    case 'uuid':
      return 'uuid()'
    case 'literal':
      return literalText(value.value)
    case 'sql':
      return value.text
  }
}

function literalText(value: LiteralValue): string {
  return quoteText(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
