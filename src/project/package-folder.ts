/** Where this package is installed, and what version it is. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The absolute path of this package's folder; `scaffolds/` is in it. */
export function packageFolder(): string {
  // Bundled code stands at another depth than its source: the way up finds both.
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('The package has no package.json above its code.')
    folder = parent
  }
  return folder
}

/** This package's version: `1.2.3`. */
export function packageVersion(): string {
  // Our own file: its shape is known.
  const manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
    readonly version: string
  }
  return manifest.version
}
