/** A project as the rest of the tool sees it: every setting resolved, every path absolute. */
import type { Dialect } from '../dialects/dialect.js'
import type { TableName } from '../schema/table.js'
import type { CompareFacets, Hooks, LoaderName } from './config.js'

/**
 * Where a value stands in a configuration: functions cannot cross to another process, which loads
 * the file itself and follows the steps from its default export.
 */
export interface ConfigValue {
  /** Absolute. */
  readonly file: string
  readonly steps: readonly (string | number)[]
}

/** Where models are, and which of the classes found there belong to this database. */
export interface ModelSelection {
  /** Folders, files or globs; absolute, with `/` between folders. */
  readonly paths: readonly string[]
  /** Where the function stands that says which of the classes are meant; null takes every model. */
  readonly predicate: ConfigValue | null
}

/** Where revision scripts are, as the configuration and Knex's own `migrations` block say. */
export interface MigrationSettings {
  /** Absolute; new scripts go into the first. */
  readonly folders: readonly string[]
  /** Of a new script, without the dot: `ts`, `js`, `cjs`, … */
  readonly extension: string
  /** How a new script imports and exports. */
  readonly syntax: 'esm' | 'commonjs'
  /** Extensions that count as migrations, with the dot. */
  readonly loadExtensions: readonly string[]
  /** Knex's order: folder by folder instead of by file name over all folders. */
  readonly sortDirsSeparately: boolean
  /** Knex's `migrationSource` object, as the configuration gives it; null means the folders. */
  readonly source: object | null
  /** False with `disableMigrationsListValidation`. */
  readonly validatesList: boolean
  /** False with `disableTransactions`: a script runs in a transaction only if it says so itself. */
  readonly usesTransactions: boolean
  /** Settings of Knex that have no effect here, each with the reason. */
  readonly ignored: readonly { readonly key: string; readonly reason: string }[]
}

/** Knex's own history tables, which are kept true as long as they exist. */
export interface KnexTables {
  readonly history: TableName
  readonly lock: TableName
}

export interface BackupSettings {
  /** Absolute; null is beside the database. */
  readonly folder: string | null
  /** Databases larger than this many bytes are not copied. */
  readonly maxBytes: number
  /** How many copies stay. */
  readonly keep: number
}

/** `ask`: destructive work asks for the database's name. `refuse`: it is refused. */
export type Protection = 'none' | 'ask' | 'refuse'

/** A Knex configuration as the project gives it, with file names made absolute. */
export type KnexConfig = Readonly<Record<string, unknown>>

export interface ProjectDatabase {
  /** The name in `databases`; else that of the environment; else `default`. */
  readonly name: string
  /** Knex's name of the client: `better-sqlite3`. */
  readonly client: string
  readonly dialect: Dialect
  readonly knexConfig: KnexConfig
  /** Where that configuration stands. */
  readonly knexSource: ConfigValue
  /** Where `knex` and the driver are looked up: the folder of the file that configures them. */
  readonly folder: string
  readonly models: readonly ModelSelection[]
  readonly migrations: MigrationSettings
  /** The prefix of all our tables: `migrate_tui`, `app.migrate_tui`. */
  readonly versionTable: string
  /** Where Knex's own history may be, the configured place first; never compared. */
  readonly knexTables: readonly KnexTables[]
  /** False with `knexTable: false`: Knex's history is read, but no longer kept true. */
  readonly keepsKnexTable: boolean
  /** Whether `include` and `exclude` leave a table, or a column of it, to the tool. */
  readonly isIncluded: (table: TableName, column: string | null) => boolean
  readonly compare: CompareFacets
  readonly protection: Protection
  /** Milliseconds to wait for a lock. */
  readonly lockTimeout: number
  /** Milliseconds that one statement may take; null is no limit. */
  readonly statementTimeout: number | null
  /** Null with `backup: false`. */
  readonly backup: BackupSettings | null
}

/** A folder with or without a configuration: all that `init` and `list-templates` need. */
export interface ProjectFolder {
  /** Absolute: the configuration's folder, else the working directory. */
  readonly root: string
  /** Absolute; null where there is none yet. */
  readonly configPath: string | null
}

export interface Project extends ProjectFolder {
  readonly configPath: string
  /** `--env`, else `NODE_ENV`, else `development`. */
  readonly environment: string
  /** `-x key=value`: for the configuration and the scripts. */
  readonly variables: Readonly<Record<string, string>>
  /** The one that this run is about. */
  readonly database: ProjectDatabase
  /** The names of all that are configured, in the order of the configuration. */
  readonly databaseNames: readonly string[]
  readonly hooks: Hooks
  /** With `{timestamp}`, `{revision}` and `{slug}` in it; null is the default. */
  readonly fileTemplate: string | null
  /** Absolute path of the text that new scripts start from; null is our own. */
  readonly template: string | null
  /** How TypeScript is loaded; null chooses. */
  readonly loader: LoaderName | null
  /** Keys of the UI by action. */
  readonly keys: Readonly<Record<string, readonly string[]>>
}
