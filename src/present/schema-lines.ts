/** A schema as the tool sees it, table by table. */
import {
  columnText,
  foreignKeyText,
  indexText,
  optionsText,
  primaryKeyText,
  uniqueText,
  valuesText,
} from '../operations/describe.js'
import type { EnumType } from '../schema/schema.js'
import type { Table } from '../schema/table.js'
import type { InspectDocument } from '../workflows/documents.js'
import { cleanLine } from './clean.js'
import { joinBlocks } from './comparison-lines.js'
import type { Look } from './look.js'
import { counted, tableLines } from './text-width.js'

/** Every table with its columns, keys, indexes and checks. */
export function schemaLines(document: InspectDocument, look: Look): readonly string[] {
  return joinBlocks([
    ...document.tables.map((table) => tableBlock(table, look)),
    document.enums.map((type) => enumLine(type, look)),
    [look.theme.faint(`${counted(document.tables.length, 'table')} (${document.dialect}).`)],
  ])
}

function tableBlock(table: Table, look: Look): readonly string[] {
  const { theme } = look
  const columns = table.columns.map((column) => [
    { text: `  ${cleanLine(column.name)}`, style: theme.name },
    { text: cleanLine(columnText(column)) },
  ])
  return [
    theme.strong(cleanLine(table.name)),
    ...tableLines(columns, look),
    ...constraintTexts(table).map((text) => `  ${cleanLine(text)}`),
  ]
}

function constraintTexts(table: Table): readonly string[] {
  return [
    ...(table.primaryKey === null ? [] : [`primary key ${primaryKeyText(table.primaryKey)}`]),
    ...table.uniques.map((unique) => `unique ${unique.name} ${uniqueText(unique)}`),
    ...table.indexes.map(
      (index) => `${index.unique ? 'unique index' : 'index'} ${index.name} ${indexText(index)}`,
    ),
    ...table.foreignKeys.map((key) => `foreign key ${key.name} ${foreignKeyText(key)}`),
    ...table.checks.map((check) => `check ${check.name} ${check.sql}`),
    ...(table.comment === null ? [] : [`comment ${table.comment}`]),
    ...(Object.keys(table.options).length === 0 ? [] : [`options ${optionsText(table.options)}`]),
  ]
}

function enumLine(type: EnumType, { theme }: Look): string {
  return `${theme.strong(`enum ${cleanLine(type.name)}`)}  ${cleanLine(valuesText(type.values))}`
}
