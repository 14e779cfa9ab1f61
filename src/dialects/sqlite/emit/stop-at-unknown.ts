/** Statements that stop a script where a table has what its author could not know: a rebuild would leave it behind. */
import { columnsOf } from '../catalog/table-parts.js'
import { quote, quoteText } from '../names.js'
import type { TableState } from './table-state.js'

const UNKNOWN = quote('migrate_tui_unknown')

/** What SQLite says when it stops: the name of a constraint that failed. */
const REASON = quote('no revision made this column, index or trigger, and a rebuild would lose it')

/** Before a rebuild of the table on another database than the one that was looked at. */
export function stopAtUnknown({ name, text, indexes, triggers }: TableState): readonly string[] {
  const table = quoteText(name)
  const columns = listed(columnsOf(text).map((column) => column.name))
  const known = listed(indexes.map((index) => index.name))
  const objects = `select name from sqlite_master where tbl_name = ${table} collate nocase`
  return [
    `create temp table if not exists ${UNKNOWN} (name text, constraint ${REASON} check (name is null))`,
    [
      `insert into temp.${UNKNOWN} (name)`,
      `select name from pragma_table_xinfo(${table}) where name collate nocase not in ${columns}`,
      `union all ${objects} and type = 'index' and sql is not null and name collate nocase not in ${known}`,
      // Only the texts of triggers are kept.
      `union all select name from (${objects} and type = 'trigger' limit -1 offset ${triggers.length})`,
    ].join(' '),
  ]
}

function listed(names: readonly string[]): string {
  return `(${names.map(quoteText).join(', ')})`
}
