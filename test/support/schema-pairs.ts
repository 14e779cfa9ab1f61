/** Random pairs of SQLite schemas, the second made from the first, and rows for the first. */
import fc from 'fast-check'
import type { Column } from '../../src/schema/column.js'
import type { ForeignKey, Table } from '../../src/schema/table.js'
import { compositeKey, withMoreWords } from './pair-words.js'
import { tables as plainTables } from './sqlite-arbitraries.js'

export interface SchemaPair {
  readonly before: readonly Table[]
  readonly after: readonly Table[]
  /** Numbers from which the values of rows are chosen. */
  readonly seeds: readonly number[]
}

const tables = withMoreWords(plainTables)

/** How a table of the first schema goes on in the second. */
const fates = fc.constantFrom('kept', 'kept', 'changed', 'changed', 'columns', 'dropped')

export const schemaPairs: fc.Arbitrary<SchemaPair> = fc
  .record({
    olds: fc.uniqueArray(tables, { selector: keyOf, minLength: 1, maxLength: 3 }),
    news: fc.array(tables, { minLength: 3, maxLength: 3 }),
    fates: fc.array(fates, { minLength: 3, maxLength: 3 }),
    added: fc.option(tables),
    seeds: fc.array(fc.nat({ max: 1000 }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ olds, news, fates: chosen, added, seeds }) => {
    const after = olds.flatMap((table, i) => {
      const other = news[i] ?? table
      switch (chosen[i]) {
        case 'dropped':
          return []
        case 'changed':
          return [{ ...other, name: table.name }]
        case 'columns':
          return [mixed(table, other)]
        default:
          return [table]
      }
    })
    const names = new Set([...olds, ...after].map(keyOf))
    const more = added !== null && !names.has(keyOf(added)) ? [added] : []
    return { before: linked(olds), after: linked([...after, ...more]), seeds }
  })

function keyOf(table: Table): string {
  return table.name.toLowerCase()
}

/** The first table with every second of the other's columns, so that most of it stays. */
function mixed(table: Table, other: Table): Table {
  const have = new Set(table.columns.map((column) => column.name.toLowerCase()))
  const added = other.columns.filter(
    (column, i) =>
      i % 2 === 0 &&
      !have.has(column.name.toLowerCase()) &&
      column.generated === null &&
      column.type.kind !== 'increments' &&
      column.type.kind !== 'bigIncrements',
  )
  return { ...table, columns: [...table.columns, ...added] }
}

/** Constraints named apart between tables, enums without a type of their own, keys to tables of the list. */
function linked(list: readonly Table[]): readonly Table[] {
  const parent = list.find((table) => table.primaryKey?.columns.join() === 'id')
  return list.map((table) => ({
    ...table,
    columns: table.columns.map(withoutNativeEnum),
    // `defineTable` has no word for WITHOUT ROWID.
    options: {},
    uniques: table.uniques.map((unique) => ({ ...unique, name: `${table.name} ${unique.name}` })),
    indexes: table.indexes.map((index) => ({ ...index, name: `${table.name} ${index.name}` })),
    foreignKeys: uniqueKeys(table.foreignKeys).flatMap((key) => {
      const composite = compositeKey(key, list)
      if (composite !== null) return [composite]
      return parent === undefined ? [] : [toParent(key, parent)]
    }),
  }))
}

function withoutNativeEnum(column: Column): Column {
  return column.type.kind === 'enum'
    ? { ...column, type: { ...column.type, native: null } }
    : column
}

function uniqueKeys(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  const seen = new Set<string>()
  return keys.filter(({ columns: [first = ''] }) => !seen.has(first) && seen.add(first).size > 0)
}

function toParent(key: ForeignKey, parent: Table): ForeignKey {
  return { ...key, columns: key.columns.slice(0, 1), refTable: parent.name, refColumns: ['id'] }
}
