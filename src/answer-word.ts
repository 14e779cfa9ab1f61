/** Answers of `--rename` and `--fill` as one word, written and read. */

interface ColumnName {
  readonly table: string
  readonly column: string
}

interface RenamedNames {
  readonly table: string
  /** Null renames the table. */
  readonly column: string | null
  readonly to: string
}

// A name stands bare, or as in SQL in double quotes, where a double quote is written twice.
const quoted = '"(?:[^"]|"")+"'
const renameShape = new RegExp(
  `^((?:${quoted}|[^.:]+)(?:\\.(?:${quoted}|[^.:]+))*):(${quoted}|[^:]+)$`,
)
const fillShape = new RegExp(
  `^((?:${quoted}|[^.=]+)(?:\\.(?:${quoted}|[^.=]+))*?)\\.(${quoted}|[^.=]+)=(.+)$`,
  's',
)

/** `users.name:full_name`, `users."a.b":c`, `users:people`, `app.users:app.people`. */
export function renameWord({ table, column, to }: RenamedNames): string {
  if (column !== null) return `${columnWord({ table, column })}:${bare(to, /[.:]/)}`
  const isRead = !table.includes('.') || to.startsWith(schemaOf(table))
  return `${bare(table, isRead ? /:/ : /[.:]/)}:${bare(to, /:/)}`
}

/** `users.level`, `users."a.b"`. */
export function columnWord({ table, column }: ColumnName): string {
  return `${bare(table, /[:=]/)}.${bare(column, /[.:=]/)}`
}

/** Null where it is no rename. */
export function readRename(text: string): RenamedNames | null {
  const [, from, to] = renameShape.exec(text) ?? []
  if (from === undefined || to === undefined) return null
  const names = namesIn(from, '.:')
  const column = names.at(-1) ?? ''
  // The new name of a table in a schema is written with its schema; a column's has none.
  return names.length === 1 || to.startsWith(schemaOf(from))
    ? { table: names.join('.'), column: null, to: unquoted(to) }
    : { table: names.slice(0, -1).join('.'), column, to: unquoted(to) }
}

/** Null where it is no column with an expression. */
export function readFill(text: string): (ColumnName & { readonly sql: string }) | null {
  const [, table, column, sql] = fillShape.exec(text) ?? []
  if (table === undefined || column === undefined || sql === undefined) return null
  return { table: namesIn(table, '.=').join('.'), column: unquoted(column), sql }
}

function bare(name: string, signs: RegExp): string {
  return signs.test(name) || name.startsWith('"') ? `"${name.replaceAll('"', '""')}"` : name
}

function namesIn(text: string, ends: string): readonly string[] {
  const name = new RegExp(`(?:${quoted}(?=[${ends}]|$)|[^${ends}]+)`, 'g')
  return (text.match(name) ?? []).map(unquoted)
}

function unquoted(name: string): string {
  const isQuoted = new RegExp(`^${quoted}$`).test(name)
  return isQuoted ? name.slice(1, -1).replaceAll('""', '"') : name
}

function schemaOf(table: string): string {
  return `${table.slice(0, table.indexOf('.'))}.`
}
