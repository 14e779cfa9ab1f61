/** The project's own copies of Knex and of the database driver, and sessions opened with them. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { knex } from 'knex'
import type { Connection, ConnectionSettings } from '../dialects/connection.js'
import type { Shadow } from '../dialects/dialect.js'
import { MigrateError, messageOf } from '../errors.js'
import type { ProjectDatabase } from './project.js'
import { afterCreateOf } from './after-create.js'
import { maskSecrets, rememberSecrets } from './secrets.js'

/** Knex's module: the function that makes a Knex. */
export type KnexModule = typeof knex

/**
 * The project's Knex, else ours.
 * @throws MigrateError `KNEX_MISSING`, `PACKAGE_BROKEN`
 */
export function loadKnex(database: ProjectDatabase): KnexModule {
  const loaded = loadPackage('knex', database.folder)
  if (loaded === null) {
    throw new MigrateError('KNEX_MISSING', 2, 'The project has no knex.', {
      why: `The package was looked for from ${database.folder} upward.`,
      fix: 'Type npm install knex.',
    })
  }
  return loaded as KnexModule // the package of that name
}

/**
 * The driver module of the database's client: the project's, else ours.
 * @throws MigrateError `CONNECT_DRIVER_MISSING`, `PACKAGE_BROKEN`
 */
export function loadDriver(database: ProjectDatabase): unknown {
  const name = database.dialect.driverPackage(database.client)
  const loaded = loadPackage(name, database.folder)
  if (loaded === null) {
    throw new MigrateError('CONNECT_DRIVER_MISSING', 2, `The driver ${name} is not installed.`, {
      why: `The client ${database.client} of database ${database.name} needs it.`,
      fix: `Type npm install ${name}.`,
      details: { package: name },
    })
  }
  return loaded
}

/** The driver with what the project does with a connection before it is used, for copies. */
export function driverOf(database: ProjectDatabase): {
  readonly driver: unknown
  readonly afterCreate?: ConnectionSettings['afterCreate']
} {
  return { driver: loadDriver(database), ...afterCreateOf(database) }
}

/** A scratch copy of the structure of `source`, or an empty one. */
export function openShadow(database: ProjectDatabase, source: Connection | null): Promise<Shadow> {
  const { driver, afterCreate } = driverOf(database)
  return database.dialect.shadow(driver, source, afterCreate)
}

/** How a session is wanted where it is not as the configuration says. */
export interface SessionWishes {
  readonly readOnly: boolean
  /** Milliseconds; null is the configuration's. */
  readonly lockTimeout?: number | null
}

/**
 * What the dialect needs to open a session; `connection` functions of the configuration are called.
 * @throws MigrateError `CONNECT_SETTINGS` where such a function fails
 */
export async function connectionSettings(
  database: ProjectDatabase,
  wishes: SessionWishes,
): Promise<ConnectionSettings> {
  return {
    client: database.client,
    connection: await providedConnection(database),
    searchPath: [database.knexConfig.searchPath ?? []].flat().map(String),
    readOnly: wishes.readOnly,
    lockTimeout: wishes.lockTimeout ?? database.lockTimeout,
    statementTimeout: database.statementTimeout,
    ...afterCreateOf(database),
  }
}

/**
 * A session of its own, without the project's mappers and hooks.
 * @throws MigrateError with a code that starts with `CONNECT_`
 */
export async function connect(
  database: ProjectDatabase,
  wishes: SessionWishes,
): Promise<Connection> {
  const driver = loadDriver(database)
  return database.dialect.connect(driver, await connectionSettings(database, wishes))
}

async function providedConnection(database: ProjectDatabase): Promise<unknown> {
  const connection = database.knexConfig.connection
  if (typeof connection !== 'function') return connection
  try {
    const provided: unknown = await (connection as () => unknown)() // Knex's own contract
    rememberSecrets(provided)
    return provided
  } catch (thrown) {
    throw new MigrateError(
      'CONNECT_SETTINGS',
      2,
      `The connection function of database ${database.name} failed: ${maskSecrets(messageOf(thrown))}`,
      { fix: 'Correct it in the Knex configuration.', cause: thrown },
    )
  }
}

/** The package as the project sees it, else our own copy of it; null where neither has it. */
function loadPackage(name: string, folder: string): unknown {
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    const require = createRequire(from)
    const path = resolvedPath(require, name)
    if (path === null) continue
    try {
      return require(path)
    } catch (thrown) {
      throw new MigrateError('PACKAGE_BROKEN', 2, `${name} does not load: ${messageOf(thrown)}`, {
        why: `It was found at ${path}.`,
        fix: `Install it again for this Node (${process.version}): npm rebuild ${name}.`,
        cause: thrown,
      })
    }
  }
  return null
}

function resolvedPath(require: NodeJS.Require, name: string): string | null {
  try {
    return require.resolve(name)
  } catch {
    return null
  }
}
