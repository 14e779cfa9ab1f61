/** Models on what is no table to make: only the parent, which can see the database, knows which they are. */
import type { DesiredTable, LoadedModels, Note } from '../schema/desired.js'
import type { TableName } from '../schema/table.js'

/** Why what models say of a table is left alone. */
export interface Aside {
  /** Of the note that tells it. */
  readonly code: string
  /** What the model stands on: `the view stats`. */
  readonly what: string
}

/** The models without what they say of such tables, each of which is told in a note and left alone. */
export function setAside(
  loaded: LoadedModels,
  asideOf: (table: TableName) => Aside | null,
): LoadedModels {
  const notes = loaded.models.flatMap(({ model, file, table }): readonly Note[] => {
    const aside = table === null ? null : asideOf(table)
    if (table === null || aside === null) return []
    const message = `${model} (${file}) stands on ${aside.what}, which is left alone.`
    return [{ code: aside.code, message, where: table }]
  })
  if (notes.length === 0) return loaded
  const names = new Set(notes.map(({ where }) => where))
  return {
    ...loaded,
    tables: loaded.tables.filter(({ table }) => !names.has(table.name)).map(withoutKeysTo(names)),
    notes: [...loaded.notes, ...notes],
  }
}

/** No foreign key is assumed to what is left alone; one that a model declares is for the database to refuse. */
function withoutKeysTo(names: ReadonlySet<TableName>): (desired: DesiredTable) => DesiredTable {
  return (desired) => {
    if (desired.source === 'declared') return desired
    const { table, expectations } = desired
    return {
      ...desired,
      table: {
        ...table,
        foreignKeys: table.foreignKeys.filter(({ refTable }) => !names.has(refTable)),
      },
      expectations: expectations.filter(
        (expected) => expected.kind !== 'relation' || !names.has(expected.refTable),
      ),
    }
  }
}
