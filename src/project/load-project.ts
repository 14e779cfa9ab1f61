/** Loads a project's configuration and resolves every setting in it. */
import { basename, dirname, resolve } from 'node:path'
import { MigrateError, withPath } from '../errors.js'
import { shellWord } from '../shell-word.js'
import type { Config, DatabaseConfig } from './config.js'
import { findConfig, knexfileIn } from './find-config.js'
import type { FoundConfig } from './find-config.js'
import { loadConfigFile } from './knexfile.js'
import type { EnvironmentChoice } from './knexfile.js'
import { didYouMean } from './near-miss.js'
import type { Project, ProjectDatabase } from './project.js'
import { readKnex } from './read-knex.js'
import type { ConfigPlace } from './read-knex.js'
import { resolveDatabase } from './resolve-database.js'

/** Where to look and what was chosen on the command line; null is "not given". */
export interface ProjectChoice {
  /** Absolute. */
  readonly cwd: string
  readonly config: string | null
  readonly database: string | null
  readonly environment: string | null
  readonly variables: Readonly<Record<string, string>>
}

/**
 * The project for a working directory, with the database that the run is about.
 * @throws MigrateError exit 2: `CONFIG_…`, `KNEX_…`, `CLIENT_…`, `DATABASE_UNKNOWN`, `DATABASE_UNCHOSEN`
 */
export async function loadProject(choice: ProjectChoice): Promise<Project> {
  const found = findConfig(choice.cwd, choice.config)
  if (found === null) {
    throw new MigrateError(
      'CONFIG_MISSING',
      2,
      `No configuration was found from ${choice.cwd} upward.`,
      {
        why: 'Looked for migrate-tui.config.{ts,mts,js,mjs,cjs} and knexfile.{js,mjs,cjs,ts,mts,cts}.',
        fix: 'Type migrate-tui init to write one, or name yours with --config.',
      },
    )
  }
  try {
    return await projectOf(found, choice)
  } catch (thrown) {
    throw withPath(thrown, found.path)
  }
}

async function projectOf(found: FoundConfig, choice: ProjectChoice): Promise<Project> {
  const environment: EnvironmentChoice = {
    name: choice.environment ?? environmentOfProcess(),
    isExplicit: choice.environment !== null,
  }
  const config = await readConfig(found, environment, choice.variables)
  const place: ConfigPlace = { root: dirname(found.path), configPath: found.path, environment }
  const database = await chosenDatabase(config, place, choice.database)
  return {
    ...settingsOf(config, place),
    databaseNames: Object.keys(config.databases ?? { [database.name]: null }),
    variables: choice.variables,
    database,
  }
}

/** As Knex chooses: an empty variable is none. */
function environmentOfProcess(): string {
  const name = process.env.NODE_ENV ?? ''
  return name === '' ? 'development' : name
}

async function readConfig(
  found: FoundConfig,
  environment: EnvironmentChoice,
  variables: Readonly<Record<string, string>>,
): Promise<Config> {
  if (found.kind === 'knexfile') return { knex: { knexfile: found.path } }
  const exported = await loadConfigFile(found.path, [{ env: environment.name, x: variables }])
  // A knexfile needs none of it.
  const { validateConfig } = await import('./validate-config.js')
  return validateConfig(exported, basename(found.path))
}

function settingsOf(
  config: Config,
  { root, configPath, environment }: ConfigPlace,
): Omit<Project, 'variables' | 'database' | 'databaseNames'> {
  return {
    root,
    configPath,
    environment: environment.name,
    hooks: config.hooks ?? {},
    fileTemplate: config.fileTemplate ?? null,
    template: config.template === undefined ? null : resolve(root, config.template),
    loader: config.loader ?? null,
    keys: Object.fromEntries(
      Object.entries(config.keys ?? {}).map(([action, keys]) => [action, [keys].flat()]),
    ),
  }
}

/** Only the chosen one is resolved: the others may need secrets that are not set here. */
async function chosenDatabase(
  config: Config,
  place: ConfigPlace,
  name: string | null,
): Promise<ProjectDatabase> {
  if (config.databases === undefined) return singleDatabase(config, place, name)
  const [chosen, settings] = namedDatabase(config.databases, name)
  const knex = await readKnex(settings.knex, place, ['databases', chosen, 'knex'])
  return await resolveDatabase({
    ...place,
    ...knex,
    name: chosen,
    config,
    database: {
      models: settings.models,
      migrations: settings.migrations,
      protected: settings.protected ?? config.protected,
      fallback: `migrations/${chosen}`,
      steps: ['databases', chosen],
    },
  })
}

async function singleDatabase(
  config: Config,
  place: ConfigPlace,
  name: string | null,
): Promise<ProjectDatabase> {
  const source = config.knex ?? knexfileIn(place.root)
  if (source === null) {
    throw new MigrateError('CONFIG_VALUE', 2, `${basename(place.configPath)}: knex is missing.`, {
      why: 'There is no knexfile beside it either.',
      fix: 'Give it a Knex configuration, the path of a knexfile, or { knexfile, environment }.',
    })
  }
  const knex = await readKnex(source, place, ['knex'])
  const database = knex.environment ?? 'default'
  if (name !== null && name !== database) throw unknownDatabase(name, [database])
  return await resolveDatabase({
    ...place,
    ...knex,
    name: database,
    config,
    database: {
      models: config.models,
      migrations: config.migrations,
      protected: config.protected,
      fallback: 'migrations',
      steps: [],
    },
  })
}

function namedDatabase(
  databases: Readonly<Record<string, DatabaseConfig>>,
  name: string | null,
): readonly [string, DatabaseConfig] {
  const entries = Object.entries(databases)
  const [first] = entries
  if (name === null && entries.length === 1 && first !== undefined) return first
  const names = entries.map(([known]) => known)
  if (name === null) {
    throw new MigrateError(
      'DATABASE_UNCHOSEN',
      2,
      `There are ${entries.length} databases, and none was chosen.`,
      {
        why: `The configuration names ${names.join(', ')}.`,
        fix: `Say which one: --database ${names.map(shellWord).join(' or --database ')}.`,
        details: { databases: names },
      },
    )
  }
  const chosen = entries.find(([known]) => known === name)
  if (chosen === undefined) throw unknownDatabase(name, names)
  return chosen
}

function unknownDatabase(name: string, names: readonly string[]): MigrateError {
  return new MigrateError(
    'DATABASE_UNKNOWN',
    2,
    `There is no database ${name}.${didYouMean(name, names)}`,
    {
      fix: `The configuration names ${names.join(', ')}.`,
      details: { databases: names },
    },
  )
}
