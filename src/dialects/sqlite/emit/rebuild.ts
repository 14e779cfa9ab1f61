/**
 * A table made anew with its rows, by SQLite's documented procedure (https://sqlite.org/lang_altertable.html,
 * section 7). Foreign keys must be off, which the frame sees to: with them on, DROP TABLE deletes the
 * rows of referencing tables.
 */
import { writeCreateTable } from '../text/create-table-text.js'
import { withoutQualifier } from '../expression.js'
import { fold, isSameName, quote, quoteList, quoteText } from '../names.js'
import { columnsOf, countingColumn, isRowidAlias, primaryKeyOf } from '../catalog/table-parts.js'
import type { TableState } from './table-state.js'

export interface Rebuild {
  readonly from: TableState
  readonly to: TableState
  /** Folded names of columns that `to` has under the name of another one in `from`. */
  readonly added: ReadonlySet<string>
  /** A name that no object of the database has. */
  readonly temporary: string
}

/** The statements, in order. What `to` holds unchanged comes back verbatim. */
export function rebuildStatements(rebuild: Rebuild): readonly string[] {
  const { from, to, temporary } = rebuild
  const table = quote(from.name)
  const fresh = quote(temporary)
  return [
    writeCreateTable(fresh, withoutOwnName(to)),
    copyRows(rebuild),
    ...keepSequence(rebuild),
    `drop table ${table}`,
    // Otherwise the rename stops at every view that reads the table, which is not there just now.
    'pragma legacy_alter_table = on',
    `alter table ${fresh} rename to ${table}`,
    'pragma legacy_alter_table = off',
    ...to.indexes.map((index) => index.sql),
    ...to.triggers,
  ]
}

/**
 * `or abort` overrides conflict clauses of the table, under which rows would vanish silently. Values
 * are copied as they are; generated ones are computed anew.
 */
function copyRows({ from, to, added, temporary }: Rebuild): string {
  const sources = columnsOf(from.text)
  const pairs = columnsOf(to.text).flatMap((column) => {
    const isGenerated = column.parts.some((part) => part.kind === 'generated')
    const source = sources.find((each) => isSameName(each.name, column.name))
    if (source === undefined || isGenerated || added.has(fold(column.name))) return []
    return [{ to: column.name, from: source.name }]
  })
  const rowid = rowidPair(from, to, pairs)
  const all = rowid === null ? pairs : [rowid, ...pairs]
  const select = all.length === 0 ? 'null' : quoteList(all.map((pair) => pair.from))
  // A table of which every column is new has nothing to copy but the number of its rows.
  const into = all.length === 0 ? [columnsOf(to.text)[0]?.name ?? ''] : all.map((pair) => pair.to)
  return `insert or abort into ${quote(temporary)} (${quoteList(into)}) select ${select} from ${quote(from.name)}`
}

/** The rowid, where both tables have one that no column of them stands for. */
function rowidPair(
  from: TableState,
  to: TableState,
  pairs: readonly { readonly to: string }[],
): { readonly to: string; readonly from: string } | null {
  if (from.text.withoutRowid || to.text.withoutRowid) return null
  const source = rowidName(from)
  const key = primaryKeyOf(to.text)
  const alias = isRowidAlias(to.text, key) ? key?.columns[0] : undefined
  if (alias !== undefined) {
    const isCopied = pairs.some((pair) => isSameName(pair.to, alias))
    return isCopied || source === null ? null : { to: alias, from: source }
  }
  const target = rowidName(to)
  return source === null || target === null ? null : { to: target, from: source }
}

/** One of the rowid's three names that no column has. */
function rowidName(state: TableState): string | null {
  const taken = new Set(columnsOf(state.text).map((column) => fold(column.name)))
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null
}

/** The highest number ever given by AUTOINCREMENT, which may be above every row's. */
function keepSequence({ from, to, temporary }: Rebuild): readonly string[] {
  if (countingColumn(from.text) === null || countingColumn(to.text) === null) return []
  const fresh = quoteText(temporary)
  return [
    `delete from sqlite_sequence where name = ${fresh}`,
    `insert into sqlite_sequence (name, seq) select ${fresh}, seq from sqlite_sequence where name = ${quoteText(from.name)}`,
  ]
}

/** The text without `table.` in its expressions: under the temporary name it would name nothing. */
function withoutOwnName(state: TableState): TableState['text'] {
  const { text, name } = state
  return {
    ...text,
    items: text.items.map((item) => ({ ...item, text: withoutQualifier(item.text, name) })),
  }
}
