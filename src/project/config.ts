/** The configuration as people write it: `migrate-tui.config.ts` is `export default {…} satisfies Config`. */
import type { Knex } from 'knex'

/** A class that looks like an Objection model. */
export type ModelClass = (abstract new (...args: never) => unknown) & {
  readonly isObjectionModelClass?: boolean
  readonly tableName?: string
}

/** Whether a model class belongs to the database. */
export type ModelPredicate = (model: ModelClass) => boolean

/** Model files and, where two databases share a folder, which of their classes are meant. */
export interface ModelsWithPredicate {
  /** Folders, globs or modules, relative to the configuration file. */
  readonly paths: string | readonly string[]
  /** Is asked once for every model class found; all of them without it. */
  readonly predicate?: ModelPredicate
}

/** A glob over names (`audit_*`, `users.legacy_*`) or a regular expression. */
export type NamePattern = string | RegExp

/** A knexfile, and which of its environments. */
export interface KnexfileReference {
  /** The knexfile's path, relative to the configuration file. */
  readonly knexfile: string
  /** One of its environments; else `--env`, `NODE_ENV` or `development`, as Knex itself chooses. */
  readonly environment?: string
}

/** A Knex configuration, one for each environment, or where the knexfile is. */
export type KnexSource =
  Knex.Config | Readonly<Record<string, Knex.Config>> | string | KnexfileReference

/** What of a table is compared; whatever is `false` is neither reported nor written. */
export interface CompareFacets {
  readonly types: boolean
  readonly nullability: boolean
  readonly defaults: boolean
  readonly generated: boolean
  readonly collations: boolean
  readonly comments: boolean
  readonly primaryKeys: boolean
  readonly uniques: boolean
  readonly indexes: boolean
  readonly foreignKeys: boolean
  readonly checks: boolean
}

/** How TypeScript is loaded where the default does not fit. */
export type LoaderName = 'esbuild' | 'jiti' | 'tsx'

/** One change of a script that is about to be written. */
export interface PlannedChange {
  readonly kind: string
  readonly table: string | null
  readonly name: string
  readonly summary: string
  readonly destructive: boolean
}

/** A script that is about to be written. */
export interface PlannedScript {
  readonly database: string
  readonly message: string
  readonly changes: readonly PlannedChange[]
}

/** A revision that was applied or reverted. */
export interface AppliedStep {
  readonly database: string
  readonly revision: string
  readonly direction: 'up' | 'down'
  readonly durationMs: number
}

/** Functions of the project that the tool calls; each may return a promise. */
export interface Hooks {
  /** Before a script is written; what it throws keeps the script from being written. */
  readonly beforeWrite?: (plan: PlannedScript) => void | Promise<void>
  /** After a script was written, with its absolute path: the place to run a formatter. */
  readonly afterWrite?: (file: string) => void | Promise<void>
  /** After a revision was applied or reverted and committed. */
  readonly onApply?: (step: AppliedStep) => void | Promise<void>
  /** After a command that changes the database failed. */
  readonly onFailure?: (error: Error) => void | Promise<void>
}

export interface BackupConfig {
  /** Where copies go, relative to the configuration file; beside the database unless given. */
  readonly folder?: string
  /** A database larger than this many bytes is not copied; 1 GiB unless given. */
  readonly maxBytes?: number
  /** How many copies stay; 5 unless given. */
  readonly keep?: number
}

/** `true`: destructive work asks for the database's name. `{ refuse: true }`: it is refused. */
export type ProtectedConfig = boolean | { readonly refuse: boolean }

/** One of several databases. */
export interface DatabaseConfig {
  /** As the key of the same name above. */
  readonly knex: KnexSource
  /** As the key of the same name above. */
  readonly models?: ModelsConfig
  /** As the key of the same name above; the database's own name below `migrations` unless given. */
  readonly migrations?: string | readonly string[]
  /** As the key of the same name above; what it says there unless given. */
  readonly protected?: ProtectedConfig
}

/** Folders, globs or modules, each with or without a predicate. */
export type ModelsConfig = string | ModelsWithPredicate | readonly (string | ModelsWithPredicate)[]

/** Every setting is optional but `knex` (or `databases`, or a knexfile beside it). Paths are relative to the file. */
export interface Config {
  /**
   * How to reach the database: a Knex configuration, `./knexfile.js`, or
   * `{ knexfile: './knexfile.js', environment: 'staging' }`. A knexfile beside this file unless given.
   */
  readonly knex?: KnexSource
  /**
   * Where the Objection models are: folders, globs or modules, or `{ paths, predicate }`.
   * The first of `src/models`, `models`, `app/models`, `src/db/models` that exists unless given.
   */
  readonly models?: ModelsConfig
  /** One or more folders of revision scripts; Knex's `migrations.directory`, else `migrations`, unless given. */
  readonly migrations?: string | readonly string[]
  /** Several databases by name; `--database <name>` chooses. Excludes `knex`, `models` and `migrations` above. */
  readonly databases?: Readonly<Record<string, DatabaseConfig>>
  /** The prefix of the tool's own tables; `migrate_tui` unless given. */
  readonly versionTable?: string
  /** Knex's own history table, kept true as long as it exists; `false` leaves it alone. */
  readonly knexTable?: string | false
  /** Only these tables are compared: names, globs or regular expressions. */
  readonly include?: NamePattern | readonly NamePattern[]
  /** These tables (`audit_*`) and columns (`users.legacy_*`) are never touched. */
  readonly exclude?: NamePattern | readonly NamePattern[]
  /** What of a table is compared; everything unless given. */
  readonly compare?: Partial<CompareFacets>
  /** Functions of the project that the tool calls. */
  readonly hooks?: Hooks
  /** File names of new scripts without the extension; `{timestamp}_{slug}` unless given. */
  readonly fileTemplate?: string
  /** A file that new scripts start from. */
  readonly template?: string
  /** Whether destructive work asks for the database's name first, or is refused; `false` unless given. */
  readonly protected?: ProtectedConfig
  /** How long to wait for a lock: milliseconds, or `'3s'`, `'500ms'`, `'1m'`; 3 seconds unless given. */
  readonly lockTimeout?: number | string
  /** How long one statement may take, in the same words; no limit unless given. */
  readonly statementTimeout?: number | string
  /** Copies of the whole database before a step that loses data, where it is one file; `false` for none. */
  readonly backup?: false | BackupConfig
  /** How TypeScript is loaded, where the default does not fit. */
  readonly loader?: LoaderName
  /** Keys of the UI by action, instead of the built-in ones: `{ upgrade: 'u', quit: ['q', 'ctrl+q'] }`. */
  readonly keys?: Readonly<Record<string, string | readonly string[]>>
}

/** What a configuration that is a function is called with. */
export interface ConfigContext {
  /** `--env`, else `NODE_ENV`, else `development`. */
  readonly env: string
  /** `-x key=value`. */
  readonly x: Readonly<Record<string, string>>
}

/** A configuration that depends on the environment. */
export type ConfigFunction = (context: ConfigContext) => Config | Promise<Config>
