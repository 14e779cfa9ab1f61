/** What Knex has no word for, as plain data: a model's `static tableExtras`, a script's `tableExtras(table, …)`. */
import { MigrateError } from '../../errors.js'
import type { Column, Generated } from '../../schema/column.js'
import type { Index, Table, TableOptions, Unique } from '../../schema/table.js'

/** More about an index or a unique that the table has. */
export interface IndexExtras {
  /** `gin`, `hash`, `fulltext`: where the index needs more than one word of Knex's. */
  readonly method?: string
  /** Columns that the index holds but is not ordered by. */
  readonly include?: readonly string[]
  /** The operator class of every part, or of single columns. */
  readonly opclass?: string | Readonly<Record<string, string>>
  /** Nulls count as equal. */
  readonly nullsNotDistinct?: boolean
}

/** More about a column that the table has; null takes it away in an `.alter()`. */
export interface ColumnExtras {
  readonly generated?: Generated | null
  readonly identity?: 'always' | 'byDefault' | null
}

export interface TableExtras {
  /** By the name of the index or unique. */
  readonly indexes?: Readonly<Record<string, IndexExtras>>
  /** By the name of the column. */
  readonly columns?: Readonly<Record<string, ColumnExtras>>
  /** Options of the table beside those that Knex has words for; in an `alterTable` call all of them. */
  readonly options?: TableOptions
}

/**
 * A table with its extras.
 * @throws MigrateError `TABLE_EXTRAS` where they name what the table does not have
 */
export function withExtras(table: Table, extras: TableExtras): Table {
  expectNames(table.name, 'column', extras.columns, table.columns)
  expectNames(table.name, 'index', extras.indexes, [...table.indexes, ...table.uniques])
  const uniques = table.uniques.map((unique) => extendUnique(unique, extras))
  const indexes = table.indexes.map((index) => extendIndex(index, extras))
  return {
    ...table,
    columns: table.columns.map((column) => extendColumn(column, extras)),
    uniques: uniques.filter((unique) => 'columns' in unique),
    indexes: [...indexes, ...uniques.filter((unique) => 'parts' in unique)],
    options: { ...table.options, ...extras.options },
  }
}

/** A column with what extras say of it. */
export function extendColumn(column: Column, extras: TableExtras): Column {
  const more = own(extras.columns, column.name)
  if (more === null) return column
  // An identity column is never null, on any engine that has them.
  const counts = more.identity === 'always' || more.identity === 'byDefault'
  return { ...column, ...more, nullable: column.nullable && !counts }
}

/** An index with what extras say of it. */
export function extendIndex(index: Index, extras: TableExtras): Index {
  const more = own(extras.indexes, index.name)
  if (more === null) return index
  const { opclass } = more
  return {
    ...index,
    method: more.method ?? index.method,
    include: more.include ?? index.include,
    nullsNotDistinct: more.nullsNotDistinct ?? index.nullsNotDistinct,
    parts:
      opclass === undefined
        ? index.parts
        : index.parts.map((part) => {
            const column = 'column' in part.on ? part.on.column : ''
            const named = typeof opclass === 'string' ? opclass : own(opclass, column)
            return named === null ? part : { ...part, opclass: named }
          }),
  }
}

/** A unique with what extras say of it: an index, where they say what only an index can be. */
export function extendUnique(unique: Unique, extras: TableExtras): Unique | Index {
  const more = own(extras.indexes, unique.name)
  if (more === null) return unique
  const nullsNotDistinct = more.nullsNotDistinct ?? unique.nullsNotDistinct
  if (more.method === undefined && more.include === undefined && more.opclass === undefined) {
    return { ...unique, nullsNotDistinct }
  }
  return extendIndex(indexOfUnique({ ...unique, nullsNotDistinct }), extras)
}

/** The unique index over the columns of a unique. */
export function indexOfUnique(unique: Unique): Index {
  return {
    name: unique.name,
    unique: true,
    parts: unique.columns.map((column) => ({
      on: { column },
      order: 'asc',
      nulls: null,
      collation: null,
      opclass: null,
      prefix: null,
    })),
    where: null,
    method: null,
    include: [],
    nullsNotDistinct: unique.nullsNotDistinct,
  }
}

/** @throws MigrateError `TABLE_EXTRAS` where extras name what is not there */
export function expectNames(
  table: string,
  what: 'column' | 'index',
  named: Readonly<Record<string, unknown>> | undefined,
  there: readonly { readonly name: string }[],
): void {
  const names = new Set(there.map((each) => each.name))
  const missing = Object.keys(named ?? {}).find((name) => !names.has(name))
  if (missing === undefined) return
  throw new MigrateError('TABLE_EXTRAS', 1, `There is no ${what} ${missing} in table ${table}.`, {
    why: 'Its tableExtras name it.',
    fix: `Name one of: ${[...names].join(', ') || 'none is there'}.`,
  })
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | null {
  return record !== undefined && Object.hasOwn(record, key) ? (record[key] ?? null) : null
}
