/** Tables that operations changed, held against what the operations say. */
import { ApplyError } from '../../../operations/apply-error.js'
import { applyOperation } from '../../../operations/apply.js'
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Schema } from '../../../schema/schema.js'
import type { Table } from '../../../schema/table.js'
import { canonical } from '../canonical.js'
import { lostClauses, tableRow } from './clauses.js'
import { isPlainlyKept } from './plain.js'
import { isRenaming } from './record.js'
import { textOf } from '../catalog/introspect.js'
import type { Groups } from '../catalog/known-schema.js'
import { fold } from '../names.js'
import type { FindText } from '../catalog/neutral-table.js'
import { neutralTable } from '../catalog/neutral-table.js'

export interface HeldTables {
  /** The folded names, before, of the tables to hold. */
  readonly before: readonly string[]
  /** Their folded names after. */
  readonly after: readonly string[]
  readonly operations: readonly Operation[]
  /** The folded names, after, of the tables that they created: what is new cannot be lost. */
  readonly created: ReadonlySet<string>
  /** Whether a raw statement names an index, folded, and so may have dropped it. */
  readonly isNamed: (index: string) => boolean
}

/** What is gone or changed that no operation named, in full: `index by_age of users is gone`. */
export function lostInTables(before: Groups, after: Groups, all: HeldTables): readonly string[] {
  const held = withoutPlain(before, after, all)
  if (held.before.length === 0) return []
  const old = tablesIn(before, held.before)
  const expected = expectedAfter(old, held.operations)
  if (expected === null) return []
  const now = new Map(tablesIn(after, held.after).map((table) => [fold(table.name), table]))
  return [
    ...expected.tables.flatMap((table) => {
      const live = now.get(fold(table.name))
      if (held.created.has(fold(table.name))) return []
      return live === undefined
        ? [`table ${table.name} is gone`]
        : lostInTable(table, live, { old, isNamed: held.isNamed })
    }),
    ...lostClauses(before, after, held),
  ]
}

/** Without the tables that were not there before, or of which a glance at their texts tells that they lost nothing. */
function withoutPlain(before: Groups, after: Groups, held: HeldTables): HeldTables {
  // A rename changes what other tables say, too.
  if (held.operations.some(isRenaming)) return held
  const operations = new Map<string, Operation[]>()
  for (const operation of held.operations) {
    const table = fold(tableOf(operation) ?? '')
    operations.set(table, [...(operations.get(table) ?? []), operation])
  }
  const plain = new Set(
    held.before.filter((name) => {
      const [old, now] = [before.get(name) ?? [], after.get(name) ?? []]
      if (old.length === 0 && held.created.has(name)) return true
      return isPlainlyKept({ before: old, after: now }, operations.get(name) ?? [])
    }),
  )
  if (plain.size === 0) return held
  const isOpen = (name: string): boolean => !plain.has(name)
  return {
    ...held,
    before: held.before.filter(isOpen),
    after: held.after.filter(isOpen),
    operations: held.operations.filter((operation) => isOpen(fold(tableOf(operation) ?? ''))),
  }
}

/** Null where an operation does not fit the tables, so that nothing can be foretold. */
function expectedAfter(tables: readonly Table[], operations: readonly Operation[]): Schema | null {
  let schema: Schema = { tables, enums: [] }
  for (const operation of operations) {
    if (operation.kind.endsWith('Enum')) continue
    try {
      schema = applyOperation(schema, operation)
    } catch (thrown) {
      if (!(thrown instanceof ApplyError)) throw thrown
      // What a dropped column took along is not there to be dropped again.
      if (thrown.problem === 'missing' && operation.kind.startsWith('drop')) continue
      return null
    }
  }
  return schema
}

interface Aside extends Pick<HeldTables, 'isNamed'> {
  /** The tables as they were. */
  readonly old: readonly Table[]
}

function lostInTable(expected: Table, live: Table, { old, isNamed }: Aside): readonly string[] {
  const wanted = canonical(expected)
  const found = canonical(live)
  if (isSame(wanted, found)) return []
  // A statement that failed and that the script caught was taken back, and its table is as it was.
  const before = old.find((table) => fold(table.name) === fold(live.name))
  if (before !== undefined && isSame(canonical(before), found)) return []
  const lost = (what: string): string => `${what} of ${expected.name}`
  const columns = new Map(found.columns.map((column) => [fold(column.name), column]))
  return [
    ...wanted.columns.flatMap((column) => {
      const other = columns.get(fold(column.name))
      if (other === undefined) return [`${lost(`column ${column.name}`)} is gone`]
      return isSame(column, other) ? [] : [`${lost(`column ${column.name}`)} was changed`]
    }),
    ...(isSame(wanted.primaryKey, found.primaryKey) ? [] : [`${lost('primary key')} was changed`]),
    ...missing(wanted.indexes, found.indexes, true)
      .filter((name) => !isNamed(fold(name)))
      .map((name) => lost(`index ${name}`) + ' is gone'),
    ...missing(wanted.uniques, found.uniques, false).map(
      (name) => lost(`unique ${name}`) + ' is gone',
    ),
    ...missing(wanted.foreignKeys, found.foreignKeys, false).map(
      (name) => lost(`foreign key ${name}`) + ' is gone',
    ),
    ...missing(wanted.checks, found.checks, false).map(
      (name) => lost(`check ${name}`) + ' is gone',
    ),
    ...(isSame(orderOf(wanted, found), orderOf(found, wanted))
      ? []
      : [`the order of the columns of ${expected.name} was changed`]),
  ]
}

/** The names of those that are not there; a name may stand in for none, and then changes with its table's. */
function missing<T extends { readonly name: string }>(
  wanted: readonly T[],
  found: readonly T[],
  byName: boolean,
): readonly string[] {
  const text = (each: T): string => JSON.stringify(byName ? each : { ...each, name: '' })
  const left = found.map(text)
  return wanted.flatMap((each) => {
    const at = left.indexOf(text(each))
    if (at === -1) return [each.name]
    left.splice(at, 1)
    return []
  })
}

function orderOf(table: Table, other: Table): readonly string[] {
  const names = new Set(other.columns.map((column) => fold(column.name)))
  return table.columns.map((column) => fold(column.name)).filter((name) => names.has(name))
}

/** Equal but for the names of constraints and the order in which they stand. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(nameless(a)) === JSON.stringify(nameless(b))
}

function nameless(value: unknown): unknown {
  if (!isTable(value)) return value
  const texts = (objects: readonly { readonly name: string }[]): readonly string[] =>
    objects.map((each) => JSON.stringify({ ...each, name: '' })).toSorted()
  return {
    ...value,
    uniques: texts(value.uniques),
    foreignKeys: texts(value.foreignKeys),
    checks: texts(value.checks),
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'foreignKeys' in value
}

function tablesIn(groups: Groups, names: readonly string[]): readonly Table[] {
  const find: FindText = (name) => {
    const row = tableRow(groups, fold(name))
    return row === undefined ? null : { name: row.name, text: textOf(row) }
  }
  return names.flatMap((name) => {
    const found = find(name)
    const rows = groups.get(name) ?? []
    return found === null ? [] : [neutralTable(found.name, found.text, { rows, find })]
  })
}
