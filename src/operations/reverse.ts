/** The operation that takes another one back. */
import type { Operation } from './operation.js'

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

/** What undoes a list of operations: each reversed, the last one first. */
export function reverseOperations(operations: readonly Operation[]): readonly Operation[] {
  return operations.toReversed().map(reverseOperation)
}
