/**
 * The values of enums and sets as the server holds them. Its catalog has three bytes a sign and shows
 * one of four as a question mark; a variable of the column's own type holds it whole.
 */
import type { Connection, Row } from '../../connection.js'
import { catalogText } from '../catalog-text.js'
import { isAtLeast, type Server, text, textOrNull } from '../connection/server.js'
import { type ParsedType, parseType } from '../parse-type.js'
import { quote, quoteText } from '../quote.js'

/** Rows of columns with the values of their enums and sets, and defaults that are one, in full. */
export async function withWideLabels(
  connection: Connection,
  server: Server,
  { database, rows }: { readonly database: string; readonly rows: readonly Row[] },
): Promise<readonly Row[]> {
  // MySQL has no block outside a routine.
  if (!isAtLeast(server, { mariadb: [10, 3], mysql: null })) return rows
  const whole: Row[] = []
  for (const row of rows) {
    const type = shortened(row)
    const labels = type === null ? null : await labelsOf(connection, { database, row, type })
    whole.push(type === null || labels === null ? row : withLabels(row, type, labels))
  }
  return whole
}

/** The type of a column in whose values a question mark may stand for another sign. */
function shortened(row: Row): ParsedType | null {
  const spelled = text(row, 'type')
  if (!/^(?:enum|set)\(.*\?/s.test(spelled)) return null
  return parseType(spelled)
}

async function labelsOf(
  connection: Connection,
  {
    database,
    row,
    type,
  }: { readonly database: string; readonly row: Row; readonly type: ParsedType },
): Promise<readonly string[] | null> {
  const column = [database, text(row, 'tbl'), text(row, 'name')].map(quote).join('.')
  const numbers = type.values.map((_, at) =>
    String(type.base === 'set' ? 1n << BigInt(at) : at + 1),
  )
  const steps = numbers.map(
    (number) =>
      `set v = ${number}; set @migrate_tui_labels = concat_ws(',', @migrate_tui_labels, hex(convert(v using utf8mb4)));`,
  )
  try {
    await connection.execute(
      `begin not atomic declare v type of ${column}; set @migrate_tui_labels = null; ${steps.join(' ')} end`,
    )
    const [found] = await connection.query('select @migrate_tui_labels as labels')
    const labels = found === undefined ? null : textOrNull(found, 'labels')
    return labels === null
      ? null
      : labels.split(',').map((hex) => Buffer.from(hex, 'hex').toString('utf8'))
  } catch {
    // Who may not read the column is told what the catalog says of it.
    return null
  }
}

function withLabels(row: Row, type: ParsedType, labels: readonly string[]): Row {
  const given = textOrNull(row, 'dflt')
  const value = labels.find((label) => quoteText(catalogText(label)) === given)
  return {
    ...row,
    type: `${type.base}(${labels.map((label) => quoteText(label)).join(',')})`,
    dflt: value === undefined ? given : quoteText(value),
  }
}
