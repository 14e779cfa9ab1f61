/** Random tables that MariaDB can hold, with names that are hard to quote. */
import fc from 'fast-check'
import type { Column, ColumnType } from '../../src/schema/column.js'
import type { Check, ForeignKey, Index, Table, Unique } from '../../src/schema/table.js'
import { CHECKS } from './mariadb-checks.js'
import { HOSTILE_NAMES, type Typed, texts, typedColumns } from './mariadb-column-arbitraries.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'

const columnNames = fc.constantFrom('a', 'b', 'c', 'team_id', 'a.b', ...HOSTILE_NAMES)
const tableNames = fc.constantFrom('users', 't', ...HOSTILE_NAMES)

const isText = ({ type }: Typed): boolean => ['string', 'text', 'enum', 'set'].includes(type.kind)

const columns: fc.Arbitrary<Column> = fc
  .record({
    name: columnNames,
    typed: typedColumns,
    nullable: fc.boolean(),
    collation: fc.constantFrom(null, null, 'utf8mb4_bin', 'latin1_swedish_ci', 'utf8_general_ci'),
    comment: fc.option(texts),
  })
  .map(({ name, typed: { type, value }, nullable, collation, comment }) => ({
    ...PLAIN_COLUMN,
    name,
    type,
    default: value,
    // A native text says for itself whether it may be null.
    nullable: nullable || type.kind === 'native',
    // What a value of ASCII cannot hold is not asked of a column of latin1.
    collation: isText({ type, value }) && isAscii(type) ? collation : null,
    comment: comment === '' ? null : comment,
  }))

function isAscii(type: ColumnType): boolean {
  return !('values' in type) || type.values.every((value) => /^[ -~]*$/.test(value))
}

const flags = fc.record({
  counter: fc.constantFrom('none', 'increments', 'bigIncrements', 'signed', 'beside'),
  key: fc.boolean(),
  uniques: fc.array(fc.nat({ max: 9 }), { maxLength: 2 }),
  indexes: fc.array(
    fc.record({ at: fc.nat({ max: 9 }), desc: fc.boolean(), prefix: fc.boolean() }),
    {
      maxLength: 3,
    },
  ),
  self: fc.boolean(),
  checks: fc.uniqueArray(fc.nat({ max: CHECKS.length - 1 }), { maxLength: 4 }),
  generated: fc.constantFrom(null, '("n" + 1) * 2', "concat(s, 'x')", `"s" || ' ' || "s"`),
  stored: fc.boolean(),
  comment: fc.option(texts),
  options: fc.constantFrom<Table['options']>(
    {},
    {},
    { engine: 'InnoDB' },
    { charset: 'latin1' },
    { collate: 'utf8mb4_bin' },
    { charset: 'utf8mb4', collate: 'utf8mb4_unicode_ci' },
    { rowFormat: 'compressed' },
  ),
})

/** Valid tables of one to five columns beside those that their checks are about. */
export const tables: fc.Arbitrary<Table> = fc
  .record({
    name: tableNames,
    columns: fc.uniqueArray(columns, {
      selector: ({ name }) => name.toLowerCase(),
      minLength: 1,
      maxLength: 5,
    }),
    flags,
  })
  .map(({ name, columns: own, flags: is }) => tableOf(name, own, is))

type Flags = typeof flags extends fc.Arbitrary<infer T> ? T : never

function tableOf(name: string, own: readonly Column[], is: Flags): Table {
  const plain: readonly Column[] = [
    ...own,
    { ...PLAIN_COLUMN, name: 'n' },
    { ...PLAIN_COLUMN, name: 's', type: { kind: 'string', length: 50 } },
  ]
  const computed: readonly Column[] =
    is.generated === null
      ? []
      : [
          {
            ...PLAIN_COLUMN,
            name: 'g',
            type: is.generated.includes('n"') ? PLAIN_COLUMN.type : { kind: 'string', length: 200 },
            generated: { sql: is.generated, stored: is.stored },
          },
        ]
  const counter = counterOf(is.counter)
  const isBeside = is.counter === 'beside'
  const key = counter.length > 0 && !isBeside ? ['id'] : is.key || isBeside ? ['n'] : null
  const indexable = own.filter(({ type }) => isIndexable(type))
  const at = (place: number): Column | undefined => indexable[place % indexable.length]
  const uniques = is.uniques.flatMap((place, i): readonly Unique[] => {
    const column = at(place)
    return column === undefined || column.type.kind === 'text'
      ? []
      : [
          {
            name: `u${i}`,
            columns: [column.name, 'n'].slice(0, 1 + (place % 2)),
            deferrable: null,
            nullsNotDistinct: false,
          },
        ]
  })
  const self: readonly ForeignKey[] =
    is.self && is.counter === 'increments'
      ? [
          {
            name: `${name.slice(0, 20)}_self`,
            columns: ['n'],
            refTable: name,
            refColumns: ['id'],
            onDelete: 'cascade',
            onUpdate: null,
            deferrable: null,
          },
        ]
      : []
  const isPlainText = own.every(
    ({ type, default: value }) => isAscii(type) && /^[ -~]*$/.test(JSON.stringify(value)),
  )
  return {
    ...EMPTY_TABLE,
    name,
    columns: [...counter, ...plain, ...computed],
    primaryKey: key === null ? null : { name: null, columns: key },
    uniques,
    indexes: is.indexes.flatMap((each, i) => indexOf(`i${i}`, at(each.at), each)),
    foreignKeys: self,
    checks: is.checks.map((place, i): Check => ({ name: `k${i}`, sql: CHECKS[place] ?? 'true' })),
    comment: is.comment === '' ? null : is.comment,
    // What latin1 cannot hold the server takes for a question mark.
    options: is.options.charset === 'latin1' && !isPlainText ? {} : is.options,
  }
}

function counterOf(kind: Flags['counter']): readonly Column[] {
  const id = { ...PLAIN_COLUMN, name: 'id', nullable: false }
  switch (kind) {
    case 'none':
      return []
    case 'signed':
      return [{ ...id, type: { kind: 'smallint', unsigned: false }, identity: 'byDefault' }]
    case 'beside':
      return [{ ...id, type: { kind: 'increments' } }]
    default:
      return [{ ...id, type: { kind } }]
  }
}

function indexOf(
  name: string,
  column: Column | undefined,
  { desc, prefix }: { readonly desc: boolean; readonly prefix: boolean },
): readonly Index[] {
  if (column === undefined) return []
  const isLong =
    column.type.kind === 'text' || (column.type.kind === 'string' && column.type.length > 20)
  return [
    {
      name,
      unique: false,
      parts: [
        {
          on: { column: column.name },
          order: desc ? 'desc' : 'asc',
          nulls: null,
          collation: null,
          opclass: null,
          prefix: prefix && isLong ? 10 : null,
        },
      ],
      where: null,
      method: null,
      include: [],
      nullsNotDistinct: false,
    },
  ]
}

function isIndexable(type: ColumnType): boolean {
  if (type.kind === 'string') return type.length <= 255
  return !['json', 'jsonb', 'geometry', 'point', 'binary', 'native'].includes(type.kind)
}
