/** Random schemas over the whole vocabulary, hostile names included; every table is valid in itself. */
import fc from 'fast-check'
import type { EnumType, Schema } from '../../src/schema/schema.js'
import type {
  Check,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  Table,
  Unique,
} from '../../src/schema/table.js'
import { arbitraryColumn, arbitraryCounter, arbitraryExpression } from './arbitrary-columns.js'
import {
  arbitraryName,
  arbitraryNames,
  arbitrarySize,
  arbitraryTableName,
  arbitraryText,
  nullable,
} from './arbitrary-names.js'
import { emptyTable } from '../../src/schema/table.js'

/** What an index can be over beside a column. */
function arbitraryIndexed(columns: readonly string[]): fc.Arbitrary<string> {
  const named = fc.constantFrom(...columns).map((name) => `"${name.replaceAll('"', '""')}"`)
  return fc.oneof(
    named.map((name) => `lower(${name})`),
    named.map((name) => `coalesce(${name}, 'a?b')`),
    fc.tuple(named, named).map(([a, b]) => `${a} || ${b}`),
    named.map((name) => `(${name} + 1)`),
    named.map((name) => `${name} -> 'first' desc_like`),
    named.map((name) => `case when ${name} > 0 then 1 end`),
  )
}

function arbitraryPart(columns: readonly string[]): fc.Arbitrary<IndexPart> {
  const on = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...columns).map((column) => ({ column })) },
    { weight: 1, arbitrary: arbitraryIndexed(columns).map((sql) => ({ sql })) },
  )
  const rare = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
  return fc
    .record<IndexPart>({
      on,
      order: fc.constantFrom('asc', 'asc', 'desc'),
      nulls: rare(fc.constantFrom('first', 'last')),
      collation: rare(fc.constantFrom('C', 'de-x-icu', 'say "hi"')),
      opclass: rare(fc.constantFrom('text_pattern_ops', 'app.my_ops')),
      prefix: rare(arbitrarySize),
    })
    .map((part) => ('sql' in part.on ? { ...part, prefix: null } : part))
}

function subset(columns: readonly string[]): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray([...columns], { minLength: 1, maxLength: Math.min(3, columns.length) })
}

/** What only a table with columns can have; its name is one that no other object has. */
export interface Naming {
  readonly table: string
  readonly columns: readonly string[]
  readonly taken: readonly string[]
}

function objectName(
  { table, taken }: Naming,
  columns: readonly string[],
  suffix: string,
): fc.Arbitrary<string> {
  const automatic = `${table.replace(/\.|-/g, '_')}_${columns.join('_')}_${suffix}`.toLowerCase()
  return fc
    .oneof(fc.constant(automatic), arbitraryName, arbitraryName)
    .map((name) => freeName(name, taken))
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name
  while (taken.includes(free)) free += '_2'
  return free
}

export function arbitraryUnique(naming: Naming): fc.Arbitrary<Unique> {
  return subset(naming.columns).chain((columns) =>
    fc.record<Unique>({
      name: objectName(naming, columns, 'unique'),
      columns: fc.constant(columns),
      deferrable: fc.constantFrom(null, null, 'immediate', 'deferred'),
      nullsNotDistinct: fc.constantFrom(false, false, true),
    }),
  )
}

export function arbitraryIndex(naming: Naming): fc.Arbitrary<Index> {
  const { columns } = naming
  return fc
    .uniqueArray(arbitraryPart(columns), {
      minLength: 1,
      maxLength: 3,
      selector: (part) => JSON.stringify(part.on),
    })
    .chain((parts) => {
      const plain = parts.flatMap((part) => ('column' in part.on ? [part.on.column] : []))
      return fc.record<Index>({
        name: objectName(naming, plain, 'index'),
        unique: fc.boolean(),
        parts: fc.constant(parts),
        where: nullable(arbitraryExpression(columns)),
        method: fc.constantFrom(null, null, 'btree', 'hash', 'gin', 'fulltext'),
        include: fc.oneof(fc.constant([]), fc.subarray(columns.slice(0, 2))),
        nullsNotDistinct: fc.constantFrom(false, false, true),
      })
    })
}

export function arbitraryForeignKey(naming: Naming): fc.Arbitrary<ForeignKey> {
  const action = fc.constantFrom(null, 'cascade', 'set null', 'set default', 'restrict')
  return subset(naming.columns).chain((columns) =>
    fc.record<ForeignKey>({
      name: objectName(naming, columns, 'foreign'),
      columns: fc.constant(columns),
      refTable: fc.oneof(fc.constant('teams'), arbitraryTableName),
      refColumns: arbitraryNames(columns.length, columns.length),
      onDelete: action,
      onUpdate: action,
      deferrable: fc.constantFrom(null, null, 'immediate', 'deferred'),
    }),
  )
}

export function arbitraryCheck(naming: Naming): fc.Arbitrary<Check> {
  return arbitraryExpression(naming.columns).chain((sql) =>
    fc.record<Check>({
      name: fc
        .oneof(
          arbitraryName,
          ...naming.columns.map((column) => fc.constant(`${naming.table}_${column}_check`)),
        )
        .map((name) => freeName(name, naming.taken)),
      sql: fc.constant(sql),
    }),
  )
}

export function arbitraryPrimaryKey(columns: readonly string[]): fc.Arbitrary<PrimaryKey> {
  return fc.record<PrimaryKey>({
    name: nullable(arbitraryName),
    columns: subset(columns),
  })
}

export const arbitraryOptions: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        engine: fc.constantFrom('InnoDB', "it's"),
        charset: fc.constant('utf8mb4'),
        collate: fc.constant('utf8mb4_bin'),
        inherits: fc.constant('parents'),
        row_format: fc.constant('compressed'),
      },
      { requiredKeys: [] },
    ),
  },
)

/** A valid table of that name, up to six columns wide. */
export function arbitraryTableNamed(name: string): fc.Arbitrary<Table> {
  return fc
    .tuple(arbitraryNames(1, 6), fc.boolean())
    .chain(([names, counts]) => {
      const [first = 'id'] = names
      const columns = names.map((column, at) =>
        counts && at === 0 ? arbitraryCounter(column) : arbitraryColumn(column, names),
      )
      const own = { name: null, columns: [first] }
      const key = counts
        ? fc.oneof(fc.constant(own), arbitraryPrimaryKey(names))
        : nullable(arbitraryPrimaryKey(names))
      return fc.tuple(fc.tuple(...columns), key, nullable(arbitraryText), arbitraryOptions)
    })
    .chain(([columns, primaryKey, comment, options]) => {
      const base = { ...emptyTable(name), columns, primaryKey, comment, options }
      const naming = { table: name, columns: columns.map((column) => column.name), taken: [] }
      return fc
        .tuple(
          fc.array(arbitraryUnique(naming), { maxLength: 3 }),
          fc.array(arbitraryIndex(naming), { maxLength: 3 }),
          fc.array(arbitraryForeignKey(naming), { maxLength: 3 }),
          fc.array(arbitraryCheck(naming), { maxLength: 3 }),
        )
        .map(([uniques, indexes, foreignKeys, checks]) =>
          withFreeNames({ ...base, uniques, indexes, foreignKeys, checks }),
        )
    })
}

/** Gives each object of a table a name that no other has. */
function withFreeNames(table: Table): Table {
  const taken = table.primaryKey?.name == null ? [] : [table.primaryKey.name]
  const free = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects.map((object) => {
      const name = freeName(object.name, taken)
      taken.push(name)
      return { ...object, name }
    })
  return {
    ...table,
    uniques: free(table.uniques),
    indexes: free(table.indexes),
    foreignKeys: free(table.foreignKeys),
    checks: free(table.checks),
  }
}

export const arbitraryEnum: fc.Arbitrary<EnumType> = fc.record({
  name: fc.constantFrom('mood', 'app.mood', 'Camel Mood', 'level'),
  values: fc.uniqueArray(arbitraryText, { minLength: 1, maxLength: 4 }),
})

/** Up to three tables and two enums. */
export const arbitrarySchema: fc.Arbitrary<Schema> = fc
  .tuple(
    fc.uniqueArray(arbitraryTableName, { maxLength: 3, selector: (name) => name.toLowerCase() }),
    fc.uniqueArray(arbitraryEnum, { maxLength: 2, selector: ({ name }) => name }),
  )
  .chain(([names, enums]) =>
    fc.tuple(...names.map(arbitraryTableNamed)).map((tables) => ({ tables, enums })),
  )
