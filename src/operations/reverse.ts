/** The operation that takes another one back. */
import type { Column } from '../schema/column.js'
import type { Operation } from './operation.js'
import { enumsOf } from './order-keys.js'

/** What undoes an operation; it needs nothing but the operation, since drops carry what they drop. */
export function reverseOperation(operation: Operation): Operation {
  switch (operation.kind) {
    case 'createTable':
      return { ...operation, kind: 'dropTable' }
    case 'dropTable':
      return { ...operation, kind: 'createTable' }
    case 'addColumn':
      return { ...operation, kind: 'dropColumn' }
    case 'dropColumn':
      return { ...operation, kind: 'addColumn' }
    case 'addIndex':
      return { ...operation, kind: 'dropIndex' }
    case 'dropIndex':
      return { ...operation, kind: 'addIndex' }
    case 'addUnique':
      return { ...operation, kind: 'dropUnique' }
    case 'dropUnique':
      return { ...operation, kind: 'addUnique' }
    case 'addForeignKey':
      return { ...operation, kind: 'dropForeignKey' }
    case 'dropForeignKey':
      return { ...operation, kind: 'addForeignKey' }
    case 'addCheck':
      return { ...operation, kind: 'dropCheck' }
    case 'dropCheck':
      return { ...operation, kind: 'addCheck' }
    case 'createEnum':
      return { ...operation, kind: 'dropEnum' }
    case 'dropEnum':
      return { ...operation, kind: 'createEnum' }
    case 'renameTable':
      return { ...operation, from: operation.to, to: operation.from }
    case 'renameColumn':
      return { ...operation, from: operation.to, to: operation.from }
    case 'alterColumn':
      return { ...operation, from: operation.to, to: operation.from }
    case 'alterPrimaryKey':
      return { ...operation, from: operation.to, to: operation.from }
    case 'alterComment':
      return { ...operation, from: operation.to, to: operation.from }
    case 'alterOptions':
      return { ...operation, from: operation.to, to: operation.from }
    case 'alterEnum':
      return {
        ...operation,
        from: operation.to,
        to: operation.from,
        renamed: Object.fromEntries(
          Object.entries(operation.renamed).map(([before, after]) => [after, before]),
        ),
      }
  }
}

/**
 * What undoes a list of operations: each reversed, the last one first. A column that keeps its enum
 * type changes after the type all the same: its default may be a value that only then exists.
 */
export function reverseOperations(operations: readonly Operation[]): readonly Operation[] {
  return afterTheirEnums(operations.toReversed().map(reverseOperation))
}

function afterTheirEnums(operations: readonly Operation[]): readonly Operation[] {
  const lastAt = new Map(
    operations.flatMap((each, at) => (each.kind === 'alterEnum' ? [[each.name, at] as const] : [])),
  )
  if (lastAt.size === 0) return operations
  const waiting = (at: number): readonly Operation[] =>
    operations.slice(0, at).flatMap((each) => {
      const name = keptEnum(each)
      return name !== null && lastAt.get(name) === at ? [each] : []
    })
  return operations.flatMap((each, at) => {
    const name = keptEnum(each)
    if (name !== null && (lastAt.get(name) ?? -1) > at) return []
    if (each.kind !== 'alterEnum' || lastAt.get(each.name) !== at) return [each]
    return [each, ...waiting(at).map((column) => withValues(column, each.to))]
  })
}

/** The enum type of the database's own that a column has before and after a change. */
function keptEnum(operation: Operation): string | null {
  if (operation.kind !== 'alterColumn') return null
  const [before] = enumsOf([operation.from])
  const [after] = enumsOf([operation.to])
  return before !== undefined && before === after ? before : null
}

function withValues(operation: Operation, values: readonly string[]): Operation {
  if (operation.kind !== 'alterColumn') return operation
  const listing = (column: Column): Column =>
    column.type.kind === 'enum' ? { ...column, type: { ...column.type, values } } : column
  return { ...operation, from: listing(operation.from), to: listing(operation.to) }
}
