/** Tables of a server that keeps their names in lower case, as a project calls them. */
import type { Introspection } from '../../dialects/introspection.js'
import type { TableName } from '../../schema/table.js'
import type { Session } from '../session.js'
import { stepsNaming } from './steps-naming.js'

/**
 * The tables that stand, spelled as `names` spell them where case alone is different: to the server
 * they are the same. Elsewhere the case of a name tells two tables apart, and nothing is changed.
 */
export function spelledAs(live: Introspection, names: readonly TableName[]): Introspection {
  if (live.foldsTableNames !== true) return live
  const given = new Map(names.map((name) => [name.toLowerCase(), name]))
  const spelled = (name: TableName): TableName => given.get(name.toLowerCase()) ?? name
  const tables = live.schema.tables.map((table) => ({
    ...table,
    name: spelled(table.name),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, refTable: spelled(key.refTable) })),
  }))
  return {
    ...live,
    schema: { ...live.schema, tables },
    triggers: live.triggers.map((trigger) => ({ ...trigger, table: spelled(trigger.table) })),
    leftAlone: live.leftAlone.map((left) => ({ ...left, name: spelled(left.name) })),
  }
}

/** Names of tables as the applied scripts spell them last, of those that `names` does not spell. */
export async function scriptSpellings(
  session: Session,
  live: Introspection,
  names: readonly TableName[],
): Promise<readonly TableName[]> {
  if (live.foldsTableNames !== true) return []
  const spelled = new Set(names.map((name) => name.toLowerCase()))
  const others = live.schema.tables
    .map(({ name }) => name)
    .filter((name) => !spelled.has(name.toLowerCase()))
  if (others.length === 0) return []
  const steps = await stepsNaming(session, others, true)
  const operations = steps.flatMap((step) => step.operations)
  return operations.flatMap((operation) => {
    if (operation.kind === 'createTable') return [operation.table.name]
    return operation.kind === 'renameTable' ? [operation.to] : []
  })
}
