/**
 * Column renames inside one call. They run last, by SQLite's own RENAME COLUMN, which also rewrites
 * views, triggers and other tables; so all other operations are read in the names from before them.
 */
import type { TableOperation } from '../../../operations/operation.js'
import type { Column } from '../../../schema/column.js'
import type { Index } from '../../../schema/table.js'
import { withRenamedColumns } from '../expression.js'
import { fold, isSameName } from '../names.js'
import { notFound, refused } from './refusals.js'
import { columnOf } from '../catalog/table-parts.js'
import type { TableState } from './table-state.js'

/** An operation on the columns as they are named before the call. */
export type TextOperation = Exclude<TableOperation, { readonly kind: 'renameColumn' }>

export interface Rename {
  readonly from: string
  readonly to: string
}

export interface Steps {
  readonly operations: readonly TextOperation[]
  /** In order, to run after all operations; those of columns that the call drops are left out. */
  readonly renames: readonly Rename[]
}

/** @throws MigrateError `SQLITE_REFUSED` where a new column takes the name of a renamed one */
export function readSteps(state: TableState, operations: readonly TableOperation[]): Steps {
  const oldNames = new Map<string, string>()
  const away = new Set<string>()
  const made: TextOperation[] = []
  const renames: (Rename & { readonly column: string })[] = []
  const old = (name: string): string => {
    const known = oldNames.get(fold(name))
    if (known === undefined && away.has(fold(name))) throw notFound(state.name, `column ${name}`)
    return known ?? name
  }
  for (const operation of operations) {
    if (operation.kind === 'renameColumn') {
      const column = old(operation.from)
      const isAdded = made.some((each) => adds(each, column))
      if (columnOf(state.text, column) === undefined && !isAdded) {
        throw notFound(state.name, `column ${operation.from}`)
      }
      renames.push({ from: operation.from, to: operation.to, column })
      oldNames.delete(fold(operation.from))
      oldNames.set(fold(operation.to), column)
      away.add(fold(operation.from))
      away.delete(fold(operation.to))
      continue
    }
    if (operation.kind === 'addColumn' && away.has(fold(operation.column.name))) {
      throw refused(`${state.name} cannot get a new column ${operation.column.name} here.`, {
        why: 'The same alterTable call renames the column that has the name now.',
        fix: 'Rename it in an alterTable call of its own before.',
      })
    }
    made.push(oldNames.size === 0 ? operation : inOldNames(operation, old, oldNames))
  }
  const dropped = made.flatMap((each) => (each.kind === 'dropColumn' ? [each.column.name] : []))
  return {
    operations: made,
    renames: renames.filter(
      (rename) =>
        rename.from !== rename.to && !dropped.some((name) => isSameName(name, rename.column)),
    ),
  }
}

function adds(operation: TextOperation, column: string): boolean {
  return operation.kind === 'addColumn' && isSameName(operation.column.name, column)
}

function inOldNames(
  operation: TextOperation,
  old: (name: string) => string,
  names: ReadonlyMap<string, string>,
): TextOperation {
  const expression = (sql: string): string => withRenamedColumns(sql, names)
  const list = (columns: readonly string[]): readonly string[] => columns.map(old)
  const column = (each: Column): Column => ({
    ...each,
    name: old(each.name),
    generated:
      each.generated === null ? null : { ...each.generated, sql: expression(each.generated.sql) },
  })
  const index = (each: Index): Index => ({
    ...each,
    where: each.where === null ? null : expression(each.where),
    parts: each.parts.map((part) => ({
      ...part,
      on: 'column' in part.on ? { column: old(part.on.column) } : { sql: expression(part.on.sql) },
    })),
  })
  switch (operation.kind) {
    case 'addColumn':
    case 'dropColumn':
      return { ...operation, column: column(operation.column) }
    case 'alterColumn':
      return { ...operation, from: column(operation.from), to: column(operation.to) }
    case 'addIndex':
    case 'dropIndex':
      return { ...operation, index: index(operation.index) }
    case 'addUnique':
    case 'dropUnique':
      return {
        ...operation,
        unique: { ...operation.unique, columns: list(operation.unique.columns) },
      }
    case 'addForeignKey':
    case 'dropForeignKey': {
      const key = operation.foreignKey
      const isOwn = isSameName(key.refTable, operation.table)
      const refColumns = isOwn ? list(key.refColumns) : key.refColumns
      return { ...operation, foreignKey: { ...key, columns: list(key.columns), refColumns } }
    }
    case 'addCheck':
    case 'dropCheck':
      return { ...operation, check: { ...operation.check, sql: expression(operation.check.sql) } }
    case 'alterPrimaryKey': {
      const { to } = operation
      return { ...operation, to: to === null ? null : { ...to, columns: list(to.columns) } }
    }
    case 'alterComment':
    case 'alterOptions':
      return operation
  }
}
