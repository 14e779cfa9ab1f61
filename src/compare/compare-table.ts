/** One table on both sides: what differs, and the operations that mend it. */
import { applyOperations } from '../operations/apply.js'
import { isSame, isSameTable } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { orderOperations } from '../operations/order.js'
import type { Note } from '../schema/desired.js'
import type { Table, TableName } from '../schema/table.js'
import { compareColumns, type ColumnDifference } from './compare-columns.js'
import {
  addConstraint,
  constraintsOf,
  dropConstraint,
  type Constraint,
  type FoundConstraints,
} from './constraints.js'
import { matchConstraints, type MatchedConstraint } from './match-constraints.js'
import { primaryKeyName, unresolved, withheldDrop } from './notes.js'
import { primaryKeyOperations } from './primary-key.js'
import { reportedConstraintName } from './reported-names.js'

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
  readonly canonical: (table: Table, like?: Table) => Table
  readonly allowDrops: boolean
}

export interface TableDifference {
  readonly operations: readonly Operation[]
  readonly columns: readonly ColumnDifference[]
  readonly constraints: readonly MatchedConstraint[]
  readonly hasSameKey: boolean
  /** Whether what only the canonical forms have, as part of a column's type, is the same. */
  readonly impliesSame: boolean
  readonly notes: readonly Note[]
}

/**
 * What differs between two tables; null where nothing does for this database. What a primary key
 * implies (its columns are not null) may differ only once the key has changed, so the outcome is
 * compared once more: no difference passes unseen.
 */
export function compareTable(pair: TablePair, rules: TableRules): TableDifference | null {
  const first = differenceOf(pair, rules)
  if (first === null || !rules.allowDrops) return first
  const { wanted, names } = pair
  const mended = outcomeOf(pair.current, first.operations)
  const second = differenceOf({ current: mended, wanted, names }, rules)
  if (second === null || isEmpty(second)) return first
  const operations = [...first.operations, ...second.operations]
  const outcome = outcomeOf(mended, second.operations)
  const third = differenceOf({ current: outcome, wanted, names }, rules)
  if (third === null || isEmpty(third)) return { ...first, operations }
  return { ...first, operations, notes: [...first.notes, unresolved(wanted.name)] }
}

function differenceOf(pair: TablePair, rules: TableRules): TableDifference | null {
  const { current, wanted, names } = pair
  if (current === wanted || isSame(current, wanted)) return null
  const before = rules.canonical(current, wanted)
  const after = rules.canonical(wanted)
  if (isSameTable(before, after)) return null
  const columns = compareColumns({ current, wanted, before, after }, rules.allowDrops)
  const reportedName = (name: string): string => reportedConstraintName(rules.canonical, name)
  const live = constraintsOf({ neutral: current, canonical: before, names, reportedName })
  const model = constraintsOf({ neutral: wanted, canonical: after, names, reportedName })
  const constraints = matchConstraints(withoutImplied(live, model), model.own).map((each) =>
    madeAnew(each, columns.recreated),
  )
  return {
    operations: [
      ...columns.operations,
      ...constraints.flatMap((each) => constraintOperations(current.name, each, rules.allowDrops)),
      ...primaryKeyOperations({ current, wanted, before, after }, columns, rules.allowDrops),
      ...commentOperations(pair, before, after),
      ...optionOperations(pair, before, after),
    ],
    columns: columns.differences,
    constraints,
    hasSameKey: isSame(before.primaryKey?.columns, after.primaryKey?.columns),
    impliesSame: isSame(live.implied, model.implied),
    notes: [
      ...columns.notes,
      ...withheld(current, constraints, rules.allowDrops),
      ...otherKeyName(before, after),
    ],
  }
}

/** What the database has but for what the model only implies: nothing would add that again. */
function withoutImplied(live: FoundConstraints, model: FoundConstraints): readonly Constraint[] {
  const implied = new Set(model.implied.filter((content) => !live.implied.includes(content)))
  return live.own.filter(({ content }) => !implied.has(content))
}

/** Whether nothing is left to mend but what counts as none: the order of things, an automatic name. */
function isEmpty({ operations, columns, impliesSame }: TableDifference): boolean {
  return operations.length === 0 && impliesSame && columns.every((column) => column.isSame)
}

function outcomeOf(table: Table, operations: readonly Operation[]): Table {
  const schema = { tables: [table], enums: [] }
  const [outcome] = applyOperations(schema, orderOperations(operations)).tables
  return outcome ?? table
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
  // What the model states and the database would give by itself is in one of them only.
  const changed = Object.keys({ ...before.options, ...after.options }).filter(
    (option) => after.options[option] !== before.options[option],
  )
  if (changed.length === 0) return []
  const goesBack = changed.some((option) => !(option in after.options))
  const to = {
    ...current.options,
    ...(goesBack ? wanted.options : {}),
    ...Object.fromEntries(changed.map((option) => [option, wanted.options[option] ?? ''])),
  }
  return [{ kind: 'alterOptions', table: current.name, from: current.options, to }]
}
