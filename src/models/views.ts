/** Models on views: only the parent, which can see the database, knows which they are. */
import type { DesiredTable, LoadedModels, Note } from '../schema/desired.js'
import type { TableName } from '../schema/table.js'

/** The models without what they say of `views`, each of which is told in a note and left alone. */
export function setViewsAside(loaded: LoadedModels, views: readonly TableName[]): LoadedModels {
  const names = new Set(views)
  const notes = loaded.models.flatMap(({ model, file, table }): readonly Note[] => {
    if (table === null || !names.has(table)) return []
    const message = `${model} (${file}) stands on the view ${table}, which is left alone.`
    return [{ code: 'MODEL_ON_VIEW', message, where: table }]
  })
  return {
    ...loaded,
    tables: loaded.tables.filter(({ table }) => !names.has(table.name)).map(withoutKeysTo(names)),
    notes: [...loaded.notes, ...notes],
  }
}

/** No foreign key can refer to a view; one that a model declares is left for the database to refuse. */
function withoutKeysTo(views: ReadonlySet<TableName>): (desired: DesiredTable) => DesiredTable {
  return (desired) => {
    if (desired.source === 'declared') return desired
    const { table, expectations } = desired
    return {
      ...desired,
      table: {
        ...table,
        foreignKeys: table.foreignKeys.filter(({ refTable }) => !views.has(refTable)),
      },
      expectations: expectations.filter(
        (expected) => expected.kind !== 'relation' || !views.has(expected.refTable),
      ),
    }
  }
}
