/** Bundles a program of the tests, so that it starts as fast as the built command. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { afterAll } from 'vitest'
import { ROOT } from '../project.js'

export const PROGRAMS = join(dirname(fileURLToPath(import.meta.url)), 'programs')

/** Ink's part for React's development tools, which are not installed. */
const noDevtools: Plugin = {
  name: 'no-devtools',
  setup(made) {
    made.onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: '' }))
  },
}

/** The parts of Ink that the program has of its own, as its bundle takes them: both measure texts alike. */
const ownParts: Plugin = {
  name: 'own-parts',
  setup(made) {
    made.onResolve(
      { filter: /^(?:\.\/output\.js|\.\/measure-text\.js|widest-line)$/ },
      ({ path, importer }) =>
        /[\\/]ink[\\/]build[\\/]/.test(importer)
          ? { path: join(ROOT, 'src/tui/ink', `${path.replace(/^\.\/|\.js$/g, '')}.ts`) }
          : null,
    )
  },
}

/** The path of the bundle of a file in `programs/`, removed after the tests of this file. To be called while tests are collected. */
export async function builtProgram(name: string): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-tui-test-')))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const outfile = join(folder, 'program.mjs')
  await build({
    entryPoints: [join(PROGRAMS, name)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [noDevtools, ownParts],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  })
  return outfile
}
