/** Makes the file names in a Knex configuration mean the same from every working directory. */
import { isAbsolute, resolve } from 'node:path'
import { isRecord } from './knexfile.js'
import type { KnexConfig } from './project.js'

/**
 * The configuration of a database that is one file, with its path made absolute against `folder`;
 * Knex leaves that to the working directory. A function or promise as `connection` still is one.
 */
export function withAbsoluteFile(config: KnexConfig, folder: string): KnexConfig {
  const connection = config.connection
  if (typeof connection !== 'function') {
    return { ...config, connection: absoluteConnection(connection, folder) }
  }
  const provide = connection as () => unknown // Knex calls it the same way
  return {
    ...config,
    connection: async (): Promise<unknown> => absoluteConnection(await provide(), folder),
  }
}

function absoluteConnection(connection: unknown, folder: string): unknown {
  if (typeof connection === 'string') return { filename: absolutePath(connection, folder) }
  if (!isRecord(connection) || typeof connection.filename !== 'string') return connection
  return { ...connection, filename: absolutePath(connection.filename, folder) }
}

/** `:memory:`, the empty name and `file:` addresses are no paths. */
function absolutePath(filename: string, folder: string): string {
  const isPath = filename !== '' && !filename.startsWith(':') && !filename.startsWith('file:')
  return isPath && !isAbsolute(filename) ? resolve(folder, filename) : filename
}
