/** What the applied revisions make, run one after the other on an empty database. */
import { bareName, bareTable } from '../../models/default-schema.js'
import { applyOperations } from '../../operations/apply.js'
import { tableOf } from '../../operations/operation.js'
import type { Schema } from '../../schema/schema.js'
import { EMPTY_SCHEMA } from '../../schema/schema.js'
import type { TableName } from '../../schema/table.js'
import { loadSteps } from '../running/load-scripts.js'
import { ownTables } from './own-tables.js'
import { startReplay } from '../running/replay.js'
import type { Session } from '../session.js'

export interface ExpectedSchema {
  readonly schema: Schema
  /** The revision that touched a table last, as far as its schema calls say. */
  readonly lastOn: ReadonlyMap<TableName, string>
  /** Statements of the scripts' own that change structure and were not followed; none where they ran. */
  readonly unfollowed: readonly string[]
}

/** What makes or drops a view, a function and the like changes no table. */
const CHANGES_TABLES =
  /^\s*(?:(?:create|alter|drop)\s+(?:(?:global|local|temp|temporary|unlogged|unique|fulltext|spatial)\s+|or\s+replace\s+)*(?:table|index)|rename|comment|do|call)\b/i

/**
 * The schema after the applied revisions. An engine that needs no server runs them on an empty copy,
 * whatever is in them; on a server nothing is made, and their schema calls alone are followed. Names
 * do not say `defaultSchema`, as those that the database gives back.
 * @throws MigrateError `SCRIPT_…`, and what a script throws that needs rows which an empty database has not
 */
export async function expectedSchema(
  session: Session,
  defaultSchema: string | null,
): Promise<ExpectedSchema> {
  const { dialect, graph, applied } = session
  const revisions = graph.order.filter(({ id }) => applied.has(id))
  const replay = await startReplay(session, new Set())
  const bare = bareName(defaultSchema)
  // Where the copy is asked in the end, nothing need be followed: SQL may have made what calls alter.
  const isFollowed = dialect.facts.emitsWithoutDatabase
  const lastOn = new Map<TableName, string>()
  const unfollowed: string[] = []
  let followed = EMPTY_SCHEMA
  try {
    for (const step of await loadSteps(session, revisions, 'up')) {
      const { operations, raw } = await replay.write(step)
      for (const operation of operations) {
        const table = operation.kind === 'renameTable' ? operation.to : tableOf(operation)
        if (table !== null) lastOn.set(bare(table), step.revision.id)
      }
      if (!isFollowed) continue
      followed = applyOperations(followed, operations)
      unfollowed.push(...raw.filter((sql) => CHANGES_TABLES.test(sql)))
    }
    if (isFollowed) {
      const tables = followed.tables.map((table) => bareTable(table, defaultSchema))
      return { schema: { ...followed, tables }, lastOn, unfollowed }
    }
    const options = { only: null, except: ownTables(session) }
    const { schema } = await dialect.introspect(replay.connection, options)
    return { schema, lastOn, unfollowed: [] }
  } finally {
    await replay.close()
  }
}
