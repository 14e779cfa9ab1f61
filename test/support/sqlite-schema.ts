/** The structure of a SQLite database as its pragmas tell it, to be compared before and after. */
import type { TestProject } from './project.js'

/** Columns, keys and indexes of every table but our own, in a stable order; row order of columns apart. */
export function schemaText(project: TestProject): unknown {
  const tables = project
    .rows(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'migrate\\_tui\\_%' escape '\\' order by name`,
    )
    .map((row) => String(row.name))
  return tables.map((table) => ({
    table,
    columns: sorted(
      project.rows(
        `select name, type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(${literal(table)})`,
      ),
    ),
    keys: sorted(
      project.rows(
        `select "table", "from", "to", on_update, on_delete, match, seq from pragma_foreign_key_list(${literal(table)})`,
      ),
    ),
    indexes: sorted(
      project.rows(
        `select i.name, i."unique", i.partial, x.seqno, x.name as part, x.desc, x.coll from pragma_index_list(${literal(table)}) i join pragma_index_xinfo(i.name) x where x.key = 1 and i.origin <> 'pk'`,
      ),
    ),
  }))
}

function sorted(rows: readonly Record<string, unknown>[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
