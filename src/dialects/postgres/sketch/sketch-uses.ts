/** What uses tables while a sketch goes on: asked once, then followed until nobody can know it any more. */
import type { TableName } from '../../../schema/table.js'
import { readUses } from '../catalog/read-uses.js'
import type { PostgresConnection } from '../connection/session.js'
import type { Use, UsesOf } from '../emit/uses.js'
import type { SketchState } from './sketch-state.js'
import { columnKey, tableOrigin } from './sketch-state.js'

export interface SketchUses {
  /** Whether what the database tells of uses is still true. */
  isKnown(): boolean
  /** By the names of a state; nothing where it is not known. */
  at(state: SketchState): Promise<UsesOf>
  /** Statements of ours that run next. */
  expect(statements: readonly string[]): void
  /** A statement that would run now. */
  ran(sql: string): void
}

/** Words of statements, other than ours, that may make or drop what uses tables. */
const CHANGES_USES = /\b(?:create|drop|alter|call|do)\b/i

/** What uses the tables behind `source`; null is an empty database. */
export function sketchUses(source: PostgresConnection | null): SketchUses {
  let asked: Promise<UsesOf> | null = null
  let isKnown = true
  let ours: readonly string[] = []
  return {
    isKnown: () => isKnown,
    async at(state) {
      if (!isKnown || source === null) return () => []
      asked ??= readUses(source).then(byTable)
      return usesNow(state, await asked)
    },
    expect(statements) {
      ours = statements
    },
    ran(sql) {
      if (ours[0] === sql) ours = ours.slice(1)
      else if (CHANGES_USES.test(sql)) isKnown = false
    },
  }
}

function byTable(uses: readonly Use[]): UsesOf {
  const groups = new Map<TableName, Use[]>()
  for (const use of uses) {
    const group = groups.get(use.table)
    if (group === undefined) groups.set(use.table, [use])
    else group.push(use)
  }
  return (table) => groups.get(table) ?? []
}

/** What of the uses, told by the names in the database, is still there, by the names of now. */
function usesNow(state: SketchState, before: UsesOf): UsesOf {
  const nows = new Map<TableName, TableName>()
  for (const [now, origin] of state.origins) if (origin !== null) nows.set(origin, now)
  const nameNow = (name: TableName): TableName | null =>
    nows.get(name) ?? (state.origins.get(name) === null ? null : name)
  const isThere = ({ owner, foreignKey }: Use): boolean => {
    const name = owner === null ? null : nameNow(owner)
    if (name === null) return owner === null
    const table = state.schema.tables.find((each) => each.name === name)
    // What nobody looked at stands as it stood.
    if (table === undefined) return true
    return foreignKey === null || table.foreignKeys.some((key) => key.name === foreignKey)
  }
  return (table) => {
    const origin = tableOrigin(state, table)
    return (origin === null ? [] : before(origin)).filter(isThere).map((use) => ({
      ...use,
      table,
      columns: state.columnOrigins.size === 0 ? use.columns : columnsNow(state, use, table),
      owner: use.owner === null ? null : nameNow(use.owner),
    }))
  }
}

function columnsNow(state: SketchState, use: Use, table: TableName): readonly string[] {
  const prefix = columnKey(state, table, '')
  const nows = new Map<string, string>()
  for (const [key, origin] of state.columnOrigins) {
    if (origin !== null && key.startsWith(prefix)) nows.set(origin, key.slice(prefix.length))
  }
  return use.columns.flatMap((column) => {
    const now = nows.get(column)
    if (now !== undefined) return [now]
    return state.columnOrigins.get(prefix + column) === null ? [] : [column]
  })
}
