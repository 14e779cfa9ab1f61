/** A column and a key as the text that makes them. */
import type { Column } from '../../../schema/column.js'
import type { Check, ForeignKey, Index, IndexPart, Unique } from '../../../schema/table.js'
import { defaultText, plainDefault } from '../defaults.js'
import { enumCheck } from '../enum-check.js'
import { quote, quoteList } from '../names.js'
import { refused } from './refusals.js'
import { typeText } from '../types.js'

/** What stands behind a counting column's name. */
export const COUNTER = 'integer not null primary key autoincrement'

/** The types that a STRICT table takes (https://sqlite.org/stricttables.html). */
const STRICT_TYPES = new Set(['int', 'integer', 'real', 'text', 'blob', 'any'])

/** A column's definition; `references` may follow it inline. */
export function columnDefinition(column: Column): string {
  const words = [quote(column.name), columnType(column)]
  if (!isCounter(column)) words.push(...columnConstraints(column))
  return words.filter((word) => word !== '').join(' ')
}

export function isCounter(column: Column): boolean {
  return column.type.kind === 'increments' || column.type.kind === 'bigIncrements'
}

/** @throws MigrateError `SQLITE_REFUSED` where a STRICT table does not take the column's type */
export function expectStrictType(table: string, column: Column): void {
  const type = typeText(column.type).toLowerCase()
  if (STRICT_TYPES.has(type)) return
  throw refused(`${table} is STRICT and takes no column of type ${type}: ${column.name}.`, {
    why: `A STRICT table has only ${[...STRICT_TYPES].join(', ')}.`,
    fix: `Give ${column.name} one of these, as in table.specificType('${column.name}', 'text').`,
  })
}

export function collateText(collation: string): string {
  return `collate ${quote(collation)}`
}

export function generatedText(generated: NonNullable<Column['generated']>): string {
  return `generated always as (${generated.sql}) ${generated.stored ? 'stored' : 'virtual'}`
}

export function foreignKeyDefinition(key: ForeignKey): string {
  return `constraint ${quote(key.name)} foreign key (${quoteList(key.columns)}) ${referencesText(key)}`
}

/** The key as it stands behind its one column. */
export function inlineForeignKey(key: ForeignKey): string {
  return `constraint ${quote(key.name)} ${referencesText(key)}`
}

export function checkDefinition(check: Check): string {
  return `constraint ${quote(check.name)} check (${check.sql})`
}

export function primaryKeyDefinition(name: string | null, columns: readonly string[]): string {
  const named = name === null ? '' : `constraint ${quote(name)} `
  return `${named}primary key (${quoteList(columns)})`
}

export function createUnique(table: string, unique: Unique): string {
  return `create unique index ${quote(unique.name)} on ${quote(table)} (${quoteList(unique.columns)})`
}

export function createIndex(table: string, index: Index): string {
  const unique = index.unique ? 'unique ' : ''
  const where = index.where === null ? '' : ` where ${index.where}`
  const parts = index.parts.map(partText).join(', ')
  return `create ${unique}index ${quote(index.name)} on ${quote(table)} (${parts})${where}`
}

function columnType(column: Column): string {
  return isCounter(column) ? COUNTER : typeText(column.type)
}

function columnConstraints(column: Column): readonly string[] {
  const { type, generated } = column
  const value = generated === null ? plainDefault(column.default, type) : null
  return [
    column.nullable ? '' : 'not null',
    value === null ? '' : `default ${defaultText(value, type)}`,
    column.collation === null ? '' : collateText(column.collation),
    type.kind === 'enum' ? `check (${enumCheck(column.name, type.values)})` : '',
    generated === null ? '' : generatedText(generated),
  ]
}

function referencesText(key: ForeignKey): string {
  const words = [`references ${quote(key.refTable)} (${quoteList(key.refColumns)})`]
  if (key.onDelete !== null) words.push(`on delete ${key.onDelete}`)
  if (key.onUpdate !== null) words.push(`on update ${key.onUpdate}`)
  if (key.deferrable !== null) words.push(`deferrable initially ${key.deferrable}`)
  return words.join(' ')
}

function partText(part: IndexPart): string {
  const { on } = part
  const words = ['column' in on ? quote(on.column) : on.sql]
  if (part.collation !== null) words.push(collateText(part.collation))
  if (part.order === 'desc') words.push('desc')
  return words.join(' ')
}
