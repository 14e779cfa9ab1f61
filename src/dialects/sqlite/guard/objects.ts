/** Objects that vanished or changed although nothing named them. */
import type { CatalogRow } from '../catalog/catalog.js'
import type { GuardRecord } from './record.js'
import { isDropped, isNamedByDdl } from './record.js'
import { fold } from '../names.js'
import type { Token } from '../text/tokens.js'
import { nameOf, tokensOf } from '../text/tokens.js'

/**
 * Each object in full that was there before and is not, or not the same, after: `trigger log on users`.
 * Tables and indexes of `held` are held against the operations elsewhere, more strictly.
 */
export function lostObjects(
  before: Iterable<CatalogRow>,
  after: ReadonlyMap<string, CatalogRow>,
  record: GuardRecord,
  held: ReadonlySet<string>,
): readonly string[] {
  const lost: string[] = []
  for (const row of before) {
    const table = fold(row.table)
    if (held.has(table) && (row.type === 'table' || row.type === 'index')) continue
    if (isNamedByDdl(record, fold(row.name)) || isNamedByDdl(record, table)) continue
    const found = after.get(keyOf(row))
    if (found === undefined) {
      if (!isDropped(record, table)) lost.push(`${titleOf(row)} is gone`)
    } else if (!isSameText(row.sql, found.sql, record)) {
      lost.push(`${titleOf(row)} was changed`)
    }
  }
  return lost
}

/** Rows by type and name. */
export function objectsOf(
  groups: Iterable<readonly CatalogRow[]>,
): ReadonlyMap<string, CatalogRow> {
  const objects = new Map<string, CatalogRow>()
  for (const rows of groups) for (const row of rows) objects.set(keyOf(row), row)
  return objects
}

function keyOf(row: CatalogRow): string {
  return `${row.type} ${fold(row.name)}`
}

function titleOf(row: CatalogRow): string {
  const isOwn = row.type === 'table' || row.type === 'view'
  return isOwn ? `${row.type} ${row.name}` : `${row.type} ${row.name} on ${row.table}`
}

/** Whether two texts say the same, apart from names that the revision itself renamed. */
function isSameText(before: string | null, after: string | null, record: GuardRecord): boolean {
  if (before === after) return true
  const old = tokensOf(before ?? '')
  const now = tokensOf(after ?? '')
  const renamed = renamedNames(record)
  return (
    old.length === now.length &&
    old.every((token, i) => {
      const [a, b] = [wordOf(token), wordOf(now[i])]
      return a === b || (renamed.has(a) && renamed.has(b))
    })
  )
}

function wordOf(token: Token | undefined): string {
  if (token === undefined) return ''
  return token.kind === 'word' || token.kind === 'quoted' ? fold(nameOf(token)) : token.text
}

function renamedNames(record: GuardRecord): ReadonlySet<string> {
  return new Set([
    ...record.operations.flatMap((operation) =>
      operation.kind === 'renameTable' || operation.kind === 'renameColumn'
        ? [fold(operation.from), fold(operation.to)]
        : [],
    ),
    ...record.raw.flatMap((raw) => (raw.isDdl ? [...raw.names] : [])),
  ])
}
