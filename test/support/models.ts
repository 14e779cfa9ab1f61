/** Projects with model files in temporary folders, loaded by the real child process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { afterAll, onTestFinished } from 'vitest'
import { loadModels } from '../../src/models/load-models.js'
import type { ModelsRequest } from '../../src/models/messages.js'
import type { DesiredTable, LoadedModels } from '../../src/schema/desired.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What the node_modules of a project would hold. */
const PACKAGES = ['better-sqlite3', 'knex', 'objection', 'typescript', 'tsx']

let built: Promise<string> | null = null

/** The child's entry, bundled as `dist` has it; once for each process of tests. */
function modelsChild(): Promise<string> {
  return (built ??= buildChild())
}

async function buildChild(): Promise<string> {
  // Beside our own packages, as `dist` is, so that it finds esbuild, jiti and knex.
  const folder = path.join(ROOT, 'node_modules', '.cache', 'migrate-tui-test')
  mkdirSync(folder, { recursive: true })
  const outfile = path.join(folder, `models-child-${process.pid}.js`)
  await esbuild.build({
    entryPoints: [path.join(ROOT, 'src/models/child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['esbuild', 'jiti', 'knex'],
    logLevel: 'warning',
  })
  return outfile
}

afterAll(async () => {
  if (built !== null) rmSync(await built, { force: true })
})

/** Texts by file name. */
export type Files = Readonly<Record<string, string>>

export interface ModelProject {
  readonly folder: string
  write(files: Files): void
  load(
    request?: Partial<ModelsRequest> & { readonly paths?: readonly string[] },
  ): Promise<LoadedModels>
}

/** A project with these files and the packages that models need; it is gone after the test. */
export function modelProject(files: Files): ModelProject {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-models-')))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  mkdirSync(path.join(folder, 'node_modules'))
  for (const name of PACKAGES) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name))
  }
  const write = (texts: Files): void => {
    for (const [name, text] of Object.entries(texts)) {
      const file = path.join(folder, name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }
  write(files)
  return {
    folder,
    write,
    load: async ({ paths = ['src/models'], ...request } = {}) =>
      loadModels({
        root: folder,
        selections: [{ paths, predicate: null }],
        exclude: [],
        knex: { client: 'better-sqlite3', folder, config: null },
        loader: null,
        timeout: 20_000,
        childPath: await modelsChild(),
        ...request,
      }),
  }
}

/** The table of that name. */
export function tableIn(loaded: LoadedModels, name: string): DesiredTable {
  const found = loaded.tables.find(({ table }) => table.name === name)
  if (found === undefined) {
    const names = loaded.tables.map(({ table }) => table.name).join(', ')
    throw new Error(`no table ${name} but ${names}; ${JSON.stringify(loaded.failures)}`)
  }
  return found
}

/** The names of a table's columns. */
export function columnsIn(loaded: LoadedModels, name: string): readonly string[] {
  return tableIn(loaded, name).table.columns.map((column) => column.name)
}

/** Every class that was read: its name, its table and its file; sorted. */
export function namesIn(loaded: LoadedModels): readonly string[] {
  return loaded.models.map(({ model, table, file }) => `${model} ${table ?? '-'} ${file}`).sort()
}
