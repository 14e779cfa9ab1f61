/** Tables of a server that keeps their names in lower case, as a project calls them. */
import type { Introspection } from '../../dialects/dialect.js'
import type { TableName } from '../../schema/table.js'

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
