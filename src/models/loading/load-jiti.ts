/** Loads TypeScript file by file, slower than a bundle and with fewer demands on the files. */
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Jiti, createJiti } from 'jiti'

export interface JitiLoader {
  load(file: string): Promise<unknown>
  /** For `require`, which cannot wait. */
  loadNow(file: string): unknown
}

/** A loader that keeps what it transforms in `cache`. */
export function createJitiLoader(cache: string): JitiLoader {
  const require = createRequire(import.meta.url)
  // Not imported: it is needed rarely, and then at once, inside `require`.
  const make = (require('jiti') as { createJiti: typeof createJiti }).createJiti
  const byFolder = new Map<string, Jiti>()
  // jiti looks for tsconfig.json from where it is made, so there is one for each.
  const jitiFor = (file: string): Jiti => {
    const folder = settingsFolder(dirname(file))
    const known = byFolder.get(folder)
    if (known !== undefined) return known
    const jiti = make(join(folder, 'migrate-tui.js'), {
      tsconfigPaths: true,
      fsCache: join(cache, 'jiti'),
      interopDefault: false,
    })
    byFolder.set(folder, jiti)
    return jiti
  }
  return {
    load: (file) => jitiFor(file).import(file),
    loadNow: (file): unknown => {
      // It must not find the half-made module that called it in the cache.
      Reflect.deleteProperty(require.cache, file)
      return jitiFor(file)(file)
    },
  }
}

function settingsFolder(folder: string): string {
  const has = statSync(join(folder, 'tsconfig.json'), { throwIfNoEntry: false }) !== undefined
  const parent = dirname(folder)
  return has || parent === folder ? folder : settingsFolder(parent)
}
