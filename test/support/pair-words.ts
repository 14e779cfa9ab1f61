/** Words of Knex's builder that the tables of SQLite's own tests leave out, for random pairs of schemas. */
import fc from 'fast-check'
import type { Column, ColumnType, DefaultValue } from '../../src/schema/column.js'
import type { Check, ForeignKey, Table } from '../../src/schema/table.js'
import { PLAIN_COLUMN } from './schema-arbitraries.js'

const NAMES = ['more', 'even more'] as const
const VALUES = ['x', "it's", ''] as const

const types: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.record({ kind: fc.constant('text'), size: fc.constantFrom('tinytext', 'mediumtext') }),
  fc.record({
    kind: fc.constantFrom('float', 'double', 'decimal'),
    precision: fc.constantFrom(8, 10),
    scale: fc.constantFrom(2, 3),
    unsigned: fc.boolean(),
  }),
  fc.constantFrom<ColumnType>(
    { kind: 'geography' },
    { kind: 'boolean' },
    { kind: 'json' },
    { kind: 'jsonb' },
    { kind: 'string', length: 255 },
    { kind: 'integer', unsigned: false },
    { kind: 'enum', values: VALUES, native: null },
  ),
)

const defaults = fc.constantFrom<DefaultValue | null>(
  null,
  null,
  { kind: 'literal', value: 0 },
  { kind: 'literal', value: true },
  { kind: 'literal', value: 'x' },
  { kind: 'literal', value: { a: [1, "it's"] } },
  { kind: 'sql', text: 'abs(-1)' },
  { kind: 'sql', text: 'null' },
  { kind: 'uuid' },
)

/** What `checkPositive` and its like say of a column. */
const conditions = fc.constantFrom(
  '> 0',
  '< 0',
  `in ('x', 'it''s')`,
  `not in ('y')`,
  'between 1 and 9',
  'between -1 and 1 or "other" between 2 and 3',
)

const columns = fc.record({ type: types, default: defaults, nullable: fc.boolean() })

const words = fc.record({
  columns: fc.array(columns, { maxLength: 2 }),
  conditions: fc.array(fc.option(conditions), { minLength: 2, maxLength: 2 }),
  isLong: fc.boolean(),
  isBig: fc.boolean(),
  comment: fc.constantFrom(null, 'of a table'),
})

type Words = typeof words extends fc.Arbitrary<infer T> ? T : never

/** The tables of another arbitrary with more words in them. */
export function withMoreWords(tables: fc.Arbitrary<Table>): fc.Arbitrary<Table> {
  return fc.tuple(tables, words).map(([table, said]) => withWords(table, said))
}

/** Keys over two columns, to the first table whose primary key has two. */
export function compositeKey(key: ForeignKey, parents: readonly Table[]): ForeignKey | null {
  const parent = parents.find((table) => table.primaryKey?.columns.length === 2)
  const refColumns = parent?.primaryKey?.columns
  if (parent === undefined || refColumns === undefined || key.columns.length < 2) return null
  return { ...key, columns: key.columns.slice(0, 2), refTable: parent.name, refColumns }
}

function withWords(table: Table, said: Words): Table {
  const added = said.columns.map((column, i): Column => ({
    ...PLAIN_COLUMN,
    ...column,
    name: NAMES[i] ?? '',
  }))
  const checks = added.flatMap(({ name }, i): readonly Check[] => {
    const condition = said.conditions[i] ?? null
    if (condition === null) return []
    const sql = `"${name}" ${condition.replaceAll('other', name)}`
    return [{ name: `ck ${name}`, sql }]
  })
  const long = added.slice(0, said.isLong ? 1 : 0).map(({ name }): Check => ({
    name: `ck length of ${name}`,
    sql: `length("${name}") >= 1`,
  }))
  return {
    ...table,
    columns: [...table.columns.map((column) => (said.isBig ? big(column) : column)), ...added],
    checks: [...table.checks, ...checks, ...long],
    comment: said.comment,
  }
}

function big(column: Column): Column {
  return column.type.kind === 'increments' ? { ...column, type: { kind: 'bigIncrements' } } : column
}
