/** Circles that no order resolves: tables that reference each other. */
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import type { Operation } from './operation.js'

interface HeldKey {
  readonly table: TableName
  readonly foreignKey: ForeignKey
}

/**
 * The same operations without circles. Of created tables that reference each other, one comes
 * without the key that closes the circle, and an `addForeignKey` brings it; dropped ones lose the
 * key first.
 */
export function withoutCycles(operations: readonly Operation[]): readonly Operation[] {
  const created = operations.flatMap((each) => (each.kind === 'createTable' ? [each.table] : []))
  const dropped = operations.flatMap((each) => (each.kind === 'dropTable' ? [each.table] : []))
  const late = closingKeys(created)
  const early = closingKeys(dropped)
  const open = operations.map((operation): Operation => {
    if (operation.kind === 'createTable')
      return { ...operation, table: less(operation.table, late) }
    if (operation.kind === 'dropTable') return { ...operation, table: less(operation.table, early) }
    return operation
  })
  return [
    ...open,
    ...late.map((held): Operation => ({ kind: 'addForeignKey', ...held })),
    ...early.map((held): Operation => ({ kind: 'dropForeignKey', ...held })),
  ]
}

/** The foreign keys without which each of the tables can follow its parents. */
function closingKeys(tables: readonly Table[]): readonly HeldKey[] {
  const byName = new Map(tables.map((table) => [table.name, table]))
  const entered = new Set<TableName>()
  const left = new Set<TableName>()
  const closing: HeldKey[] = []
  const others = (table: Table): readonly ForeignKey[] =>
    table.foreignKeys.filter((key) => key.refTable !== table.name && byName.has(key.refTable))
  // A stack, not recursion: a chain of thousands of tables overflows Node's call stack.
  const stack = tables.toReversed()
  for (let table = stack.at(-1); table !== undefined; table = stack.at(-1)) {
    const { name } = table
    if (entered.has(name)) {
      stack.pop()
      if (left.has(name)) continue
      // A parent that is entered and not left waits for this very table.
      const held = others(table).filter((key) => !left.has(key.refTable))
      closing.push(...held.map((foreignKey) => ({ table: name, foreignKey })))
      left.add(name)
    } else {
      entered.add(name)
      const parents = others(table).flatMap((key) => byName.get(key.refTable) ?? [])
      stack.push(...parents.filter((parent) => !entered.has(parent.name)).toReversed())
    }
  }
  return closing
}

function less(table: Table, held: readonly HeldKey[]): Table {
  const gone = new Set(held.filter((each) => each.table === table.name).map((h) => h.foreignKey))
  if (gone.size === 0) return table
  return { ...table, foreignKeys: table.foreignKeys.filter((key) => !gone.has(key)) }
}
