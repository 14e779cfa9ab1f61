/** One table on both sides: what differs, and the operations that mend it. */
import { applyOperations } from '../operations/apply.js'
import { isSame, isSameTable } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { orderOperations } from '../operations/order.js'
import type { Note } from '../schema/desired.js'
import type { Table, TableName } from '../schema/table.js'
import { compareColumns, type ColumnDifference } from './compare-columns.js'
import { addConstraint, constraintsOf, dropConstraint } from './constraints.js'
import { matchConstraints, type MatchedConstraint } from './match-constraints.js'
import { primaryKeyName, unresolved, withheldDrop } from './notes.js'
import { primaryKeyOperations } from './primary-key.js'

/** A table that both sides have. */
export interface TablePair {
  /** As the database has it, under its new names where something was renamed. */
  readonly current: Table
  /** What it should be, under the same name. */
  readonly wanted: Table
  /** The names under which it goes or went. */
  readonly names: readonly TableName[]
}

/** How tables are compared. */
export interface TableRules {
  readonly canonical: (table: Table) => Table
  readonly allowDrops: boolean
}

export interface TableDifference {
  readonly operations: readonly Operation[]
  readonly columns: readonly ColumnDifference[]
  readonly constraints: readonly MatchedConstraint[]
  readonly hasSameKey: boolean
  readonly notes: readonly Note[]
}

/** What differs between two tables; null where nothing does for this database. */
export function compareTable(pair: TablePair, rules: TableRules): TableDifference | null {
  const { current, wanted } = pair
  if (current === wanted || isSame(current, wanted)) return null
  const before = rules.canonical(current)
  const after = rules.canonical(wanted)
  if (isSameTable(before, after)) return null
  const columns = compareColumns({ current, wanted, before, after }, rules.allowDrops)
  const constraints = matchConstraints(
    constraintsOf({ neutral: current, canonical: before, names: pair.names }).own,
    constraintsOf({ neutral: wanted, canonical: after, names: pair.names }).own,
  ).map((each) => madeAnew(each, columns.recreated))
  const operations = [
    ...columns.operations,
    ...constraints.flatMap((each) => constraintOperations(current.name, each, rules.allowDrops)),
    ...primaryKeyOperations({ current, wanted, before, after }, columns, rules.allowDrops),
    ...commentOperations(pair, before, after),
    ...optionOperations(pair, before, after),
  ]
  const left = rules.allowDrops && !isMended(pair, operations, rules)
  const notes = [
    ...columns.notes,
    ...withheld(current, constraints, rules.allowDrops),
    ...otherKeyName(before, after),
  ]
  return {
    operations,
    columns: columns.differences,
    constraints,
    hasSameKey: isSame(before.primaryKey?.columns, after.primaryKey?.columns),
    notes: left ? [...notes, unresolved(current.name)] : notes,
  }
}

/** A constraint over a column that is dropped and added again is dropped and added with it. */
function madeAnew(matched: MatchedConstraint, recreated: ReadonlySet<string>): MatchedConstraint {
  const touches = matched.current?.columns.some((column) => recreated.has(column)) === true
  return touches ? { ...matched, isSame: false } : matched
}

function constraintOperations(
  table: TableName,
  { current, wanted, isSame: same }: MatchedConstraint,
  allowDrops: boolean,
): readonly Operation[] {
  if (same || (wanted === null && !allowDrops)) return []
  return [
    ...(current === null ? [] : [dropConstraint(table, current.neutral)]),
    ...(wanted === null ? [] : [addConstraint(table, wanted.neutral)]),
  ]
}

function withheld(
  { name }: Table,
  constraints: readonly MatchedConstraint[],
  allowDrops: boolean,
): readonly Note[] {
  if (allowDrops) return []
  return constraints.flatMap(({ current, wanted }) =>
    current === null || wanted !== null ? [] : [withheldDrop(current.name, name)],
  )
}

/** A key is too much to rebuild for its name. */
function otherKeyName(before: Table, after: Table): readonly Note[] {
  const [live, model] = [before.primaryKey?.name ?? null, after.primaryKey?.name ?? null]
  const isOther = live !== null && model !== null && live !== model
  return isOther ? [primaryKeyName(before.name, { live, model })] : []
}

function commentOperations(
  { current, wanted }: TablePair,
  before: Table,
  after: Table,
): readonly Operation[] {
  if (before.comment === after.comment) return []
  return [{ kind: 'alterComment', table: current.name, from: current.comment, to: wanted.comment }]
}

/** Options that this database has no word for are not in the canonical form, and left as they are. */
function optionOperations(
  { current, wanted }: TablePair,
  before: Table,
  after: Table,
): readonly Operation[] {
  const changed = Object.keys(after.options).filter(
    (option) => after.options[option] !== before.options[option],
  )
  if (changed.length === 0) return []
  const to = {
    ...current.options,
    ...Object.fromEntries(changed.map((option) => [option, wanted.options[option] ?? ''])),
  }
  return [{ kind: 'alterOptions', table: current.name, from: current.options, to }]
}

/** Whether the operations really lead to what is wanted: no difference may pass unseen. */
function isMended(
  { current, wanted, names }: TablePair,
  operations: readonly Operation[],
  { canonical }: TableRules,
): boolean {
  const schema = { tables: [current], enums: [] }
  const [mended] = applyOperations(schema, orderOperations(operations)).tables
  if (mended === undefined) return false
  const before = canonical(mended)
  const after = canonical(wanted)
  if (isSameTable(before, after)) return true
  const live = constraintsOf({ neutral: mended, canonical: before, names })
  const model = constraintsOf({ neutral: wanted, canonical: after, names })
  const none = { uniques: [], indexes: [], foreignKeys: [], checks: [], primaryKey: null }
  return (
    matchConstraints(live.own, model.own).every((each) => each.isSame) &&
    isSame(live.implied, model.implied) &&
    isSame(before.primaryKey?.columns, after.primaryKey?.columns) &&
    isSameTable({ ...before, ...none }, { ...after, ...none })
  )
}
