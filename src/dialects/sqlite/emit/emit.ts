/** Operations as the statements that carry them out on the database as it stands. */
import type { Operation, TableOperation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Connection } from '../../connection.js'
import type { Statement } from '../../dialect.js'
import { createTable, expectNoSchema } from './create-table.js'
import { emitAlter } from './emit-alter.js'
import { freeName } from './free-name.js'
import { fold, isSameName, quote } from '../names.js'
import { notFound, refused } from './refusals.js'
import type { TableState } from './table-state.js'
import { readState, stateOf } from './table-state.js'

/**
 * The statements, in order. Operations are read table by table, and a table is read from the database
 * when its turn comes: what the same call did to other tables is not seen. So callers emit once for
 * each schema call; only a table that the call itself creates may be altered in it afterwards.
 */
export async function emit(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  const states: States = new Map()
  for (const group of groupsOf(operations)) {
    statements.push(...(await emitGroup(connection, group, states)))
  }
  return statements
}

/** The tables that the call made or altered so far, by folded name; made is read only where it is altered, too. */
type States = Map<string, () => TableState | null>

/** Neighbours on one table. */
function groupsOf(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups: Operation[][] = []
  let name: string | null = null
  for (const operation of operations) {
    const table = tableOf(operation)
    const last = groups.at(-1)
    const joins =
      last !== undefined &&
      table !== null &&
      name !== null &&
      isSameName(table, name) &&
      isAlteration(operation) &&
      last.every(isAlteration)
    if (joins) last.push(operation)
    else groups.push([operation])
    name = table
  }
  return groups
}

async function emitGroup(
  connection: Connection,
  group: readonly Operation[],
  states: States,
): Promise<readonly Statement[]> {
  const alterations = group.filter(isAlteration)
  const [first] = group
  const [alteration] = alterations
  if (alteration !== undefined) {
    expectNoSchema(alteration.table)
    const table = fold(alteration.table)
    const made = states.get(table)?.() ?? null
    const state = made ?? (await readState(connection, alteration.table))
    if (state === null) throw notFound('The database', `table ${alteration.table}`)
    const emitted = await emitAlter(connection, { state, isThere: made === null }, alterations)
    if (emitted.state === null) states.delete(table)
    else states.set(table, () => emitted.state)
    return emitted.statements
  }
  switch (first?.kind) {
    case 'createTable': {
      const { table } = first
      const statements = createTable(table)
      const rows = statements.map((sql, i) => ({
        type: i === 0 ? ('table' as const) : ('index' as const),
        name: i === 0 ? table.name : (indexNames(table)[i - 1] ?? ''),
        table: table.name,
        sql,
      }))
      states.set(fold(table.name), () => stateOf(rows))
      return asGiven(statements)
    }
    case 'dropTable':
      // With foreign keys off no row of another table is deleted. Whether rows still point here is
      // for the guard to find at the end of the revision, which may yet drop or mend them.
      expectNoSchema(first.table.name)
      return asGiven([`drop table ${quote(first.table.name)}`])
    case 'renameTable':
      expectNoSchema(first.from)
      expectNoSchema(first.to)
      return asGiven(await renameTable(connection, first.from, first.to))
    case 'alterEnum':
      throw refused(`SQLite has no type ${first.name} that could be altered.`, {
        why: 'An enum is a check of its own in every column that uses it.',
        fix: `State each of these columns anew: table.enu(…).alter().`,
      })
    default:
      // An enum type comes and goes with the columns that use it.
      return []
  }
}

function asGiven(statements: readonly string[]): readonly Statement[] {
  return statements.map((sql) => ({ sql }))
}

/** SQLite takes a name that differs only in case for the same one, so such a rename goes over another. */
async function renameTable(
  connection: Connection,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const rename = (a: string, b: string): string => `alter table ${quote(a)} rename to ${quote(b)}`
  if (from === to) return []
  if (!isSameName(from, to)) return [rename(from, to)]
  const between = await freeName(connection, `${to}_renamed`)
  return [rename(from, between), rename(between, to)]
}

function isAlteration(operation: Operation): operation is TableOperation {
  return 'table' in operation && typeof operation.table === 'string'
}

function indexNames(
  table: Extract<Operation, { kind: 'createTable' }>['table'],
): readonly string[] {
  return [...table.uniques, ...table.indexes].map((each) => each.name)
}
