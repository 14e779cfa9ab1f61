/** Resolves the settings of one database: its engine, folders, names, times and protection. */
import { resolve } from 'node:path'
import type {
  BackupConfig,
  CompareFacets,
  Config,
  DatabaseConfig,
  ProtectedConfig,
} from './config.js'
import { withAbsoluteFile } from './connection-file.js'
import { resolveClient } from './dialects.js'
import { parseDuration } from './duration.js'
import { knexTables, migrationSettings } from './migration-settings.js'
import { modelPlace, usualModelFolders } from './model-place.js'
import { inclusion } from './name-patterns.js'
import type {
  BackupSettings,
  ConfigValue,
  KnexConfig,
  ModelSelection,
  ProjectDatabase,
  Protection,
} from './project.js'
import { rememberSecrets } from './secrets.js'

/** What is known of a database before its settings are resolved. */
export interface UnresolvedDatabase {
  readonly name: string
  readonly root: string
  readonly configPath: string
  /** The settings that all databases of the project share. */
  readonly config: Config
  readonly database: {
    readonly models: DatabaseConfig['models'] | undefined
    readonly migrations: DatabaseConfig['migrations'] | undefined
    readonly protected: ProtectedConfig | undefined
    /** The folder of scripts where nobody names one, relative to the root. */
    readonly fallback: string
    /** What leads to the database's settings in the configuration. */
    readonly steps: readonly string[]
  }
  readonly knexConfig: KnexConfig
  readonly knexFolder: string
  readonly knexSource: ConfigValue
  /** Where the Knex configuration was read, for messages. */
  readonly where: string
}

const DEFAULTS = {
  versionTable: 'migrate_tui',
  lockTimeout: 3000,
  backup: { maxBytes: 1024 ** 3, keep: 5 },
  compare: {
    types: true,
    nullability: true,
    defaults: true,
    generated: true,
    collations: true,
    comments: true,
    primaryKeys: true,
    uniques: true,
    indexes: true,
    foreignKeys: true,
    checks: true,
  } satisfies CompareFacets,
}

/**
 * The database with every setting in place.
 * @throws MigrateError `CLIENT_MISSING`, `CLIENT_UNSUPPORTED`, `KNEX_CONFIG`
 */
export async function resolveDatabase(from: UnresolvedDatabase): Promise<ProjectDatabase> {
  const { config, database, root, knexFolder } = from
  rememberSecrets(from.knexConfig.connection)
  const { client, dialect } = await resolveClient(
    from.knexConfig.client ?? from.knexConfig.dialect,
    from.where,
  )
  const knexConfig = dialect.facts.fileBackup
    ? withAbsoluteFile(from.knexConfig, knexFolder)
    : from.knexConfig
  const named = typeof config.knexTable === 'string' ? config.knexTable : null
  return {
    name: from.name,
    client,
    dialect,
    knexConfig,
    knexSource: from.knexSource,
    folder: knexFolder,
    models: modelSelections(from),
    migrations: migrationSettings(knexConfig, {
      folders: database.migrations === undefined ? null : [database.migrations].flat(),
      fallback: database.fallback,
      root,
      knexFolder,
      configPath: from.configPath,
    }),
    versionTable: config.versionTable ?? DEFAULTS.versionTable,
    knexTables: knexTables(knexConfig, named),
    keepsKnexTable: config.knexTable !== false,
    isIncluded: inclusion([config.include ?? []].flat(), [config.exclude ?? []].flat()),
    compare: { ...DEFAULTS.compare, ...definedFacets({ ...config.compare }) },
    protection: protectionOf(database.protected),
    lockTimeout: parseDuration(config.lockTimeout ?? DEFAULTS.lockTimeout) ?? DEFAULTS.lockTimeout,
    statementTimeout:
      config.statementTimeout === undefined ? null : parseDuration(config.statementTimeout),
    backup: backupSettings(config.backup, root),
  }
}

function modelSelections({
  root,
  configPath,
  database: { models, steps },
}: UnresolvedDatabase): readonly ModelSelection[] {
  if (models === undefined) {
    const folders = usualModelFolders(root)
    return folders.length === 0
      ? []
      : [{ paths: folders.map((folder) => modelPlace(root, folder)), predicate: null }]
  }
  const toModels = [...steps, 'models']
  return [models].flat().map((entry, i) => {
    const { paths, predicate } = typeof entry === 'string' ? { paths: entry } : entry
    const toEntry = Array.isArray(models) ? [...toModels, i] : toModels
    return {
      paths: [paths].flat().map((place) => modelPlace(root, place)),
      predicate:
        predicate === undefined ? null : { file: configPath, steps: [...toEntry, 'predicate'] },
    }
  })
}

/** A key that is written with `undefined` is not given. */
function definedFacets(
  facets: Readonly<Record<string, boolean | undefined>>,
): Partial<CompareFacets> {
  return Object.fromEntries(Object.entries(facets).filter(([, compared]) => compared !== undefined))
}

function protectionOf(value: ProtectedConfig | undefined): Protection {
  if (typeof value === 'object') return value.refuse ? 'refuse' : 'ask'
  return value === true ? 'ask' : 'none'
}

function backupSettings(
  value: false | BackupConfig | undefined,
  root: string,
): BackupSettings | null {
  if (value === false) return null
  const { folder, maxBytes, keep } = value ?? {}
  return {
    folder: folder === undefined ? null : resolve(root, folder),
    maxBytes: maxBytes ?? DEFAULTS.backup.maxBytes,
    keep: keep ?? DEFAULTS.backup.keep,
  }
}
