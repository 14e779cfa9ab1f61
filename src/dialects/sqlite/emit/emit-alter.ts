/** The operations of one alterTable call: natively where SQLite can do all of them, else by one rebuild. */
import type { TableOperation } from '../../../operations/operation.js'
import type { ForeignKey } from '../../../schema/table.js'
import type { Connection } from '../../connection.js'
import type { Statement } from '../../dialect.js'
import type { Abilities } from './abilities.js'
import { readAbilities } from './abilities.js'
import { madeAnew } from './anew.js'
import { columnUsers } from './column-users.js'
import { editTable } from './edit.js'
import { freeName } from './free-name.js'
import { fold, isSameName, quote } from '../names.js'
import { rebuildStatements } from './rebuild.js'
import { stopAtUnknown } from './stop-at-unknown.js'
import { isInTransaction } from '../connection/session.js'
import type { TextOperation } from './renames.js'
import { readSteps } from './renames.js'
import { columnOf } from '../catalog/table-parts.js'
import type { TableState } from './table-state.js'

export interface Emitted {
  readonly statements: readonly Statement[]
  /** The table after them; null where a rename changed texts in a way that only SQLite knows. */
  readonly state: TableState | null
}

/** The table to alter, and whether it stands so in the database, or only will by then. */
export interface Altered {
  readonly state: TableState
  readonly isThere: boolean
}

/** The statements for operations on a table. */
export async function emitAlter(
  connection: Connection,
  { state, isThere }: Altered,
  operations: readonly TableOperation[],
): Promise<Emitted> {
  const steps = readSteps(state, operations)
  const abilities = await readAbilities(connection)
  const done = editAll(state, steps.operations, {
    abilities,
    outside: await usersOutside(connection, state, steps.operations),
  })
  const added = steps.operations.flatMap((each) =>
    each.kind === 'addColumn' ? [fold(each.column.name)] : [],
  )
  if (done.native === null) await expectFrame(connection)
  const statements = done.native ?? [
    ...(abilities.runsElsewhere ? stopAtUnknown(state) : []),
    ...rebuildStatements({
      from: state,
      to: done.state,
      added: new Set(added),
      temporary: await freeName(connection, `migrate_tui_new_${state.name}`),
    }),
  ]
  const renames = steps.renames.map(
    ({ from, to }) =>
      `alter table ${quote(state.name)} rename column ${quote(from)} to ${quote(to)}`,
  )
  const change = { from: state, to: done.state, statements }
  const changed = isThere ? await madeAnew(connection, change) : null
  return {
    statements: [
      ...(changed ?? statements.map((sql) => ({ sql }))),
      ...renames.map((sql) => ({ sql })),
    ],
    state: renames.length === 0 ? done.state : null,
  }
}

/** In a transaction with foreign keys on, a rebuild's DROP TABLE would delete rows of other tables. */
async function expectFrame(connection: Connection): Promise<void> {
  const [row] = await connection.query('pragma foreign_keys')
  if (row?.foreign_keys === 0 || !isInTransaction(connection)) return
  throw new Error('The frame was not entered: foreign keys are on in a transaction.')
}

interface Surroundings {
  readonly abilities: Abilities
  readonly outside: ReadonlyMap<string, readonly string[]>
}

/** Every operation on the texts; `native` is null as soon as one of them needs a rebuild. */
function editAll(
  start: TableState,
  operations: readonly TextOperation[],
  around: Surroundings,
): { readonly state: TableState; readonly native: readonly string[] | null } {
  const dropped = new Set(
    operations.flatMap((each) => (each.kind === 'dropColumn' ? [fold(each.column.name)] : [])),
  )
  const inlined = new Set<TextOperation>()
  let state = start
  let native: readonly string[] | null = []
  operations.forEach((operation, i) => {
    if (inlined.has(operation)) return
    const later = operations.slice(i + 1)
    const key = operation.kind === 'addColumn' ? keyOf(operation.column.name, later) : null
    if (key !== null) inlined.add(key)
    const inline = key?.foreignKey ?? null
    const edit = editTable(state, operation, { dropped, later, inline, ...around })
    state = edit.state
    native = native === null || edit.native === null ? null : [...native, ...edit.native]
  })
  return { state, native }
}

interface AddKey {
  readonly kind: 'addForeignKey'
  readonly table: string
  readonly foreignKey: ForeignKey
}

/** The later key over the new column alone: written into the column, it needs no rebuild. */
function keyOf(column: string, later: readonly TextOperation[]): AddKey | null {
  for (const operation of later) {
    if (operation.kind !== 'addForeignKey') continue
    const [only, second] = operation.foreignKey.columns
    if (only !== undefined && second === undefined && isSameName(only, column)) return operation
  }
  return null
}

/** What outside the table uses each column that is dropped, by its folded name. */
async function usersOutside(
  connection: Connection,
  state: TableState,
  operations: readonly TextOperation[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, readonly string[]>()
  for (const operation of operations) {
    if (operation.kind !== 'dropColumn') continue
    const column = columnOf(state.text, operation.column.name)
    if (column === undefined) continue
    users.set(fold(column.name), await columnUsers(connection, state, column.name))
  }
  return users
}
