/** A column as it stands in `create table` and `add column`. */
import type { Column, Generated } from '../../../schema/column.js'
import { emittedDefault, writtenDefault } from '../defaults.js'
import { enumCondition } from '../enum-check.js'
import { automaticName, quote, quoteText, splitName } from '../names.js'
import { emittedType, isSerial } from '../types.js'
import { tooOld } from './refuse.js'

/** The definition of a column, without keys and checks. */
export function columnText(column: Column, version: number): string {
  const parts = [quote(column.name), emittedType(column.type)]
  const value = writtenDefault(column)
  if (column.collation !== null && column.collation !== '')
    parts.push(`collate ${quote(column.collation)}`)
  if (column.generated !== null) parts.push(generatedText(column.generated, version))
  else if (column.identity !== null) parts.push(identityText(column.identity))
  else if (value !== null && !isSerial(column.type)) {
    parts.push(`default ${emittedDefault(value, column)}`)
  }
  if (!column.nullable && !isSerial(column.type) && column.identity === null) parts.push('not null')
  return parts.join(' ')
}

export function identityText(identity: 'always' | 'byDefault'): string {
  return `generated ${identity === 'always' ? 'always' : 'by default'} as identity`
}

function generatedText(generated: Generated, version: number): string {
  if (!generated.stored && version < 180000) throw tooOld('virtual generated columns', 18, version)
  return `generated always as (${generated.sql}) ${generated.stored ? 'stored' : 'virtual'}`
}

/** The constraint that keeps a text column to the values of its enum; null where it is no such enum. */
export function enumCheckText(
  table: string,
  column: Column,
  taken: ReadonlySet<string>,
): string | null {
  const { type } = column
  if (type.kind !== 'enum' || type.native !== null) return null
  const name = freeName(automaticName(splitName(table).bare, column.name, 'check'), taken)
  return `constraint ${quote(name)} check (${enumCondition(column.name, type.values, quoteText)})`
}

/** The name, or the first of `name1`, `name2` … that nothing else has, as the server counts on. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let at = 1; taken.has(free); at += 1) free = `${name}${at}`
  return free
}
