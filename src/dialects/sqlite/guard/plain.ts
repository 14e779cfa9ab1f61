/** What the texts alone show: that columns came and went as the operations say, and all else stayed to the letter. */
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Column } from '../../../schema/column.js'
import { canonicalColumn } from '../canonical.js'
import type { CatalogRow } from '../catalog/catalog.js'
import type { Groups } from '../catalog/known-schema.js'
import type { ColumnText } from '../text/column-text.js'
import type { TableItem, TableText } from '../text/create-table-text.js'
import { textOf } from '../catalog/introspect.js'
import { fold } from '../names.js'
import type { GuardRecord } from './record.js'
import { neutralColumn } from '../catalog/neutral-table.js'

/** The rows of one table, with its indexes and triggers. */
interface Rows {
  readonly before: readonly CatalogRow[]
  readonly after: readonly CatalogRow[]
}

/** Whether a glance at the texts tells that nothing was lost: for most revisions it does. */
export function isPlainRevision(
  before: Groups,
  after: Groups,
  { operations, raw }: GuardRecord,
): boolean {
  const [first] = operations
  const table = first === undefined ? null : tableOf(first)
  if (table === null || raw.length > 0) return false
  if (!operations.every((operation) => tableOf(operation) === table)) return false
  const name = fold(table)
  const [old, now] = [before.get(name) ?? [], after.get(name) ?? []]
  return isPlainlyKept({ before: old, after: now }, operations)
}

/**
 * Whether nothing was lost of a table: true for most revisions at a glance, and false where only
 * holding the whole table against the operations tells.
 */
export function isPlainlyKept(rows: Rows, operations: readonly Operation[]): boolean {
  const added = new Map<string, Column>()
  const dropped = new Set<string>()
  for (const operation of operations) {
    if (operation.kind === 'addColumn') added.set(fold(operation.column.name), operation.column)
    else if (operation.kind === 'dropColumn') dropped.add(fold(operation.column.name))
    else return false
  }
  // A column that comes and goes is more than a glance tells.
  if (added.size + dropped.size < operations.length) return false
  const old = tableIn(rows.before)
  const now = tableIn(rows.after)
  if (old === null || old.name !== now?.name) return false
  if (!isSameBeside(rows) || old.text.tail !== now.text.tail) return false
  const kept = without(old.text.items, dropped)
  const left = without(now.text.items, added)
  return (
    kept.length === old.text.items.length - dropped.size &&
    left.length === now.text.items.length - added.size &&
    kept.length === left.length &&
    kept.every((item, i) => isSameItem(item, left[i])) &&
    now.text.items.every((item) => isAsTold(item, now.text, added))
  )
}

function without(
  items: readonly TableItem[],
  names: { readonly size: number; has(name: string): boolean },
): readonly TableItem[] {
  return names.size === 0 ? items : items.filter((item) => !isColumnOf(item, names))
}

function isSameItem(one: TableItem, other: TableItem | undefined): boolean {
  return one.text === other?.text || one.text.trim() === other?.text.trim()
}

function tableIn(rows: readonly CatalogRow[]): { name: string; text: TableText } | null {
  const row = rows.find((each) => each.type === 'table')
  return row === undefined ? null : { name: row.name, text: textOf(row) }
}

/** Whether indexes and triggers are the same, in the same order. */
function isSameBeside({ before, after }: Rows): boolean {
  return (
    before.length === after.length &&
    before.every((row, i) => {
      const other = after[i]
      return row.type === other?.type && (row.type === 'table' || isSameRow(row, other))
    })
  )
}

function isSameRow(one: CatalogRow, other: CatalogRow): boolean {
  return one.name === other.name && one.sql === other.sql
}

function isColumnOf(item: TableItem, names: { has(name: string): boolean }): boolean {
  return item.kind === 'column' && names.has(fold(item.name))
}

/** Parts that say something of their column alone; a key or a check is one of the table's too. */
const OWN_PARTS: ReadonlySet<string> = new Set(['notNull', 'null', 'default', 'collate'])

function isAsTold(item: TableItem, text: TableText, added: ReadonlyMap<string, Column>): boolean {
  const told = item.kind === 'column' ? added.get(fold(item.name)) : undefined
  if (item.kind !== 'column' || told === undefined) return true
  return item.parts.every((part) => OWN_PARTS.has(part.kind)) && isSameColumn(item, text, told)
}

function isSameColumn(item: ColumnText, text: TableText, told: Column): boolean {
  const live = canonicalColumn(neutralColumn(item, text, null), false)
  return JSON.stringify(live) === JSON.stringify(canonicalColumn(told, false))
}
