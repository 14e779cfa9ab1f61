/** Names: how SQLite compares them, how we quote them, and what stands in where nobody gave one. */

/** The form in which SQLite compares names: ASCII letters in lower case, others as they are. */
export function fold(name: string): string {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name
}

export function isSameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && fold(a) === fold(b))
}

/**
 * An identifier in backticks, as Knex writes them. In double quotes SQLite takes a name that is not
 * there for a string (https://sqlite.org/quirks.html, section 8); in backticks it is an error.
 */
export function quote(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``
}

export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quote).join(', ')
}

/** A text as a literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Knex's name for what is over columns: `users_team_id_foreign`. */
export function automaticName(
  table: string,
  columns: readonly string[],
  kind: 'foreign' | 'unique',
): string {
  return [table.replaceAll(/[.-]/g, '_'), ...columns, kind].join('_').toLowerCase()
}

/** PostgreSQL's name for a check that nobody named, over these columns of the table. */
export function automaticCheckName(table: string, columns: readonly string[]): string {
  const only = columns.length === 1 ? columns[0] : undefined
  return only === undefined ? `${table}_check` : `${table}_${only}_check`
}

/** `name`, with a number behind it where it is taken; taken from then on. */
export function takeName(taken: Set<string>, name: string): string {
  let free = name
  for (let number = 1; taken.has(fold(free)); number += 1) free = `${name}${number}`
  taken.add(fold(free))
  return free
}
