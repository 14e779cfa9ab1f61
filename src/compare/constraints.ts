/** The indexes, uniques, foreign keys and checks of a table as one list, each with what it amounts to. */
import { indexNames } from '../operations/drop-column.js'
import { columnsIn } from '../operations/expression.js'
import type { TableOperation } from '../operations/operation.js'
import type { Check, ForeignKey, Index, Table, TableName, Unique } from '../schema/table.js'
import { isAutomaticName } from './automatic-names.js'

export type NeutralConstraint =
  | { readonly kind: 'unique'; readonly object: Unique }
  | { readonly kind: 'index'; readonly object: Index }
  | { readonly kind: 'foreignKey'; readonly object: ForeignKey }
  | { readonly kind: 'check'; readonly object: Check }

export interface Constraint {
  readonly neutral: NeutralConstraint
  readonly name: string
  /** The canonical object without its name, as text: equal exactly where the objects are. */
  readonly content: string
  /** The columns of the table that it covers or names. */
  readonly columns: readonly string[]
  /** Whether nobody chose its name. */
  readonly isAutomatic: boolean
}

/** A table in both forms, and the names it goes or went by. */
export interface TableForms {
  readonly neutral: Table
  readonly canonical: Table
  readonly names: readonly TableName[]
  /** What the database makes of a constraint's name. */
  readonly reportedName: (name: string) => string
}

/** The constraints of a canonical table. */
export interface FoundConstraints {
  /** Those for which the neutral table has an object of the same name. */
  readonly own: readonly Constraint[]
  /** The content of those that only the canonical form has: part of something else, a column's type. */
  readonly implied: readonly string[]
}

/** What a canonical table has, each with the neutral object that it stands for. */
export function constraintsOf(forms: TableForms): FoundConstraints {
  const { neutral, canonical, names, reportedName } = forms
  const all = neutral.columns.map((column) => column.name)
  const own: Constraint[] = []
  const implied: string[] = []
  const add = (
    kind: NeutralConstraint['kind'],
    object: Unique | Index | ForeignKey | Check,
    columns: readonly string[],
  ): void => {
    const { name } = object
    const content = `${kind} ${textOf({ ...object, name: '' })}`
    const found = neutralNamed(forms, kind, name)
    if (found === null) implied.push(content)
    else {
      const named = { kind: found.kind, name, columns }
      const isAutomatic = isAutomaticName(named, names, reportedName)
      own.push({ neutral: found, name, content, columns, isAutomatic })
    }
  }
  for (const unique of canonical.uniques) add('unique', unique, unique.columns)
  for (const index of canonical.indexes) add('index', index, indexNames(index, all))
  for (const key of canonical.foreignKeys) add('foreignKey', inColumnOrder(key), key.columns)
  for (const check of canonical.checks) add('check', check, columnsIn(check.sql, all))
  return { own, implied: implied.toSorted() }
}

/** The operation that adds a constraint to a table. */
export function addConstraint(
  table: TableName,
  { kind, object }: NeutralConstraint,
): TableOperation {
  switch (kind) {
    case 'unique':
      return { kind: 'addUnique', table, unique: object }
    case 'index':
      return { kind: 'addIndex', table, index: object }
    case 'foreignKey':
      return { kind: 'addForeignKey', table, foreignKey: object }
    case 'check':
      return { kind: 'addCheck', table, check: object }
  }
}

/** The operation that drops a constraint of a table. */
export function dropConstraint(
  table: TableName,
  { kind, object }: NeutralConstraint,
): TableOperation {
  switch (kind) {
    case 'unique':
      return { kind: 'dropUnique', table, unique: object }
    case 'index':
      return { kind: 'dropIndex', table, index: object }
    case 'foreignKey':
      return { kind: 'dropForeignKey', table, foreignKey: object }
    case 'check':
      return { kind: 'dropCheck', table, check: object }
  }
}

/** A value as JSON with its keys in order of name: equal exactly where the values are. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

/**
 * The neutral object that the database reports under a name. A unique index and a uniqueness rule are
 * one thing to some engines: either may stand for the other.
 */
function neutralNamed(
  { neutral, reportedName }: TableForms,
  kind: NeutralConstraint['kind'],
  name: string,
): NeutralConstraint | null {
  const named = <T extends { readonly name: string }>(objects: readonly T[]): T | undefined =>
    objects.find((each) => each.name === name) ??
    objects.find((each) => reportedName(each.name) === name)
  if (kind === 'foreignKey') {
    const object = named(neutral.foreignKeys)
    return object === undefined ? null : { kind, object }
  }
  if (kind === 'check') {
    const object = named(neutral.checks)
    return object === undefined ? null : { kind, object }
  }
  const unique = named(neutral.uniques)
  const index = named(neutral.indexes)
  if (unique !== undefined && (kind === 'unique' || index === undefined)) {
    return { kind: 'unique', object: unique }
  }
  return index === undefined ? null : { kind: 'index', object: index }
}

/** A foreign key over several columns is the same whatever the order of its pairs. */
function inColumnOrder(key: ForeignKey): ForeignKey {
  const pairs = key.columns
    .map((column, at) => ({ column, refColumn: key.refColumns[at] ?? '' }))
    .toSorted((a, b) => (a.column < b.column ? -1 : 1))
  return {
    ...key,
    columns: pairs.map((pair) => pair.column),
    refColumns: pairs.map((pair) => pair.refColumn),
  }
}
