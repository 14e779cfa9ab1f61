/** Keys, checks and indexes as statements say them. */
import type {
  Check,
  Deferrable,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  TableName,
  Unique,
} from '../../../schema/table.js'
import { quote, quoteList, quoteName } from '../names.js'
import { tooOld } from './refuse.js'

export function primaryKeyText(key: PrimaryKey): string {
  const name = key.name === null ? '' : `constraint ${quote(key.name)} `
  return `${name}primary key (${quoteList(key.columns)})`
}

export function uniqueText(unique: Unique, version: number): string {
  const nulls = nullsText(unique.nullsNotDistinct, version)
  return `constraint ${quote(unique.name)} unique${nulls} (${quoteList(unique.columns)})${deferrableText(unique.deferrable)}`
}

export function foreignKeyText(key: ForeignKey): string {
  const references = `references ${quoteName(key.refTable)} (${quoteList(key.refColumns)})`
  const actions = [
    ...(key.onDelete === null ? [] : [` on delete ${key.onDelete}`]),
    ...(key.onUpdate === null ? [] : [` on update ${key.onUpdate}`]),
  ]
  return `constraint ${quote(key.name)} foreign key (${quoteList(key.columns)}) ${references}${actions.join('')}${deferrableText(key.deferrable)}`
}

export function checkText(check: Check): string {
  return `constraint ${quote(check.name)} check (${check.sql})`
}

export function createIndexText(table: TableName, index: Index, version: number): string {
  const parts = [
    `create ${index.unique ? 'unique ' : ''}index ${quote(index.name)} on ${quoteName(table)}`,
    ...(index.method === null ? [] : [`using ${quote(index.method.toLowerCase())}`]),
    `(${index.parts.map(partText).join(', ')})`,
    ...(index.include.length === 0 ? [] : [`include (${quoteList(index.include)})`]),
    ...(index.nullsNotDistinct ? [nullsText(true, version).trim()] : []),
    ...(index.where === null ? [] : [`where ${index.where}`]),
  ]
  return parts.join(' ')
}

function partText(part: IndexPart): string {
  const words = [
    'column' in part.on ? quote(part.on.column) : `(${part.on.sql})`,
    ...(part.collation === null || part.collation === ''
      ? []
      : [`collate ${quote(part.collation)}`]),
    ...(part.opclass === null ? [] : [opclassText(part.opclass)]),
    ...(part.order === 'desc' ? ['desc'] : []),
    ...(part.nulls === null ? [] : [`nulls ${part.nulls}`]),
  ]
  return words.join(' ')
}

/** A class of operators may have parameters: `gist_trgm_ops(siglen=32)`. */
function opclassText(opclass: string): string {
  const open = opclass.indexOf('(')
  return open === -1 ? quoteName(opclass) : quoteName(opclass.slice(0, open)) + opclass.slice(open)
}

function nullsText(notDistinct: boolean, version: number): string {
  if (!notDistinct) return ''
  if (version < 150000) throw tooOld('nulls not distinct', 15, version)
  return ' nulls not distinct'
}

function deferrableText(deferrable: Deferrable | null): string {
  return deferrable === null ? '' : ` deferrable initially ${deferrable}`
}
