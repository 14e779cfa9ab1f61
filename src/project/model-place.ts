/** The place that a configuration names for models: a path, a glob, or a package. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve, sep } from 'node:path'

const MODEL_FOLDERS = ['src/models', 'models', 'app/models', 'src/db/models']

/** Those folders where models usually are that a project has; relative to it. */
export function usualModelFolders(root: string): readonly string[] {
  return MODEL_FOLDERS.filter((folder) => existsSync(join(root, folder)))
}

/**
 * It as an absolute path, with `/` between folders as globs have it: of a package that `root` can
 * import, its file. A folder of the project is stronger than a package of the same name.
 */
export function modelPlace(root: string, place: string): string {
  const path = resolve(root, place)
  return withSlashes(existsSync(path) ? path : (packageFile(root, place) ?? path))
}

function packageFile(root: string, place: string): string | null {
  if (isAbsolute(place) || place.startsWith('.')) return null
  try {
    return createRequire(join(root, 'package.json')).resolve(place)
  } catch {
    return null
  }
}

/** Globs are written with `/` on every system. */
function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
