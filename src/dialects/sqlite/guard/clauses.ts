/** Clauses of tables that only their texts tell of, held against what the operations say. */
import type { Operation } from '../../../operations/operation.js'
import type { CatalogRow } from '../catalog/catalog.js'
import { isVirtual } from '../catalog/catalog.js'
import { textOf } from '../catalog/introspect.js'
import type { Groups } from '../catalog/known-schema.js'
import { fold } from '../names.js'
import type { TableText } from '../text/create-table-text.js'

/** What the neutral table has no word for: conflict clauses, a descending key, STRICT, WITHOUT ROWID. */
export function lostClauses(
  before: Groups,
  after: Groups,
  held: { readonly before: readonly string[]; readonly operations: readonly Operation[] },
): readonly string[] {
  return held.before.flatMap((name) => {
    const old = tableRow(before, name)
    const now = tableRow(after, name)
    if (old === undefined || now === undefined) return []
    const isRenamed = held.operations.some(
      (operation) => operation.kind === 'renameColumn' && fold(operation.table) === name,
    )
    const isAltered = held.operations.some(
      (operation) =>
        ['alterOptions', 'alterPrimaryKey'].includes(operation.kind) &&
        'table' in operation &&
        operation.table === old.name,
    )
    if (isRenamed || isAltered) return []
    const named = namedColumns(held.operations, name)
    const left = new Set(clausesOf(textOf(now), named))
    return clausesOf(textOf(old), named)
      .filter((clause) => !left.has(clause))
      .map((clause) => `${clause} of ${old.name} is gone`)
  })
}

function clausesOf(text: TableText, named: ReadonlySet<string>): readonly string[] {
  return [
    ...(text.strict ? ['STRICT'] : []),
    ...(text.withoutRowid ? ['WITHOUT ROWID'] : []),
    ...text.items.flatMap((item): readonly string[] => {
      if (item.kind !== 'column' || named.has(fold(item.name))) return []
      return item.parts.flatMap((part) => {
        const conflict = 'conflict' in part ? part.conflict : null
        const descending = part.kind === 'primaryKey' && part.descending
        return [
          ...(conflict === null ? [] : [`on conflict ${conflict} at column ${item.name}`]),
          ...(descending ? [`the descending key at column ${item.name}`] : []),
        ]
      })
    }),
  ]
}

function namedColumns(operations: readonly Operation[], table: string): ReadonlySet<string> {
  return new Set(
    operations.flatMap((operation) => {
      if (!('table' in operation) || typeof operation.table !== 'string') return []
      if (fold(operation.table) !== table) return []
      switch (operation.kind) {
        case 'alterColumn':
          return [fold(operation.from.name)]
        case 'dropColumn':
          return [fold(operation.column.name)]
        case 'dropUnique':
          return operation.unique.columns.map(fold)
        default:
          return []
      }
    }),
  )
}

/** The row of a table by its folded name; a virtual one has none. */
export function tableRow(groups: Groups, name: string): CatalogRow | undefined {
  return groups.get(name)?.find((row) => row.type === 'table' && !isVirtual(row))
}
