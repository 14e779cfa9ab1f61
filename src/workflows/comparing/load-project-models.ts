/** Loads the models of a project's database in a process of their own. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { LocatedValue } from '../../models/messages.js'
import { loadModels } from '../../models/load-models.js'
import type { ConfigValue, Project } from '../../project/project.js'
import { MigrateError } from '../../errors.js'
import type { LoadedModels } from '../../schema/desired.js'
import { modelsChild } from './models-child.js'

/**
 * What the models ask for.
 * @throws MigrateError `MODELS_MISSING` (exit 2) where none are configured or found, `MODELS_…`
 */
export async function loadProjectModels(
  project: Project,
  signal?: AbortSignal,
): Promise<LoadedModels> {
  const { database } = project
  if (database.models.length === 0) throw noModels(project)
  const loaded = await loadModels({
    root: project.root,
    selections: database.models.map(({ paths, predicate }) => ({
      paths,
      predicate: predicate === null ? null : located(project, predicate),
    })),
    exclude: database.migrations.folders,
    knex: {
      client: database.client,
      folder: database.folder,
      config:
        typeof database.knexConfig.wrapIdentifier === 'function'
          ? located(project, database.knexSource)
          : null,
    },
    loader: project.loader,
    childPath: modelsChild(),
    ...(signal === undefined ? {} : { signal }),
  })
  if (loaded.models.length === 0 && loaded.failures.length === 0) throw noModels(project)
  return loaded
}

function located(project: Project, value: ConfigValue): LocatedValue {
  return { ...value, context: { env: project.environment, x: project.variables } }
}

function noModels({ root, database }: Project): MigrateError {
  const paths = database.models.flatMap((selection) => selection.paths)
  const shown = paths.map((place) => path.relative(root, place) || '.')
  const example = paths
    .map((place) => path.join(place, 'README.md'))
    .find((file) => existsSync(file))
  const where = '`models` in the configuration, a folder, a glob or a module'
  return new MigrateError('MODELS_MISSING', 2, 'No Objection model was found.', {
    why: `A model is an exported class that extends Model of objection.${
      shown.length === 0 ? '' : ` Looked in ${shown.join(', ')}.`
    }`,
    fix:
      example === undefined
        ? `Write one, or say where yours are: ${where}.`
        : `Write one there: ${path.relative(root, example)} shows one. Or say where yours are: ${where}.`,
    state: 'Nothing was written, and the database was not touched.',
  })
}
