/** The index that a failed `create index concurrently` leaves: it stands, though nothing reads it. */
import type { Connection } from '../../connection.js'
import { quoteText } from '../names.js'
import { postgresConnection } from './session.js'
import { text } from '../catalog/rows.js'

const NAME = String.raw`(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)`
const CREATE = new RegExp(
  String.raw`^create (?:unique )?index concurrently (?:if not exists )?(?<index>(?!on )${NAME} )?on (?:only )?(?<table>${NAME}(?: ?\. ?${NAME})?)`,
  'iu',
)

/** An index that stands invalid, as SQL names it. */
interface Left {
  readonly name: string
  /** With its schema where it needs one. */
  readonly path: string
  /** Whether the statement names it; else the server will choose another name next time. */
  readonly isNamed: boolean
}

/**
 * What stands of a statement that failed outside a transaction, in words; nothing where it left
 * nothing. It reads only.
 */
export async function leftInvalid(connection: Connection, sql: string): Promise<readonly string[]> {
  const left = await invalidOf(connection, sql)
  if (left === null) return []
  const { name, path, isNamed } = left
  return [
    isNamed
      ? `The index ${name} that failed stands, invalid: the next run of the revision replaces it. Without one, drop index concurrently ${path}`
      : `The index ${name} that failed stands, invalid, and keeps its name taken: before you run again, drop index concurrently ${path}`,
  ]
}

/** The statements that take away what an earlier failure of this one left under its name. */
export async function clearInvalid(
  connection: Connection,
  sql: string,
): Promise<readonly string[]> {
  const left = await invalidOf(connection, sql)
  return left?.isNamed === true ? [`drop index concurrently ${left.path}`] : []
}

async function invalidOf(connection: Connection, sql: string): Promise<Left | null> {
  const { index, table } = CREATE.exec(withoutComments(sql))?.groups ?? {}
  if (table === undefined || postgresConnection(connection).sketch !== null) return null
  // One that another session still builds is not valid either; the name that nobody gave is the newest.
  const rows = await connection.query(`select format('%I', c.relname) as name,
      case when pg_table_is_visible(c.oid) then format('%I', c.relname) else format('%I.%I', n.nspname, c.relname) end as path
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where i.indrelid = to_regclass(${quoteText(table)}) and not i.indisvalid
      ${index === undefined ? '' : `and c.relname = (parse_ident(${quoteText(index)}))[1]::name`}
      and not exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid and p.pid <> pg_backend_pid())
    order by c.oid desc limit 1`)
  const [row] = rows
  if (row === undefined) return null
  return { name: text(row, 'name'), path: text(row, 'path'), isNamed: index !== undefined }
}

/** The statement with one space wherever its words are apart; quoted names stay as they are. */
function withoutComments(sql: string): string {
  return sql
    .replaceAll(
      /("(?:[^"]|"")*")|(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)+/g,
      (_, name: string | undefined) => name ?? ' ',
    )
    .trim()
}
