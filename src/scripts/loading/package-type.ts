/** Whether Node takes a script for an ES module or for CommonJS. */
import { readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'

export type ModuleKind = 'esm' | 'cjs'

/** By folder; packages do not change their kind while a process runs. */
const known = new Map<string, ModuleKind>()

/** The kind that a file's extension says, else the package that it belongs to. */
export function moduleKind(path: string): ModuleKind {
  switch (extname(path)) {
    case '.mjs':
    case '.mts':
      return 'esm'
    case '.cjs':
    case '.cts':
      return 'cjs'
    default:
      return kindOfFolder(dirname(path))
  }
}

function kindOfFolder(folder: string): ModuleKind {
  const found = known.get(folder) ?? kindInManifest(folder)
  const parent = dirname(folder)
  const kind = found ?? (parent === folder ? 'cjs' : kindOfFolder(parent))
  known.set(folder, kind)
  return kind
}

/** What a folder's package.json says; null where there is none. */
function kindInManifest(folder: string): ModuleKind | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const isModule =
      typeof manifest === 'object' &&
      manifest !== null &&
      'type' in manifest &&
      manifest.type === 'module'
    return isModule ? 'esm' : 'cjs'
  } catch {
    return null
  }
}
