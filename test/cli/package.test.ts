import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import ts from 'typescript'
import { makeProject } from '../support/project.js'

const CONFIG = `import type { Config } from 'migrate-tui'
export default { knex: { client: 'better-sqlite3' }, models: './models', backup: false } satisfies Config
`

const SCRIPT = `import type { Knex } from 'knex'
import { tableExtras } from 'migrate-tui/operations'
export const up = (knex: Knex) => knex.schema.createTable('t', (table) => { tableExtras(table, {}) })
`

/** What TypeScript finds wrong in the files of a project. */
function complaints(folder: string, options: ts.CompilerOptions): readonly string[] {
  const program = ts.createProgram([join(folder, 'config.ts'), join(folder, 'script.ts')], {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    ...options,
  })
  return (
    ts
      .getPreEmitDiagnostics(program)
      // Only ours: what Knex and Objection say of themselves is theirs.
      .filter(({ file }) => !/node_modules.(?!migrate-tui)/.test(file?.fileName ?? ''))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  )
}

test.each([
  ['module', ts.ModuleKind.NodeNext],
  ['commonjs', ts.ModuleKind.NodeNext],
  ['commonjs', ts.ModuleKind.Node16],
  ['module', ts.ModuleKind.ESNext],
])('TypeScript reads the types in a package of type %s with module %i', (type, module) => {
  const { folder } = makeProject({
    'package.json': `{ "type": "${type}" }`,
    'config.ts': CONFIG,
    'script.ts': SCRIPT,
  })
  const moduleResolution =
    module === ts.ModuleKind.ESNext ? { moduleResolution: ts.ModuleResolutionKind.Bundler } : {}
  expect(complaints(folder, { module, ...moduleResolution })).toEqual([])
})

test('a wrong setting is an error where it is written', () => {
  const { folder } = makeProject({
    'package.json': '{ "type": "module" }',
    'config.ts': CONFIG.replace('models:', 'modells:'),
    'script.ts': '',
  })
  expect(complaints(folder, { module: ts.ModuleKind.NodeNext }).join()).toContain('modells')
})

test('scripts of both kinds get the functions, and an application the API', () => {
  const { folder } = makeProject({
    'a.cjs': `const { tableExtras } = require('migrate-tui/operations'); console.log(typeof tableExtras)`,
    'b.mjs': `import { tableExtras } from 'migrate-tui/operations'; import { openProject } from 'migrate-tui'
      console.log(typeof tableExtras, typeof openProject)`,
  })
  const run = (file: string) =>
    execFileSync(process.execPath, [join(folder, file)], { encoding: 'utf8', cwd: folder })
  expect(run('a.cjs')).toBe('function\n')
  expect(run('b.mjs')).toBe('function function\n')
})
