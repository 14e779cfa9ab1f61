/** Where translated scripts are kept: in the project's node_modules, so that their imports are found from there. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { userName } from '../../user-name.js'
import { nodeCrypto } from '../../node-crypto.js'

/** The folder for translations of a script, which exists and can be written to. */
export function cacheFolder(path: string): string {
  const modules = nearestModules(dirname(path))
  if (modules !== null && isWritable(modules)) {
    const folder = join(modules, '.cache', 'migrate-tui')
    mkdirSync(folder, { recursive: true })
    return folder
  }
  return privateFolder(modules)
}

/** The text of a kept file; null where there is none. */
export function readKept(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Writes a file that nobody sees half of. */
export function keep(path: string, text: string): void {
  const partial = `${path}.${process.pid}`
  writeFileSync(partial, text)
  renameSync(partial, path)
}

/** A short name for anything. */
export function digest(...parts: readonly string[]): string {
  const hash = nodeCrypto().createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('hex').slice(0, 24)
}

function nearestModules(folder: string): string | null {
  const modules = join(folder, 'node_modules')
  if (existsSync(modules)) return modules
  const parent = dirname(folder)
  return parent === folder ? null : nearestModules(parent)
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A folder of this user alone below the system's temporary one, with a link to the project's
 * packages. What lies there is run, so one that somebody else could write to is refused.
 */
function privateFolder(modules: string | null): string {
  const own = join(tmpdir(), `migrate-tui-${userName()}`)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(own)
  const isOwn = process.getuid === undefined || uid === process.getuid()
  if (!isOwn || (process.getuid !== undefined && (mode & 0o077) !== 0)) {
    throw new Error(`${own} can be written by others; translated scripts are not run from there.`)
  }
  const folder = join(own, digest(modules ?? ''))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const link = join(folder, 'node_modules')
  if (modules !== null && !existsSync(link)) symlinkSync(modules, link, 'junction')
  return folder
}
