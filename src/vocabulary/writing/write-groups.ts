/** Operations in groups of which each is one call: as few calls as keep the wanted order. */
import type { Operation } from '../../operations/operation.js'
import type { Column } from '../../schema/column.js'
import type { EnumType } from '../../schema/schema.js'
import type { Table, TableName } from '../../schema/table.js'
import { isCounter } from '../reading/read-type.js'
import type { Alteration } from './write-alter.js'
import { isWholeAlter } from './write-alter.js'

type EnumOperation = Extract<Operation, { readonly kind: 'createEnum' | 'dropEnum' | 'alterEnum' }>

/** One call; `creates` are the native enums that it creates beside its own work. */
export type OperationGroup =
  | { readonly kind: 'enum'; readonly operation: EnumOperation }
  | { readonly kind: 'createTable'; readonly table: Table; readonly creates: ReadonlySet<string> }
  | { readonly kind: 'dropTable'; readonly table: TableName }
  | { readonly kind: 'renameTable'; readonly from: TableName; readonly to: TableName }
  | {
      readonly kind: 'alterTable'
      readonly table: TableName
      readonly alterations: readonly Alteration[]
      readonly creates: ReadonlySet<string>
    }

/** The groups of operations, in order. */
export function groupOperations(operations: readonly Operation[]): readonly OperationGroup[] {
  const groups: OperationGroup[] = []
  for (const operation of operations) {
    const last = groups.at(-1)
    if (isAlteration(operation)) {
      if (last?.kind === 'alterTable' && joins(last.alterations, operation)) {
        groups[groups.length - 1] = {
          ...last,
          alterations: [...last.alterations, operation],
        }
      } else {
        groups.push({
          kind: 'alterTable',
          table: operation.table,
          alterations: [operation],
          creates: new Set(),
        })
      }
    } else {
      groups.push(groupOf(operation))
    }
  }
  return withCreatedEnums(groups)
}

function groupOf(operation: Exclude<Operation, Alteration>): OperationGroup {
  switch (operation.kind) {
    case 'createTable':
      return { kind: 'createTable', table: operation.table, creates: new Set() }
    case 'dropTable':
      return { kind: 'dropTable', table: operation.table.name }
    case 'renameTable':
      return { kind: 'renameTable', from: operation.from, to: operation.to }
    default:
      return { kind: 'enum', operation }
  }
}

function isAlteration(operation: Operation): operation is Alteration {
  return 'table' in operation && typeof operation.table === 'string'
}

/** Whether an alteration can stand behind others in one call, which Knex runs in its own order. */
function joins(others: readonly Alteration[], next: Alteration): boolean {
  const [first] = others
  const last = others.at(-1)
  if (first === undefined || last === undefined || first.table !== next.table) return false
  // Renames apart: what else a call says of a column would be read by its old or its new name.
  if (first.kind === 'renameColumn' || next.kind === 'renameColumn') return first.kind === next.kind
  if (rankOf(next) < rankOf(last)) return false
  if (isOnce(next) && others.some((each) => each.kind === next.kind)) return false
  // Knex's two words for a key are read as one change where they stand side by side.
  if (next.kind === 'alterPrimaryKey') return joinsAsKey(others, next)
  const name = namedBy(next)
  return name === null || !others.some((each) => namedBy(each) === name)
}

/** The place of an operation in one call of Knex: added columns, altered ones, the rest, the comment. */
function rankOf(alteration: Alteration): number {
  switch (alteration.kind) {
    case 'addColumn':
      return 0
    case 'alterColumn':
      return isWholeAlter(alteration) ? 1 : 2
    case 'alterComment':
      return 3
    case 'alterOptions':
      return 4
    default:
      return 2
  }
}

function isOnce({ kind }: Alteration): boolean {
  return kind === 'alterComment' || kind === 'alterOptions' || kind === 'alterPrimaryKey'
}

type KeyChange = Extract<Alteration, { readonly kind: 'alterPrimaryKey' }>

/** A counting column and a primary key over others are refused in one call. */
function joinsAsKey(others: readonly Alteration[], { to }: KeyChange): boolean {
  return others.every((each) => {
    if (each.kind !== 'addColumn' || !isCounter(each.column.type)) return true
    return to !== null && to.columns.join('\0') === each.column.name
  })
}

/** What extras would name: two of one name do not go into one call. */
function namedBy(alteration: Alteration): string | null {
  switch (alteration.kind) {
    case 'addColumn':
      return `column ${alteration.column.name}`
    case 'alterColumn':
      return `column ${alteration.to.name}`
    case 'addIndex':
      return `index ${alteration.index.name}`
    case 'addUnique':
      return `index ${alteration.unique.name}`
    default:
      return null
  }
}

/** Enums that are created directly before the call whose columns are of them go into that call. */
function withCreatedEnums(groups: readonly OperationGroup[]): readonly OperationGroup[] {
  const merged: OperationGroup[] = []
  for (const group of groups) {
    const created = createdAtEnd(merged)
    if (created.length > 0 && isTableGroup(group) && usesFirst(group, created)) {
      merged.splice(-created.length)
      merged.push({ ...group, creates: new Set(created.map(({ name }) => name)) })
    } else {
      merged.push(group)
    }
  }
  return merged
}

function createdAtEnd(groups: readonly OperationGroup[]): readonly EnumType[] {
  const start = groups.findLastIndex((group) => createdBy(group) === null) + 1
  return groups.slice(start).flatMap((group) => createdBy(group) ?? [])
}

function createdBy(group: OperationGroup): EnumType | null {
  return group.kind === 'enum' && group.operation.kind === 'createEnum'
    ? group.operation.enum
    : null
}

type TableGroup = Extract<OperationGroup, { readonly kind: 'createTable' | 'alterTable' }>

function isTableGroup(group: OperationGroup): group is TableGroup {
  return group.kind === 'createTable' || group.kind === 'alterTable'
}

/** Whether the columns of a call name just these enums for the first time, in this order. */
function usesFirst(group: TableGroup, created: readonly EnumType[]): boolean {
  const names = new Set(created.map(({ name }) => name))
  return isSameList(
    enumsOf(group).filter(({ name }) => names.has(name)),
    created,
  )
}

/** The native enums of a call's columns, each once, in the order of the columns. */
function enumsOf(group: TableGroup): readonly EnumType[] {
  const columns =
    group.kind === 'createTable' ? group.table.columns : group.alterations.flatMap(columnOf)
  const enums = columns.flatMap(({ type }) =>
    type.kind === 'enum' && type.native !== null
      ? [{ name: type.native, values: type.values }]
      : [],
  )
  return enums.filter(({ name }, at) => enums.findIndex((each) => each.name === name) === at)
}

function columnOf(alteration: Alteration): readonly Column[] {
  if (alteration.kind === 'addColumn') return [alteration.column]
  return alteration.kind === 'alterColumn' && rankOf(alteration) === 1 ? [alteration.to] : []
}

function isSameList(a: readonly EnumType[], b: readonly EnumType[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ name, values }, at) =>
        name === b[at]?.name && values.join('\0') === b[at].values.join('\0'),
    )
  )
}
