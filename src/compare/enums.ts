/** Enum types of the database's own, which columns use and no table owns. */
import { isSame } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { enumsOf } from '../operations/order-keys.js'
import type { Column } from '../schema/column.js'
import type { Note } from '../schema/desired.js'
import type { EnumType } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import { enumConflict } from './notes.js'

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
 * that no column that stays uses. A type that nothing ever used is not ours to drop.
 */
export function enumDrops(
  current: readonly EnumType[],
  used: readonly Column[],
  using: readonly Column[],
): readonly Operation[] {
  const before = new Set(enumsOf(used))
  const after = new Set(enumsOf(using))
  return current
    .filter(({ name }) => before.has(name) && !after.has(name))
    .map((each) => ({ kind: 'dropEnum', enum: each }))
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
