/** What the tool sees in a database and does not manage, each with the reason. */
import type { Row } from '../../connection.js'
import type { LeftAlone, Trigger, View } from '../../introspection.js'
import type { Catalog } from './catalog.js'
import { joinName } from '../names.js'
import type { LiveTable } from './read-table.js'
import { flag, text, textOrNull } from './rows.js'
import { withoutSchema } from './schema-text.js'

/** Views, plain and materialized, but for an extension's. */
export function viewsOf({ rows, defaultSchema }: Catalog): readonly View[] {
  return rows.relations
    .filter(
      (row) => ['v', 'm'].includes(text(row, 'kind')) && textOrNull(row, 'extension') === null,
    )
    .map((row) => ({
      name: joinName(text(row, 'schema'), text(row, 'name'), defaultSchema),
      sql: withoutSchema(text(row, 'view'), defaultSchema).trim(),
    }))
}

export function triggersOf({ rows, defaultSchema }: Catalog): readonly Trigger[] {
  return rows.triggers.map((row) => ({
    name: text(row, 'name'),
    table: joinName(text(row, 'schema'), text(row, 'table_name'), defaultSchema),
  }))
}

/** Relations that are no ordinary tables, and what of ordinary tables has no neutral form. */
export function leftAlone(catalog: Catalog, tables: readonly LiveTable[]): readonly LeftAlone[] {
  const { rows, defaultSchema } = catalog
  const relations = rows.relations.flatMap((row): readonly LeftAlone[] => {
    const reason = reasonOf(row)
    const name = joinName(text(row, 'schema'), text(row, 'name'), defaultSchema)
    return reason === null ? [] : [{ name, reason, isWhole: true }]
  })
  const parts = tables.flatMap(({ table, exclusions, invalidIndexes }) => [
    ...exclusions.map((name) => ({
      name: `${table.name}.${name}`,
      reason: 'an exclusion constraint: models have no word for it',
      isWhole: false,
    })),
    ...invalidIndexes.map((name) => ({
      name: `${table.name}.${name}`,
      reason:
        'an invalid index, left by a create index concurrently that failed: it is replaced when the index is added',
      isWhole: false,
    })),
  ])
  const domains = rows.types
    .filter((row) => row.kind === 'd' && row.schema === defaultSchema)
    .map((row) => ({
      name: text(row, 'name'),
      reason: 'a domain: columns may have it as their type, it is not changed',
      isWhole: true,
    }))
  return [...relations, ...parts, ...domains]
}

function reasonOf(row: Row): string | null {
  const extension = textOrNull(row, 'extension')
  if (extension !== null) return `belongs to the extension ${extension}`
  switch (text(row, 'kind')) {
    case 'p':
      return flag(row, 'is_partition') ? 'a partition of another table' : 'a partitioned table'
    case 'f':
      return 'a foreign table'
    case 'r':
      if (flag(row, 'is_partition')) return 'a partition of another table'
      return flag(row, 'inherits') ? 'inherits from another table' : null
    default:
      return null
  }
}
