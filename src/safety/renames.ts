/** What tables and columns are called now, while operations use the names after renames to come. */
import type { Dialect } from '../dialects/dialect.js'
import type { Operation } from '../operations/operation.js'
import type { TableName } from '../schema/table.js'

interface Origin {
  /** Its name now. */
  readonly table: TableName
  /** The names now of its renamed columns, by the names to come. */
  readonly columns: Map<string, string>
}

/** Tables by the names they will have; those that are renamed in nothing are not among them. */
export type Renames = Map<TableName, Origin>

/** Notes a rename; other operations rename nothing. */
export function noteRename(renames: Renames, operation: Operation): void {
  if (operation.kind === 'renameTable') {
    const { from, to } = operation
    renames.set(to, renames.get(from) ?? { table: from, columns: new Map() })
    renames.delete(from)
  } else if (operation.kind === 'renameColumn') {
    const { table, from, to } = operation
    const origin = renames.get(table) ?? { table, columns: new Map<string, string>() }
    origin.columns.set(to, origin.columns.get(from) ?? from)
    origin.columns.delete(from)
    renames.set(table, origin)
  }
}

/**
 * A table for the FROM of a query that uses the names to come, under an alias where one is given or
 * needed: its columns have their names of now and those to come.
 */
export function relation(
  { quote }: Pick<Dialect, 'quote'>,
  renames: Renames,
  table: TableName,
  alias: string | null = null,
): string {
  const quoted = (name: TableName): string => name.split('.').map(quote).join('.')
  const origin = renames.get(table) ?? { table, columns: new Map<string, string>() }
  const columns = [...origin.columns].map(([to, from]) => `${quote(from)} as ${quote(to)}`)
  const from = quoted(origin.table)
  if (columns.length === 0) return alias === null ? from : `${from} ${alias}`
  const own = alias ?? quote(table.split('.').at(-1) ?? table)
  return `(select ${from}.*, ${columns.join(', ')} from ${from}) ${own}`
}
