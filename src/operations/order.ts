/** The order in which operations can be carried out. */
import type { TableName } from '../schema/table.js'
import { withoutCycles } from './cycles.js'
import { groupBy } from './group-by.js'
import { tableOf, type Operation, type OperationKind } from './operation.js'
import { neededBy } from './needed-by.js'
import type { PrimaryKeyChanges } from './order-keys.js'
import { settledBy } from './settled-by.js'

/**
 * The operations in an order in which every engine can run them. Renames come first, in the order
 * given, and all other operations use the names after them; then enums, new tables (parents before
 * children), each table's alterations together (drops of constraints, columns, constraints), dropped
 * tables (children first) and dropped enums. What another operation needs comes before it, wherever
 * its own place would be. Circles of foreign keys are opened: the operations then are one or more
 * longer. Stable, and the same when ordered again.
 */
export function orderOperations(operations: readonly Operation[]): readonly Operation[] {
  const wanted = inPreferredOrder(withoutCycles(operations))
  const primaryKeys: PrimaryKeyChanges = groupBy(
    wanted.filter((each) => each.kind === 'alterPrimaryKey'),
    (each) => [each.table],
  )
  const settling = groupBy(wanted, (each) => settledBy(each, primaryKeys))
  return afterTheirNeeds(wanted, (operation) =>
    neededBy(operation, primaryKeys).flatMap((key) => settling.get(key) ?? []),
  )
}

/** Each operation after those it needs, else in the order given; what waits for itself goes on. */
function afterTheirNeeds(
  operations: readonly Operation[],
  needs: (operation: Operation) => readonly Operation[],
): readonly Operation[] {
  const entered = new Set<Operation>()
  const done = new Set<Operation>()
  // A stack, not recursion: a chain of thousands of tables overflows Node's call stack.
  const stack = operations.toReversed()
  for (let operation = stack.at(-1); operation !== undefined; operation = stack.at(-1)) {
    if (entered.has(operation)) {
      stack.pop()
      done.add(operation)
    } else {
      entered.add(operation)
      stack.push(
        ...needs(operation)
          .filter((need) => !entered.has(need))
          .toReversed(),
      )
    }
  }
  return [...done]
}

function inPreferredOrder(operations: readonly Operation[]): readonly Operation[] {
  return operations
    .map((operation) => ({ operation, place: placeOf(operation) }))
    .toSorted(({ place: a }, { place: b }) => {
      if (a.stage !== b.stage) return a.stage - b.stage
      if (a.table !== b.table) return a.table < b.table ? -1 : 1
      return a.rank - b.rank
    })
    .map(({ operation }) => operation)
}

interface Place {
  readonly stage: number
  /** Tables go by name, so that the order does not depend on the one given; renames as they come. */
  readonly table: TableName
  readonly rank: number
}

function placeOf(operation: Operation): Place {
  const stage = STAGES[operation.kind]
  const isRename = operation.kind === 'renameTable' || operation.kind === 'renameColumn'
  const table = isRename ? '' : (tableOf(operation) ?? '')
  if (stage !== undefined) return { stage, table, rank: 0 }
  const dropsKey = operation.kind === 'alterPrimaryKey' && operation.to === null
  const rank = dropsKey ? RANKS.indexOf('addColumn') - 0.5 : RANKS.indexOf(operation.kind)
  return { stage: ALTERATIONS, table, rank }
}

const ALTERATIONS = 4

const STAGES: Readonly<Partial<Record<OperationKind, number>>> = {
  renameTable: 0,
  renameColumn: 1,
  createEnum: 2,
  alterEnum: 2,
  createTable: 3,
  dropTable: 5,
  dropEnum: 6,
}

const RANKS: readonly OperationKind[] = [
  'dropForeignKey',
  'dropCheck',
  'dropIndex',
  'dropUnique',
  'addColumn',
  'alterColumn',
  'alterPrimaryKey',
  'dropColumn',
  'addUnique',
  'addIndex',
  'addCheck',
  'alterComment',
  'alterOptions',
  'addForeignKey',
]
