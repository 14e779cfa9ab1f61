/** The statements that make one state of a table into another. */
import { isSame } from '../../../operations/equal.js'
import type { TableOptions } from '../../../schema/table.js'
import { type Aligned, heldColumns } from './align.js'
import {
  checkDefinition,
  columnDefinition,
  foreignKeyDefinition,
  indexDefinition,
  optionTexts,
  storedForm,
} from './definitions.js'
import { isText } from '../parse-type.js'
import {
  type PhysicalColumn,
  type PhysicalKey,
  type PhysicalTable,
  plainColumns,
  serves,
} from '../catalog/physical.js'
import { quote, quoteList, quoteTable, quoteText } from '../quote.js'
import type { Server } from '../connection/server.js'
import { parsedType } from '../types.js'
import type { WorkColumn, WorkTable } from './work-table.js'

/** A table before and after, as it is held in the server; `after` may be served by a larger `is`. */
export interface TableChange {
  readonly before: PhysicalTable
  /** With declared types and the indexes that the engine demands. */
  readonly after: WorkTable
  readonly aligned: Aligned
  readonly server: Server
}

/**
 * One ALTER TABLE, and a second one for foreign keys that cannot be dropped and added in the first, and
 * for an engine that no table with foreign keys may have.
 */
export interface ChangeStatements {
  readonly first: string | null
  readonly second: string | null
  /** Columns, by their name before, that are held as another type or collation afterwards. */
  readonly retyped: readonly string[]
}

/** The statements of a change. */
export function changeTable(change: TableChange): ChangeStatements {
  const { before, after, server } = change
  const live = heldColumns(after.columns, after.primaryKey, change.aligned)
  const retyped = live
    .filter((each) => isRetyped(each, change))
    .flatMap(({ origin }) => (origin === null ? [] : [origin]))
  const keys = changedKeys(change, new Set(retyped))
  const context = { server, columns: live }
  const indexes = changed(before.indexes, after.indexes)
  const checks = changed(
    before.checks.filter(({ column }) => column === null),
    after.checks.filter(({ column }) => column === null),
  )
  const options = changedOptions(before.options, after.options, server)
  const waits = keys.dropped.length > 0 && before.options.engine !== after.options.engine
  const isKeySame = isSame(before.primaryKey, after.primaryKey)
  const clauses = [
    ...keys.dropped.map((key) => `drop foreign key ${quote(key.realName)}`),
    ...checks.dropped.map((check) => dropCheck(check.realName, server)),
    ...indexes.dropped.map((index) => `drop index ${quote(index.name)}`),
    ...(isKeySame || before.primaryKey === null ? [] : ['drop primary key']),
    ...goneColumns(change).map((name) => `drop column ${quote(name)}`),
    ...live
      .filter(({ origin }) => origin === null)
      .map((column) => `add column ${columnDefinition(column, server)}`),
    ...live
      .filter((column) => isModified(column, change))
      .map((column) => `modify column ${columnDefinition(column, server)}`),
    ...(isKeySame || after.primaryKey === null
      ? []
      : [`add primary key (${quoteList(after.primaryKey)})`]),
    ...indexes.added
      .filter((index) => !isMadeByServer(index.name, change))
      .map((index) => `add ${indexDefinition(index, context)}`),
    ...checks.added.map(({ check }) => `add ${checkDefinition(check, server)}`),
    ...(before.comment === after.comment
      ? []
      : [`comment = ${quoteText(after.comment ?? '', server)}`]),
    ...(waits ? [] : options),
    ...keys.added.map((key) => addKey(key)),
  ]
  return {
    first: alter(after.name, clauses),
    second: alter(after.name, [...(waits ? options : []), ...keys.later.map(addKey)]),
    retyped,
  }
}

function alter(table: string, clauses: readonly string[]): string | null {
  return clauses.length === 0 ? null : `alter table ${quoteTable(table)} ${clauses.join(', ')}`
}

function addKey(key: PhysicalKey): string {
  return `add ${foreignKeyDefinition(key.realName, key.foreignKey)}`
}

function dropCheck(name: string, server: Server): string {
  return `drop ${server.flavour === 'mariadb' ? 'constraint' : 'check'} ${quote(name)}`
}

function goneColumns({ before, after }: TableChange): readonly string[] {
  const kept = new Set(after.columns.map(({ origin }) => origin))
  return before.columns.map(({ column }) => column.name).filter((name) => !kept.has(name))
}

function beforeOf(column: WorkColumn, { before }: TableChange): PhysicalColumn | undefined {
  return before.columns.find((each) => each.column.name === column.origin)
}

function isModified(column: WorkColumn, change: TableChange): boolean {
  const old = beforeOf(column, change)
  if (old === undefined) return false
  const { server } = change
  return (
    columnDefinition(old, server) !== columnDefinition(column, server) ||
    takesNewCollation(column, change)
  )
}

/** Whether the stored form of a column changes, which no foreign key on it lives through. */
function isRetyped(column: WorkColumn, change: TableChange): boolean {
  const old = beforeOf(column, change)
  if (old === undefined) return false
  const form = (each: PhysicalColumn): string => storedForm(each.column, change.server)
  return form(old) !== form(column) || takesNewCollation(column, change)
}

/** A column without a collation of its own has the table's, but only when it is stated anew. */
function takesNewCollation(column: WorkColumn, { before, after }: TableChange): boolean {
  const parsed = parsedType(column.column.type)
  return (
    column.column.collation === null &&
    parsed !== null &&
    isText(parsed) &&
    charsetOf(before.options) !== charsetOf(after.options)
  )
}

function charsetOf(options: TableOptions): string {
  return `${options.charset ?? ''} ${options.collate ?? ''}`
}

interface Changed<T> {
  readonly dropped: readonly T[]
  readonly added: readonly T[]
}

/** What is only in one of two lists. */
function changed<T>(before: readonly T[], after: readonly T[]): Changed<T> {
  return {
    dropped: before.filter((each) => !after.some((other) => isSame(each, other))),
    added: after.filter((each) => !before.some((other) => isSame(each, other))),
  }
}

interface ChangedKeys extends Changed<PhysicalKey> {
  /** Those whose name is only free after the first statement. */
  readonly later: readonly PhysicalKey[]
}

function changedKeys({ before, after }: TableChange, retyped: ReadonlySet<string>): ChangedKeys {
  const plain = changed(before.foreignKeys, after.foreignKeys)
  const origins = new Map(after.columns.map(({ column, origin }) => [column.name, origin]))
  const touches = (table: string, columns: readonly string[]): boolean =>
    table === after.name && columns.some((column) => retyped.has(origins.get(column) ?? ''))
  const passing = after.foreignKeys.filter(
    (key) =>
      !plain.added.includes(key) &&
      (touches(after.name, key.foreignKey.columns) ||
        touches(key.foreignKey.refTable, key.foreignKey.refColumns)),
  )
  const dropped = [...plain.dropped, ...passing]
  const names = new Set(dropped.map((key) => key.realName.toLowerCase()))
  const isEarly = (key: PhysicalKey): boolean =>
    !names.has(key.realName.toLowerCase()) &&
    !touches(key.foreignKey.refTable, key.foreignKey.refColumns) &&
    isReady(key, before, after)
  return {
    dropped,
    added: plain.added.filter(isEarly),
    later: [...plain.added.filter((key) => !isEarly(key)), ...passing],
  }
}

/** Whether what a key points at is there before the statement: in the table itself it has to be. */
function isReady({ foreignKey }: PhysicalKey, before: PhysicalTable, after: WorkTable): boolean {
  if (foreignKey.refTable !== after.name) return true
  const isThere = foreignKey.refColumns.every((name) =>
    after.columns.some(({ column, origin }) => column.name === name && origin === name),
  )
  const isServed = (index: readonly string[] | null): boolean =>
    index !== null && serves(index, foreignKey.refColumns)
  return (
    isThere &&
    isSame(before.primaryKey, after.primaryKey) &&
    (isServed(before.primaryKey) || before.indexes.some((index) => isServed(plainColumns(index))))
  )
}

/** The index of a new foreign key that nothing is said of comes with it. */
function isMadeByServer(name: string, { before, after }: TableChange): boolean {
  const index = after.indexes.find((each) => each.name === name)
  const isNew = (key: PhysicalKey): boolean =>
    key.realName === name && !before.foreignKeys.some((each) => each.realName === name)
  return (
    index?.comment === '' &&
    !index.unique &&
    after.foreignKeys.some(isNew) &&
    isOnlyFor(index.parts, name, after)
  )
}

function isOnlyFor(
  parts: readonly { readonly on: unknown }[],
  name: string,
  table: PhysicalTable,
): boolean {
  const key = table.foreignKeys.find((each) => each.realName === name)
  const columns = key?.foreignKey.columns ?? []
  return isSame(
    parts.map(({ on }) => on),
    columns.map((column) => ({ column })),
  )
}

/** What an option that is no longer stated goes back to is said too. */
function changedOptions(
  before: TableOptions,
  after: TableOptions,
  server: Server,
): readonly string[] {
  if (isSame(before, after)) return []
  const stated: TableOptions = {
    ...('engine' in before && !('engine' in after) ? { engine: server.engine } : {}),
    ...('rowFormat' in before && !('rowFormat' in after) ? { rowFormat: 'default' } : {}),
    ...(charsetOf(after).trim() === '' && charsetOf(before).trim() !== ''
      ? { charset: server.charset, collate: server.collation }
      : {}),
    ...after,
  }
  const same = Object.entries(stated).filter(([key, value]) => before[key] === value)
  const kept = new Set(same.map(([key]) => key))
  // A character set resets the collation, so the two are said together.
  if (charsetOf(stated) !== charsetOf(before))
    ['charset', 'collate'].forEach((key) => kept.delete(key))
  return optionTexts(Object.fromEntries(Object.entries(stated).filter(([key]) => !kept.has(key))))
}
