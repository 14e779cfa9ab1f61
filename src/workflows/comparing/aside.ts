/** Which tables of models are none to make: views, what is left alone, the history's own, and those of the engine. */
import type { Introspection } from '../../dialects/introspection.js'
import { bareName } from '../../models/default-schema.js'
import type { Aside } from '../../models/set-aside.js'
import type { TableName } from '../../schema/table.js'
import type { Session } from '../session.js'
import { ownTables } from './own-tables.js'

/** The code of the note on a model whose table is one that the tool does not change. */
export const MODEL_ON_LEFT_ALONE = 'MODEL_ON_LEFT_ALONE'

/** Says why a model's table is left alone; null for one that is compared. */
export function asideOf(
  session: Session,
  { views, leftAlone, defaultSchema }: Introspection,
): (table: TableName) => Aside | null {
  const bare = bareName(defaultSchema)
  const viewNames = new Set(views.map((view) => view.name))
  const reasons = new Map(
    leftAlone.filter(({ isWhole }) => isWhole).map(({ name, reason }) => [name, reason]),
  )
  const own = new Set(ownTables(session).map(bare))
  const { systemTables } = session.dialect.facts
  return (table) => {
    if (viewNames.has(table)) return { code: 'MODEL_ON_VIEW', what: `the view ${table}` }
    if (own.has(bare(table))) {
      return { code: 'MODEL_ON_HISTORY', what: `${table}, a table of the history of revisions` }
    }
    const reason = reasons.get(table)
    if (reason !== undefined) return { code: MODEL_ON_LEFT_ALONE, what: `${table} (${reason})` }
    return systemTables.test(table)
      ? {
          code: 'MODEL_ON_SYSTEM_TABLE',
          what: `${table}, a name that the database keeps to itself`,
        }
      : null
  }
}
