/**
 * The names of a call as the table has them, for engines that compare names without their case:
 * `dropColumn('Email')` is about the column `email`.
 */
import type { IndexPart, Table, TableName } from '../../schema/table.js'
import { emptyTable } from '../../schema/table.js'
import type { TableWord } from './words.js'

/** How the table at hand spells a name. */
type Spell = (name: string) => string

/** A word with the spelling of what it finds in the table; what the table does not have stays as written. */
export function inStoredNames(word: TableWord, table: Table): TableWord {
  const column = spelling(table.columns.map(({ name }) => name))
  switch (word.kind) {
    case 'alterColumn': {
      const { stated } = word
      const name = column(stated.column.name)
      return { ...word, stated: { ...stated, column: { ...stated.column, name } } }
    }
    case 'nullability':
    case 'dropColumn':
      return { ...word, column: column(word.column) }
    case 'renameColumn':
      return { ...word, from: column(word.from) }
    case 'primary':
      return { ...word, key: { ...word.key, columns: word.key.columns.map(column) } }
    case 'unique':
      return { ...word, unique: { ...word.unique, columns: word.unique.columns.map(column) } }
    case 'index': {
      const { index } = word
      const parts = index.parts.map((part) => partIn(part, column))
      return { ...word, index: { ...index, parts, include: index.include.map(column) } }
    }
    case 'foreignKey': {
      const { foreignKey: key } = word
      const refColumns = key.refTable === table.name ? key.refColumns.map(column) : key.refColumns
      return { ...word, foreignKey: { ...key, columns: key.columns.map(column), refColumns } }
    }
    case 'drop': {
      const { dropped, what } = word
      const named = what === 'foreignKey' ? table.foreignKeys : [...table.uniques, ...table.indexes]
      const name = spelling(named.map((each) => each.name))(dropped.name)
      return { ...word, dropped: { ...dropped, name, columns: dropped.columns.map(column) } }
    }
    case 'dropCheck':
      return { ...word, name: spelling(table.checks.map(({ name }) => name))(word.name) }
    case 'column':
    case 'dropPrimary':
    case 'check':
    case 'comment':
    case 'options':
      return word
  }
}

/** The words of a new table, whose keys and indexes name its columns as these are spelled. */
export function inNamesOfOwnColumns(
  name: TableName,
  words: readonly TableWord[],
): readonly TableWord[] {
  const columns = words.flatMap((word) => (word.kind === 'column' ? [word.stated.column] : []))
  const table = { ...emptyTable(name), columns }
  return words.map((word) => inStoredNames(word, table))
}

function spelling(stored: readonly string[]): Spell {
  return (name) => {
    if (stored.includes(name)) return name
    const folded = name.toLowerCase()
    return stored.find((each) => each.toLowerCase() === folded) ?? name
  }
}

function partIn(part: IndexPart, column: Spell): IndexPart {
  return 'column' in part.on ? { ...part, on: { column: column(part.on.column) } } : part
}
