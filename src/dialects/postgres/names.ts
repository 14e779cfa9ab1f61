/** Names: how PostgreSQL quotes them, where a table's schema stands, and what stands in where nobody gave one. */
import type { TableName } from '../../schema/table.js'

/** An identifier in double quotes. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}

export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quote).join(', ')
}

/** A table's, type's or index's name, its schema quoted apart. */
export function quoteName(name: TableName): string {
  const { schema, bare } = splitName(name)
  return schema === null ? quote(bare) : `${quote(schema)}.${quote(bare)}`
}

export interface SplitName {
  /** Null where it is not said: the default schema. */
  readonly schema: string | null
  readonly bare: string
}

/** A name such as `users` or `app.users` in its parts: the first dot separates. */
export function splitName(name: string): SplitName {
  const dot = name.indexOf('.')
  if (dot === -1) return { schema: null, bare: name }
  return { schema: name.slice(0, dot), bare: name.slice(dot + 1) }
}

/** The name of something beside a table: `app.by_email` for an index of `app.users`. */
export function besideTable(table: TableName, name: string): string {
  const { schema } = splitName(table)
  return schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`
}

/** The name as the tool writes it: the default schema is not said. */
export function joinName(schema: string, bare: string, defaultSchema: string): string {
  return schema === defaultSchema ? bare : `${schema}.${bare}`
}

/** A text as a literal. */
export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  // A server may have standard_conforming_strings off; an escape string means the same on all.
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

/** At most so many bytes of an identifier count; the server cuts the rest off without a word. */
const LONGEST = 63

/**
 * The name that the server makes of two names and a label: `users_id_seq`. The longer of the two is
 * cut until all fits (makeObjectName in src/backend/commands/indexcmds.c).
 */
export function automaticName(first: string, second: string | null, label: string): string {
  const room = LONGEST - label.length - 1 - (second === null ? 0 : 1)
  let [a, b] = [byteLength(first), second === null ? 0 : byteLength(second)]
  while (a + b > room) {
    if (a > b) a -= 1
    else b -= 1
  }
  const parts = second === null ? [first] : [cut(first, a), cut(second, b)]
  return [...(second === null ? [cut(first, a)] : parts), label].join('_')
}

/** The name as the server keeps it. */
export function keptName(name: string): string {
  return cut(name, LONGEST)
}

function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

/** The longest beginning of a text that fits into so many bytes, no character cut in two. */
function cut(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text
  let kept = ''
  let length = 0
  for (const character of text) {
    length += byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}
