/**
 * What a column was declared as where a foreign key made it another whole number: MariaDB wants the
 * very type of the column that a key points at, PostgreSQL and SQLite do not. The comment of the key's
 * own index keeps the declared type, so that it is reported, compared and brought back.
 */
import type { ColumnType } from '../../../schema/column.js'
import { neutralType, typeText } from '../types.js'
import { parseType } from '../parse-type.js'

/** Declared types by column. */
export type Declared = ReadonlyMap<string, ColumnType>

const PREFIX = 'migrate-tui: declared as '

/** The comment of the index of a foreign key whose columns were declared otherwise. */
export function declaredComment(declared: Declared): string {
  const types = [...declared].map(([column, type]) => [column, typeText(type)])
  return PREFIX + JSON.stringify(Object.fromEntries(types))
}

/** What a comment tells; nothing where it is not ours. */
export function readDeclared(comment: string): Declared {
  const declared = new Map<string, ColumnType>()
  if (!comment.startsWith(PREFIX)) return declared
  for (const [column, text] of Object.entries(parsed(comment.slice(PREFIX.length)))) {
    const type = typeof text === 'string' ? parseType(text) : null
    if (type !== null) declared.set(column, neutralType(type))
  }
  return declared
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
