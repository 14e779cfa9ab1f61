/** Lets Node load TypeScript through the project's own tsx. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { importModule } from '../../import-module.js'

/** A dependency of the project's: its documented interface. */
interface Api {
  register(): unknown
}

/** Registers tsx for `require` and for `import`. @throws Error where the project has none */
export async function registerTsx(root: string): Promise<void> {
  const find = createRequire(join(root, 'package.json'))
  const forRequire = find('tsx/cjs/api') as Api
  forRequire.register()
  const forImport = (await importModule(importEntry(find, './esm/api'))) as Api
  forImport.register()
}

/** What `import` would find under a key of tsx's `exports`; only our own files could be asked for it. */
function importEntry(find: NodeJS.Require, key: string): string {
  const manifest = find.resolve('tsx/package.json')
  const { exports } = find(manifest) as {
    readonly exports: Readonly<Record<string, { readonly import?: { readonly default: string } }>>
  }
  const entry = exports[key]?.import?.default
  if (entry === undefined) throw new Error(`this version of tsx has no ${key}`)
  return pathToFileURL(join(dirname(manifest), entry)).href
}
