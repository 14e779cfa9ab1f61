/** Random tables that PostgreSQL can hold. */
import fc from 'fast-check'
import type { Column } from '../../src/schema/column.js'
import type { Index, Table } from '../../src/schema/table.js'
import { columns, tableNames } from './postgres-column-arbitraries.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const places = fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 })
const actions = fc.constantFrom(null, 'cascade', 'set null', 'set default', 'restrict')

const raws = fc.record({
  name: tableNames,
  columns: fc.uniqueArray(columns, {
    selector: (column) => column.name,
    minLength: 1,
    maxLength: 8,
  }),
  key: fc.constantFrom('none', 'increments', 'bigIncrements', 'plain'),
  keyName: fc.constantFrom(null, 'own key'),
  keyPlaces: places,
  generated: fc.boolean(),
  uniques: fc.array(
    fc.record({
      places,
      deferrable: fc.constantFrom(null, 'immediate', 'deferred'),
      nulls: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  indexes: fc.array(
    fc.record({
      places,
      unique: fc.boolean(),
      order: fc.constantFrom('asc', 'desc'),
      nulls: fc.constantFrom(null, 'first', 'last'),
      expression: fc.boolean(),
      where: fc.boolean(),
      include: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  checks: fc.array(fc.record({ places, form: fc.nat({ max: 3 }) }), { maxLength: 2 }),
  key2: fc.record({
    own: fc.boolean(),
    onDelete: actions,
    onUpdate: actions,
    deferrable: fc.constantFrom(null, 'immediate', 'deferred'),
  }),
  comment: fc.constantFrom(null, "it's a table"),
})

/** Types that have an order, which indexes and uniques need. */
function isOrdered({ type }: Column): boolean {
  if (type.kind === 'json' || type.kind === 'point') return false
  return type.kind !== 'native' || type.text !== 'tsvector'
}

/** Tables that PostgreSQL takes, alone in a database where only the enum `mood` is. */
export const tables: fc.Arbitrary<Table> = raws.map((raw) => {
  const id: Column = {
    ...PLAIN_COLUMN,
    name: 'id',
    type: { kind: raw.key === 'bigIncrements' ? 'bigIncrements' : 'increments' },
    nullable: false,
  }
  const counter = raw.key === 'increments' || raw.key === 'bigIncrements'
  const ordered = raw.columns.filter(isOrdered).map(({ name }) => name)
  const at = (list: readonly number[]): readonly string[] =>
    ordered.length === 0
      ? []
      : [...new Set(list.map((place) => ordered[place % ordered.length] ?? ''))]
  const keyColumns = counter ? ['id'] : raw.key === 'plain' ? at(raw.keyPlaces) : []
  const number: Column = { ...PLAIN_COLUMN, name: 'number' }
  const computed: Column = {
    ...PLAIN_COLUMN,
    name: 'computed',
    generated: { sql: 'coalesce(number, 0) * 2 + 1', stored: true },
  }
  const indexes = raw.indexes.flatMap((index, i): readonly Index[] => {
    const names = at(index.places)
    if (names.length === 0) return []
    return [
      {
        name: `ix"${i}`,
        unique: index.unique,
        parts: names.map((column) => ({
          on: index.expression ? { sql: `coalesce(${quoted(column)}::text, 'none')` } : { column },
          order: index.order,
          nulls: index.nulls,
          collation: null,
          opclass: null,
          prefix: null,
        })),
        where: index.where
          ? `${quoted(names[0] ?? '')} is not null and number between 1 and 9`
          : null,
        method: null,
        include: index.include ? ['number'] : [],
        nullsNotDistinct: false,
      },
    ]
  })
  return {
    ...EMPTY_TABLE,
    name: raw.name,
    columns: [
      ...(counter ? [id] : []),
      ...raw.columns,
      number,
      ...(raw.generated ? [computed] : []),
    ],
    primaryKey: keyColumns.length === 0 ? null : { name: raw.keyName, columns: keyColumns },
    uniques: raw.uniques.flatMap(({ places: list, deferrable, nulls }, i) => {
      const names = at(list)
      return names.length === 0
        ? []
        : [{ name: `uq ${i}`, columns: names, deferrable, nullsNotDistinct: nulls }]
    }),
    indexes: indexes.filter(
      (index) =>
        !index.parts.some(
          (part) => 'sql' in part.on && raw.columns.some((column) => isUnstable(column, part.on)),
        ),
    ),
    foreignKeys: counter
      ? [
          {
            name: 'to itself',
            columns: ['number'],
            refTable: raw.name,
            refColumns: ['id'],
            onDelete: raw.key2.onDelete,
            onUpdate: raw.key2.onUpdate,
            deferrable: raw.key2.deferrable,
          },
        ]
      : [],
    checks: raw.checks.map(({ places: list, form }, i) => {
      const [first = 'number'] = at(list)
      const forms = [
        `${quoted(first)} is not null or number > 3`,
        `number in (1, 2) and not (number = 5)`,
        `${quoted(first)}::text <> 'x' and number != -1`,
        `case when number > 3 then ${quoted(first)} is null else true end`,
      ]
      return { name: `ck ${i}`, sql: forms[form] ?? 'true' }
    }),
    comment: raw.comment,
  }
})

/** Whether the text of a value depends on the session, so that the server takes it into no index. */
function isUnstable({ name, type }: Column, on: Index['parts'][number]['on']): boolean {
  const isThere = 'sql' in on && on.sql.includes(quoted(name))
  return (
    isThere &&
    ![
      'tinyint',
      'smallint',
      'mediumint',
      'integer',
      'bigInteger',
      'string',
      'text',
      'uuid',
      'decimal',
    ].includes(type.kind)
  )
}
