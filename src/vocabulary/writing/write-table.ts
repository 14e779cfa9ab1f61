/** What stands inside the callback of a `createTable` call. */
import type { Column } from '../../schema/column.js'
import type { Check, Table } from '../../schema/table.js'
import type { ColumnExtras, IndexExtras, TableExtras } from '../reading/extras.js'
import { baseCheckName } from '../names.js'
import { isCounter } from '../reading/read-type.js'
import type { Source } from './source-text.js'
import { call, chain, string } from './source-text.js'
import type { Chained } from './write-chained.js'
import {
  chainCheck,
  chainForeignKey,
  chainFront,
  chainIndex,
  chainPrimary,
  chainUnique,
} from './write-chained.js'
import { addedColumn } from './write-column.js'
import type { WrittenIndex } from './write-index.js'
import { checkCall, foreignCalls, indexCall, primaryCall, uniqueCall } from './write-index.js'

/** The statements of a callback, in order, and what Knex has no word for. */
export interface WrittenBody {
  readonly statements: readonly Source[]
  readonly extras: TableExtras
}

/** Extras as they are found, by name. */
export interface FoundExtras {
  readonly columns: Map<string, ColumnExtras>
  readonly indexes: Map<string, IndexExtras>
}

/** The words of Knex that set an option of a new table. */
const OPTION_WORDS = ['engine', 'charset', 'collate', 'inherits']

/** The body that makes a table; `creates` are the native enums that the call is to create. */
export function tableBody(table: Table, creates: ReadonlySet<string>): WrittenBody {
  const extras: FoundExtras = { columns: new Map(), indexes: new Map() }
  const front = chainedFront(table)
  const behind = front.all
  const isOwnKey = (column: Column): boolean =>
    table.primaryKey?.name === null && table.primaryKey.columns.join('\0') === column.name
  const left = new Set(creates)
  const columns = table.columns.map((column) => {
    const written = addedColumn(column, { isKey: isOwnKey(column), creates: left })
    forget(left, column)
    if (written.extras !== null) extras.columns.set(column.name, written.extras)
    return chain('table', ...written.calls, ...chainsOf(behind, column.name))
  })
  const made = ({ call: one, extras: more }: WrittenIndex, name: string): Source => {
    if (more !== null) extras.indexes.set(name, more)
    return chain('table', one)
  }
  return {
    statements: [
      ...columns,
      ...(front.primary || table.primaryKey === null
        ? []
        : [chain('table', primaryCall(table.primaryKey))]),
      ...table.uniques
        .slice(front.uniques)
        .map((unique) => made(uniqueCall(table.name, unique), unique.name)),
      ...table.indexes
        .slice(front.indexes)
        .map((index) => made(indexCall(table.name, index), index.name)),
      ...table.foreignKeys
        .slice(front.foreignKeys)
        .map((key) => chain('table', ...foreignCalls(table.name, key))),
      ...table.checks
        .slice(front.checks)
        .map((check) => chain('table', checkCall(check, isNamedByTable(table, check)))),
      ...(table.comment === null ? [] : [chain('table', call('comment', string(table.comment)))]),
      ...OPTION_WORDS.flatMap((word) => {
        const value = table.options[word]
        return value === undefined ? [] : [chain('table', call(word, string(value)))]
      }),
    ],
    extras: extrasOf(extras, otherOptions(table)),
  }
}

/** Only the first column of an enum creates it. */
export function forget(creates: Set<string>, { type }: Column): void {
  if (type.kind === 'enum' && type.native !== null) creates.delete(type.native)
}

/** What is chained on a column, in the order in which it is written. */
export function chainsOf(chained: readonly Chained[], column: string): Chained['calls'] {
  return chained.filter((each) => each.column === column).flatMap(({ calls }) => calls)
}

/** Extras without what is empty. */
export function extrasOf(
  { columns, indexes }: FoundExtras,
  options: Table['options'] | null,
): TableExtras {
  return {
    ...(columns.size === 0 ? {} : { columns: Object.fromEntries(columns) }),
    ...(indexes.size === 0 ? {} : { indexes: Object.fromEntries(indexes) }),
    ...(options === null ? {} : { options }),
  }
}

interface Front {
  readonly all: readonly Chained[]
  readonly primary: boolean
  readonly uniques: number
  readonly indexes: number
  readonly foreignKeys: number
  readonly checks: number
}

function chainedFront(table: Table): Front {
  const { name, primaryKey } = table
  const columns = table.columns.map((column) => column.name)
  const counters = new Set(
    table.columns.filter(({ type }) => isCounter(type)).map((column) => column.name),
  )
  const counts = (column: string): boolean => counters.has(column)
  const checks = chainFront(table.checks, columns, (check) =>
    chainCheck(table.columns, check, () => isNamedByTable(table, check)),
  )
  const primary = primaryKey === null ? null : chainPrimary(primaryKey, counts)
  const hasColumn = primary !== null && columns.includes(primary.column)
  const uniques = chainFront(table.uniques, columns, (each) => chainUnique(name, each, counts))
  const keys = chainFront(table.foreignKeys, columns, (each) => chainForeignKey(name, each))
  const indexes = chainFront(table.indexes, columns, (each) => chainIndex(name, each, counts))
  const [only, ...others] = primaryKey?.columns ?? []
  const isByColumn = only !== undefined && others.length === 0 && counts(only)
  return {
    all: [
      ...checks.chained,
      ...(hasColumn ? [primary] : []),
      ...uniques.chained,
      ...keys.chained,
      ...indexes.chained,
    ],
    primary: hasColumn || (isByColumn && primaryKey?.name === null),
    uniques: uniques.count,
    indexes: indexes.count,
    foreignKeys: keys.count,
    checks: checks.count,
  }
}

/** Whether a check would get its name by itself. */
function isNamedByTable(table: Table, check: Check): boolean {
  const columns = table.columns.map((column) => column.name)
  if (check.name !== baseCheckName(table.name, check.sql, columns)) return false
  const named = [...table.checks, ...table.uniques, ...table.indexes, ...table.foreignKeys]
  const others = named.filter((each) => each.name === check.name)
  return others.length === 1 && table.primaryKey?.name !== check.name
}

function otherOptions(table: Table): Table['options'] | null {
  const others = Object.entries(table.options).filter(([key]) => !OPTION_WORDS.includes(key))
  return others.length === 0 ? null : Object.fromEntries(others)
}
