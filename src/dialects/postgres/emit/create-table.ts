/** The statements that create a table with all that is on it. */
import type { Column } from '../../../schema/column.js'
import type { Table, Unique } from '../../../schema/table.js'
import { quote, quoteName, quoteText } from '../names.js'
import { columnText, enumCheckText } from './column-text.js'
import {
  checkText,
  createIndexText,
  foreignKeyText,
  primaryKeyText,
  uniqueText,
} from './constraint-text.js'

/** `create table` with its keys and checks, then indexes and comments. */
export function createTableTexts(table: Table, version: number): readonly string[] {
  const taken = new Set(table.checks.map(({ name }) => name))
  const key = table.primaryKey
  const { inside, beside } = splitUniques(table)
  const parts = [
    ...table.columns.map((column) => columnText(column, version)),
    ...(key === null ? [] : [primaryKeyText(key)]),
    ...inside.map((unique) => uniqueText(unique, version)),
    ...table.columns.flatMap((column) => enumCheckText(table.name, column, taken) ?? []),
    ...table.checks.map(checkText),
    ...table.foreignKeys.map(foreignKeyText),
  ]
  const alter = `alter table ${quoteName(table.name)}`
  const { unlogged, inherits, with: parameters } = table.options
  const more = [
    ...(inherits === undefined || inherits === '' ? [] : [` inherits (${quoteName(inherits)})`]),
    ...(parameters === undefined || parameters === '' ? [] : [` with (${parameters})`]),
  ]
  return [
    `create ${unlogged === 'true' ? 'unlogged ' : ''}table ${quoteName(table.name)} (${parts.join(', ')})${more.join('')}`,
    ...beside.map((unique) => `${alter} add ${uniqueText(unique, version)}`),
    ...table.indexes.map((index) => createIndexText(table.name, index, version)),
    ...(table.comment === null || table.comment === ''
      ? []
      : [tableCommentText(table.name, table.comment)]),
    ...table.columns.flatMap((column) => columnCommentTexts(table.name, column)),
  ]
}

/** Of two keys over the same columns in one statement the server makes only one, without a word. */
function splitUniques({ primaryKey, uniques }: Table): {
  readonly inside: readonly Unique[]
  readonly beside: readonly Unique[]
} {
  const seen = new Set(primaryKey === null ? [] : [JSON.stringify(primaryKey.columns)])
  const repeated = new Set(
    uniques.filter(({ columns }) => {
      const key = JSON.stringify(columns)
      return seen.has(key) || !seen.add(key)
    }),
  )
  return {
    inside: uniques.filter((unique) => !repeated.has(unique)),
    beside: uniques.filter((unique) => repeated.has(unique)),
  }
}

export function tableCommentText(table: string, comment: string | null): string {
  return `comment on table ${quoteName(table)} is ${commentValue(comment)}`
}

/** The comment of a column that has one. */
export function columnCommentTexts(table: string, column: Column): readonly string[] {
  if (column.comment === null || column.comment === '') return []
  return [columnCommentText(table, column.name, column.comment)]
}

export function columnCommentText(table: string, column: string, comment: string | null): string {
  return `comment on column ${quoteName(table)}.${quote(column)} is ${commentValue(comment)}`
}

function commentValue(comment: string | null): string {
  return comment === null || comment === '' ? 'null' : quoteText(comment)
}
