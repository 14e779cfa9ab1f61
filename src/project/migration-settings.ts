/** Where revision scripts are and how they are named, from our own settings and Knex's `migrations` block. */
import { extname, resolve } from 'node:path'
import { MigrateError } from '../errors.js'
import { isRecord } from './knexfile.js'
import { packageType } from './load-module.js'
import type { KnexConfig, KnexTables, MigrationSettings } from './project.js'

/** Knex's own defaults, without languages that nobody loads any more; TypeScript's other spellings with them. */
const LOAD_EXTENSIONS = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']

/** Keys that Knex reads and that have no meaning here. */
const IGNORED: Readonly<Record<string, string>> = {
  stub: 'New scripts are written from the template of migrate-tui; the setting template names another.',
  getNewMigrationName: 'The setting fileTemplate names new scripts.',
}

/** What the configuration says of migrations beside the Knex configuration itself. */
export interface MigrationSources {
  /** Our `migrations` key: folders relative to `root`; null where it is not given. */
  readonly folders: readonly string[] | null
  /** The folder used where nobody names one. */
  readonly fallback: string
  readonly root: string
  /** The folder of the file that holds the Knex configuration. */
  readonly knexFolder: string
  /** The file whose language new scripts take where nothing else says so. */
  readonly configPath: string
}

/**
 * The settings, every folder absolute.
 * @throws MigrateError `KNEX_CONFIG` where the block has a value of a wrong kind
 */
export function migrationSettings(
  knexConfig: KnexConfig,
  sources: MigrationSources,
): MigrationSettings {
  const block = migrationBlock(knexConfig)
  const listed = texts(block, 'directory')
  const folders = sources.folders?.map((folder) => resolve(sources.root, folder)) ??
    listed?.map((folder) => resolve(sources.knexFolder, folder)) ?? [
      resolve(sources.root, sources.fallback),
    ]
  const extension =
    text(block, 'extension') ?? text(knexConfig, 'ext') ?? extensionLike(sources.configPath)
  const source = block.migrationSource
  return {
    folders,
    extension: extension.replace(/^\./, ''),
    syntax: syntaxOf(extension, sources.root),
    loadExtensions: texts(block, 'loadExtensions') ?? LOAD_EXTENSIONS,
    sortDirsSeparately: block.sortDirsSeparately === true,
    // As in Knex, a folder that is named beside a source replaces it.
    source: isRecord(source) && sources.folders === null && listed === null ? source : null,
    validatesList: block.disableMigrationsListValidation !== true,
    usesTransactions: block.disableTransactions !== true,
    ignored: Object.entries(IGNORED)
      .filter(([key]) => block[key] !== undefined)
      .map(([key, reason]) => ({ key: `migrations.${key}`, reason })),
  }
}

/** Where Knex's own history can be: the table that is configured, then Knex's default. */
export function knexTables(knexConfig: KnexConfig, named: string | null): readonly KnexTables[] {
  const block = migrationBlock(knexConfig)
  const schema = text(block, 'schemaName')
  const table = named ?? text(block, 'tableName') ?? 'knex_migrations'
  const configured = schema === null || table.includes('.') ? table : `${schema}.${table}`
  return [...new Set([configured, 'knex_migrations'])].map((history) => ({
    history,
    lock: `${history}_lock`,
  }))
}

function migrationBlock(knexConfig: KnexConfig): KnexConfig {
  const block = knexConfig.migrations
  return isRecord(block) ? block : {}
}

/** New scripts are in the language of the configuration, under a name that Knex loads by default. */
function extensionLike(path: string): string {
  return /^\.[cm]?ts$/.test(extname(path)) ? 'ts' : 'js'
}

function syntaxOf(extension: string, root: string): MigrationSettings['syntax'] {
  if (/^\.?(?:cjs|cts)$/.test(extension)) return 'commonjs'
  return /^\.?js$/.test(extension) && packageType(root) !== 'module' ? 'commonjs' : 'esm'
}

function text(block: KnexConfig, key: string): string | null {
  const value = block[key] ?? null
  if (value === null || typeof value === 'string') return value === '' ? null : value
  throw wrongKind(key, 'a string')
}

function texts(block: KnexConfig, key: string): readonly string[] | null {
  const value = block[key] ?? null
  if (value === null || value === '') return null
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.every((item) => typeof item === 'string')) return list.length === 0 ? null : list
  throw wrongKind(key, 'a string or a list of strings')
}

function wrongKind(key: string, allowed: string): MigrateError {
  return new MigrateError(
    'KNEX_CONFIG',
    2,
    `migrations.${key} of the Knex configuration has a value of a wrong kind.`,
    {
      fix: `Make it ${allowed}.`,
    },
  )
}
