/** An operation in words. */
import type { Column } from '../schema/column.js'
import {
  columnText,
  foreignKeyText,
  indexText,
  optionsText,
  partChanges,
  primaryKeyText,
  uniqueText,
  valuesText,
} from './describe.js'
import type { Operation } from './operation.js'

/** One short sentence on what an operation does, without a full stop: `Add column users.email: varchar(120), not null`. */
export function summaryOf(operation: Operation): string {
  switch (operation.kind) {
    case 'createTable':
      return `Create table ${operation.table.name} with ${counted(operation.table.columns.length, 'column')}`
    case 'dropTable':
      return `Drop table ${operation.table.name}`
    case 'renameTable':
      return `Rename table ${operation.from} to ${operation.to}`
    case 'addColumn':
      return `Add column ${operation.table}.${operation.column.name}: ${short(columnText(operation.column))}`
    case 'dropColumn':
      return `Drop column ${operation.table}.${operation.column.name}: ${short(columnText(operation.column))}`
    case 'alterColumn':
      return `Change column ${operation.table}.${operation.to.name}: ${changesOf(operation.from, operation.to)}`
    case 'renameColumn':
      return `Rename column ${operation.table}.${operation.from} to ${operation.to}`
    case 'alterPrimaryKey':
      return primaryKeySummary(operation)
    case 'createEnum':
      return `Create enum ${operation.enum.name}: ${short(valuesText(operation.enum.values))}`
    case 'dropEnum':
      return `Drop enum ${operation.enum.name}`
    case 'alterEnum':
      return enumSummary(operation)
    case 'alterComment':
      return operation.to === null
        ? `Remove the comment of table ${operation.table}`
        : `Set the comment of table ${operation.table}: ${short(operation.to)}`
    case 'alterOptions':
      return `Change the options of table ${operation.table}: ${optionsText(operation.from)} to ${optionsText(operation.to)}`
    default:
      return constraintSummary(operation)
  }
}

/** The own name of what an operation is about, before it ran: a column, an index, a constraint, a table, an enum. */
export function objectName(operation: Operation): string {
  switch (operation.kind) {
    case 'createTable':
    case 'dropTable':
      return operation.table.name
    case 'renameTable':
    case 'renameColumn':
      return operation.from
    case 'addColumn':
    case 'dropColumn':
      return operation.column.name
    case 'alterColumn':
      return operation.to.name
    case 'addIndex':
    case 'dropIndex':
      return operation.index.name
    case 'addUnique':
    case 'dropUnique':
      return operation.unique.name
    case 'addForeignKey':
    case 'dropForeignKey':
      return operation.foreignKey.name
    case 'addCheck':
    case 'dropCheck':
      return operation.check.name
    case 'alterPrimaryKey':
      return operation.to?.name ?? operation.from?.name ?? 'primary key'
    case 'createEnum':
    case 'dropEnum':
      return operation.enum.name
    case 'alterEnum':
      return operation.name
    case 'alterComment':
    case 'alterOptions':
      return operation.table
  }
}

type Of<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>

function constraintSummary(
  operation: Of<
    | 'addIndex'
    | 'dropIndex'
    | 'addUnique'
    | 'dropUnique'
    | 'addForeignKey'
    | 'dropForeignKey'
    | 'addCheck'
    | 'dropCheck'
  >,
): string {
  const { table } = operation
  switch (operation.kind) {
    case 'addIndex':
    case 'dropIndex': {
      const { index } = operation
      const what = index.unique ? 'unique index' : 'index'
      return `${verbOf(operation.kind)} ${what} ${index.name} on ${table} ${short(indexText(index))}`
    }
    case 'addUnique':
    case 'dropUnique': {
      const { unique } = operation
      return `${verbOf(operation.kind)} unique ${unique.name} on ${table} ${uniqueText(unique)}`
    }
    case 'addForeignKey':
    case 'dropForeignKey':
      return `${verbOf(operation.kind)} foreign key ${table} ${foreignKeyText(operation.foreignKey)}`
    case 'addCheck':
    case 'dropCheck': {
      const { check } = operation
      return `${verbOf(operation.kind)} check ${check.name} on ${table}: ${short(check.sql)}`
    }
  }
}

function verbOf(kind: string): string {
  return kind.startsWith('add') ? 'Add' : 'Drop'
}

function changesOf(from: Column, to: Column): string {
  const changes = partChanges(from, to).map(({ part, from: before, to: after }) => {
    const none = part === 'null' ? 'null' : 'none'
    const change = `${before ?? none} to ${after ?? none}`
    return part === 'type' || part === 'null' ? change : `${part} ${change}`
  })
  return changes.length === 0 ? 'no visible difference' : short(changes.join(', '))
}

function primaryKeySummary({ table, from, to }: Of<'alterPrimaryKey'>): string {
  if (to === null)
    return `Drop primary key of ${table}${from === null ? '' : ` ${primaryKeyText(from)}`}`
  if (from === null) return `Set primary key of ${table} to ${primaryKeyText(to)}`
  return `Change primary key of ${table} from ${primaryKeyText(from)} to ${primaryKeyText(to)}`
}

function enumSummary({ name, from, to, renamed }: Of<'alterEnum'>): string {
  const isNewName = new Set(Object.values(renamed))
  const added = to.filter((value) => !from.includes(value) && !isNewName.has(value))
  const removed = from.filter((value) => !to.includes(value) && renamed[value] === undefined)
  const changes = [
    ...(added.length === 0 ? [] : [`add ${valuesText(added)}`]),
    ...(removed.length === 0 ? [] : [`remove ${valuesText(removed)}`]),
    ...Object.entries(renamed).map(
      ([before, after]) => `rename ${valuesText([before])} to ${valuesText([after])}`,
    ),
  ]
  return `Change enum ${name}: ${changes.length === 0 ? `order ${valuesText(to)}` : changes.join(', ')}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** At most 100 characters on one line: an expression or a comment may be pages long. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
