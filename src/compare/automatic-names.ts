/** Names that nobody chose: those Knex and the databases give to what is left unnamed. */
import type { TableName } from '../schema/table.js'

export type ConstraintKind = 'unique' | 'index' | 'foreignKey' | 'check'

/** What an automatic name is made of. */
export interface NamedObject {
  readonly kind: ConstraintKind
  readonly name: string
  /** The columns it covers, in order; for a check those it names. */
  readonly columns: readonly string[]
}

const SUFFIXES: Readonly<Record<ConstraintKind, readonly string[]>> = {
  unique: ['unique', 'key'],
  index: ['index', 'idx', 'unique'],
  foreignKey: ['foreign', 'fkey'],
  check: ['check'],
}

/**
 * Whether a name is one that Knex (`users_email_unique`) or a database (`users_email_key`,
 * `users_ibfk_1`, `users_email_check1`) gives on its own. `tables` are the names under which the
 * table goes or went; `reportedName` says what the database makes of a name that is too long for it.
 */
export function isAutomaticName(
  object: NamedObject,
  tables: readonly TableName[],
  reportedName: (name: string) => string,
): boolean {
  const name = object.name.toLowerCase()
  return tables.flatMap(formsOf).some((table) => {
    if (new RegExp(`^${escaped(table)}_(ibfk|chk)_\\d+$`).test(name)) return true
    const columns = [table, ...object.columns].join('_').toLowerCase()
    // A check over several columns, or over none, is named after the table alone.
    const stems = object.kind === 'check' ? [columns, table] : [columns]
    return SUFFIXES[object.kind].some((suffix) =>
      stems.some((stem) => isReported(name, `${stem}_${suffix}`, reportedName)),
    )
  })
}

/** With its schema, as Knex writes it into a name, and without, as databases do. */
function formsOf(table: TableName): readonly string[] {
  const flat = table.replaceAll(/[.-]/g, '_').toLowerCase()
  const dot = table.indexOf('.')
  return dot === -1
    ? [flat]
    : [
        flat,
        table
          .slice(dot + 1)
          .replaceAll('-', '_')
          .toLowerCase(),
      ]
}

/** Whether a name is the full one, numbered where it was taken, or what the database kept of it. */
function isReported(name: string, full: string, reportedName: (name: string) => string): boolean {
  const isNumbered = name.startsWith(full) && /^\d*$/.test(name.slice(full.length))
  return isNumbered || name === reportedName(full)
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, '\\$&')
}
