/** Where a SQLite database is: read from Knex's `connection`. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MigrateError } from '../../../errors.js'
import type { ConnectionSettings } from '../../connection.js'

export interface Location {
  /** As the driver takes it. */
  readonly file: string
  /** The file; null for a database in memory. */
  readonly path: string | null
  readonly readOnly: boolean
  readonly nativeBinding: string | null
  readonly flags: number
  /** Whether the project wants its integers as bigints. */
  readonly safeIntegers: boolean
}

/** Open flags of SQLite that Knex's sqlite3 client takes by name. */
const FLAGS: Readonly<Record<string, number>> = {
  OPEN_URI: 0x40,
  OPEN_FULLMUTEX: 0x10000,
  OPEN_SHAREDCACHE: 0x20000,
  OPEN_PRIVATECACHE: 0x40000,
}

/**
 * The database that the settings mean.
 * @throws MigrateError `CONNECT_NO_FILENAME`
 */
export function locate(settings: ConnectionSettings, takesUris: boolean): Location {
  const { filename, options, flags } = fieldsOf(settings.connection)
  const asked = flags.reduce((all, flag) => all | (FLAGS[flag] ?? 0), 0)
  const readOnly = settings.readOnly || options.readonly === true || flags.includes('OPEN_READONLY')
  const more = {
    nativeBinding: typeof options.nativeBinding === 'string' ? options.nativeBinding : null,
    safeIntegers: options.safeIntegers === true,
    flags: asked,
  }
  if (filename.startsWith('file:') && !existsSync(filename)) {
    const uri = readUri(filename)
    const isUri = takesUris && (asked & 0x40) !== 0
    return {
      ...more,
      file: isUri ? filename : (uri.path ?? ':memory:'),
      path: uri.path,
      readOnly: readOnly || uri.readOnly,
    }
  }
  const isMemory = filename === ':memory:'
  return { ...more, file: filename, path: isMemory ? null : resolve(filename), readOnly }
}

/** The file as a person names it, without the options of a URI, which may hold a key. */
export function describe(settings: ConnectionSettings): string {
  const { filename } = fieldsOf(settings.connection)
  return filename.startsWith('file:') ? (readUri(filename).path ?? ':memory:') : filename
}

/** The absolute path of the database; null for one in memory. */
export function fileOf(settings: ConnectionSettings): string | null {
  return locate(settings, false).path
}

interface Fields {
  readonly filename: string
  readonly options: Readonly<Record<string, unknown>>
  readonly flags: readonly string[]
}

function fieldsOf(connection: unknown): Fields {
  if (typeof connection === 'string' && connection !== '') {
    return { filename: connection, options: {}, flags: [] }
  }
  const { filename, options, flags } = isRecord(connection) ? connection : {}
  if (typeof filename !== 'string' || filename.trim() === '') {
    throw new MigrateError('CONNECT_NO_FILENAME', 2, 'The configuration names no database file.', {
      why: 'For SQLite, `connection.filename` is the path of the database.',
      fix: "Write connection: { filename: './dev.sqlite3' } in the Knex configuration.",
    })
  }
  return {
    filename,
    options: isRecord(options) ? options : {},
    flags: Array.isArray(flags) ? flags.map(String) : [],
  }
}

/** A `file:` URI as SQLite reads it (https://sqlite.org/uri.html): relative paths are allowed. */
function readUri(uri: string): { readonly path: string | null; readonly readOnly: boolean } {
  const [address = '', query = ''] = uri.split('#')[0]?.split('?') ?? []
  const options = new URLSearchParams(query)
  const mode = options.get('mode')
  const name = address.startsWith('file://')
    ? fileURLToPath(address.replace(/^file:\/\/localhost/, 'file://'))
    : decodeURIComponent(address.slice('file:'.length))
  const isMemory = mode === 'memory' || name === ':memory:' || name === ''
  return {
    path: isMemory ? null : resolve(name),
    readOnly: mode === 'ro' || options.get('immutable') === '1',
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
