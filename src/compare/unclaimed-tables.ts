/** Tables that no model claims: which are dropped, and which stay. */
import { MigrateError } from '../errors.js'
import { groupBy } from '../operations/group-by.js'
import type { Note } from '../schema/desired.js'
import type { Table, TableName } from '../schema/table.js'
import type { CompareInput } from './comparison.js'
import { partlyExcluded, stillReferenced, withheldDrop } from './notes.js'

export interface Unclaimed {
  readonly dropped: readonly Table[]
  readonly kept: readonly Table[]
  readonly notes: readonly Note[]
}

/** The tables that are left when the others are gone. */
export interface TablesAround {
  /** Of which a column is excluded from all changes. */
  readonly partial: ReadonlySet<TableName>
  /** As they will be. */
  readonly staying: readonly Table[]
}

/**
 * Splits the tables that no model claims. Dropped are those that a revision written from models
 * created, and those that were named; nothing while models are missing, and nothing that a table
 * that stays references.
 * @throws MigrateError `UNMANAGED_UNKNOWN` where a named table is not there, or has a model
 */
export function splitUnclaimed(
  unclaimed: readonly Table[],
  { managed, dropUnmanaged, allowDrops }: CompareInput,
  { partial, staying }: TablesAround,
): Unclaimed {
  const names = new Set(unclaimed.map((table) => table.name))
  for (const name of dropUnmanaged) if (!names.has(name)) throw notUnmanaged(name)
  const meant = unclaimed.filter(({ name }) => managed.has(name) || dropUnmanaged.includes(name))
  if (!allowDrops) {
    const notes = meant.map(({ name }) => withheldDrop(name, name))
    return { dropped: [], kept: unclaimed, notes }
  }
  const whole = meant.filter(({ name }) => !partial.has(name))
  const dropping = new Set(whole.map((table) => table.name))
  const others = unclaimed.filter(({ name }) => !dropping.has(name))
  const held = referencedBy([...staying, ...others], whole)
  return {
    dropped: whole.filter(({ name }) => !held.has(name)),
    kept: unclaimed.filter(({ name }) => !dropping.has(name) || held.has(name)),
    notes: [
      ...meant.filter(({ name }) => partial.has(name)).map(({ name }) => partlyExcluded(name)),
      ...[...held].map(([name, by]) => stillReferenced(name, by)),
    ],
  }
}

/** Of the tables to drop those that must stay, with the one that references each; what they reference stays too. */
function referencedBy(
  staying: readonly Table[],
  dropping: readonly Table[],
): ReadonlyMap<TableName, TableName> {
  const byName = groupBy(dropping, (table) => [table.name])
  const held = new Map<TableName, TableName>()
  const waiting = [...staying]
  for (let table = waiting.pop(); table !== undefined; table = waiting.pop()) {
    for (const { refTable } of table.foreignKeys) {
      const parents = byName.get(refTable) ?? []
      if (parents.length === 0 || held.has(refTable)) continue
      held.set(refTable, table.name)
      waiting.push(...parents)
    }
  }
  return held
}

function notUnmanaged(name: TableName): MigrateError {
  return new MigrateError('UNMANAGED_UNKNOWN', 2, `${name} is no table without a model.`, {
    why: 'Either the database has no such table, or a model claims it.',
    fix: 'See which tables no model claims: `migrate-tui diff`.',
    state: 'Nothing was written, and the database was not touched.',
    details: { table: name },
  })
}
