/** A schema as the tool sees it. */
import type { Project } from '../project/project.js'
import type { InspectDocument } from './documents.js'
import { introspectManaged, requireLoaded } from './comparing/find-changes.js'
import type { Io } from './io.js'
import { loadProjectModels } from './comparing/load-project-models.js'
import type { InspectOptions } from './options.js'
import { inSession } from './session.js'

/**
 * The schema that the models ask for, or the one that the database has.
 * @throws MigrateError `MODELS_FAILED`, `CONNECT_…`
 */
export async function inspect(
  project: Project,
  options: InspectOptions,
  io: Io,
): Promise<InspectDocument> {
  const dialect = project.database.dialect.name
  if (options.what === 'models') {
    const loaded = await loadProjectModels(project)
    requireLoaded(loaded, false)
    for (const { assumed } of loaded.tables) for (const sentence of assumed) io.warn(sentence)
    return { dialect, tables: loaded.tables.map(({ table }) => table), enums: [] }
  }
  return await inSession(project, { readOnly: true }, async (session) => {
    const { schema } = await introspectManaged(session)
    return { dialect, tables: schema.tables, enums: schema.enums }
  })
}
