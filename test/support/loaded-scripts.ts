/** Scripts on disk, loaded as a run loads them. */
import { join } from 'node:path'
import type { LoadedScript } from '../../src/scripts/loading/load.js'
import { loadScript } from '../../src/scripts/loading/load.js'
import { loadModule } from '../../src/scripts/loading/load-module.js'
import { folderWith, putFile } from './folders.js'
import { revisionOf } from './graphs.js'

/**
 * A project with a package of its own to import. It lies below node_modules, where vitest leaves
 * modules to Node, as they are for a person.
 */
export function projectWith(type: 'module' | 'commonjs' | null): string {
  const folder = join(folderWith(), 'node_modules', 'project')
  putFile(folder, 'package.json', JSON.stringify(type === null ? {} : { type }))
  putFile(folder, 'node_modules/tiny/package.json', '{ "main": "index.js" }')
  putFile(folder, 'node_modules/tiny/index.js', 'exports.value = 7')
  return folder
}

/** The script in a file. */
export function load(path: string): Promise<LoadedScript> {
  const revision = revisionOf('a', { path })
  return loadScript({ revision, knexName: 'a.ts', load: () => loadModule(path) })
}

/** What `up` of a script returns; in tests that stands for what it would do. */
export async function runUp(script: LoadedScript): Promise<unknown> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-argument -- these scripts use no Knex
  return script.up(JSON.parse('null'))
}
