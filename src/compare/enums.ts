/** Enum types of the database's own, which columns use and no table owns. */
import { isSame } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { enumsOf } from '../operations/order-keys.js'
import type { Column } from '../schema/column.js'
import type { Note } from '../schema/desired.js'
import type { EnumType } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import type { CompareInput } from './comparison.js'
import { enumConflict, enumStays } from './notes.js'

export interface EnumChanges {
  readonly creates: readonly Operation[]
  readonly alters: readonly Operation[]
  readonly notes: readonly Note[]
}

/**
 * The types to create and to alter so that the wanted tables can have their columns. The order of
 * values is a difference: databases sort by it.
 */
export function enumChanges(current: readonly EnumType[], wanted: readonly Table[]): EnumChanges {
  const live = new Map(current.map((each) => [each.name, each]))
  const { enums, notes } = wantedEnums(wanted)
  return {
    creates: enums
      .filter((each) => !live.has(each.name))
      .map((each) => ({ kind: 'createEnum', enum: each })),
    alters: enums.flatMap(({ name, values }): readonly Operation[] => {
      const from = live.get(name)?.values
      if (from === undefined || isSame(from, values)) return []
      return [{ kind: 'alterEnum', name, from, to: values, renamed: {} }]
    }),
    notes,
  }
}

/**
 * The types that nothing uses any more: those that a table of the models used, or a dropped one, and
 * that no column that stays uses, not even as a list. As with tables, only a type that a revision
 * written from models created is ours to drop; of any other it is told that it stays.
 */
export function enumDrops(
  { current, managedEnums }: Pick<CompareInput, 'current' | 'managedEnums'>,
  used: readonly Column[],
  using: readonly Column[],
): { readonly drops: readonly Operation[]; readonly notes: readonly Note[] } {
  const before = new Set(enumsOf(used))
  const after = new Set([...enumsOf(using), ...using.flatMap(listedType)])
  const unused = current.enums.filter(({ name }) => before.has(name) && !after.has(name))
  return {
    drops: unused
      .filter(({ name }) => managedEnums.has(name))
      .map((each) => ({ kind: 'dropEnum', enum: each })),
    notes: unused.filter(({ name }) => !managedEnums.has(name)).map(({ name }) => enumStays(name)),
  }
}

/** The name of the type that a column holds a list of: `mood` of `mood[]`. */
function listedType({ type }: Column): readonly string[] {
  if (type.kind !== 'native' || !type.text.endsWith(']')) return []
  return [type.text.replace(/(\[\d*\])+$/, '').replaceAll('"', '')]
}

/** The operations, with what is dropped before its enum type changes as it is then: of the old values. */
export function withFormerValues(operations: readonly Operation[]): readonly Operation[] {
  const changes = new Map(
    operations.flatMap((each, at) =>
      each.kind === 'alterEnum' ? [[each.name, { at, values: each.from }] as const] : [],
    ),
  )
  if (changes.size === 0) return operations
  return operations.map((operation, at) => {
    const former = (column: Column): Column => {
      const { type } = column
      const change = type.kind === 'enum' ? changes.get(type.native ?? '') : undefined
      if (type.kind !== 'enum' || change === undefined || change.at < at) return column
      return { ...column, type: { ...type, values: change.values } }
    }
    switch (operation.kind) {
      case 'dropTable': {
        const { table } = operation
        return { ...operation, table: { ...table, columns: table.columns.map(former) } }
      }
      case 'dropColumn':
        return { ...operation, column: former(operation.column) }
      case 'alterColumn':
        return { ...operation, from: former(operation.from) }
      default:
        return operation
    }
  })
}

/** Whether a database has such types at all: if not, the type's name makes no difference there. */
export function hasNativeEnums(canonical: (table: Table) => Table): boolean {
  return !isSame(canonical(probe(null)).columns, canonical(probe('migrate_tui_probe')).columns)
}

function wantedEnums(tables: readonly Table[]): {
  readonly enums: readonly EnumType[]
  readonly notes: readonly Note[]
} {
  const enums = new Map<string, { readonly values: readonly string[]; readonly table: TableName }>()
  const conflicts = new Map<string, Note>()
  for (const table of tables) {
    for (const { type } of table.columns) {
      if (type.kind !== 'enum' || type.native === null) continue
      const first = enums.get(type.native)
      if (first === undefined) enums.set(type.native, { values: type.values, table: table.name })
      else if (!isSame(first.values, type.values)) {
        conflicts.set(type.native, enumConflict(type.native, [first.table, table.name]))
      }
    }
  }
  return {
    enums: [...enums].map(([name, { values }]) => ({ name, values })),
    notes: [...conflicts.values()],
  }
}

function probe(native: string | null): Table {
  return {
    name: 'migrate_tui_probe',
    columns: [
      {
        name: 'a',
        type: { kind: 'enum', values: ['x'], native },
        nullable: true,
        default: null,
        generated: null,
        identity: null,
        collation: null,
        comment: null,
      },
    ],
    primaryKey: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    comment: null,
    options: {},
  }
}
