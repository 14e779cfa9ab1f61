/** Which scripts do not parse, asked of a host. */
import path from 'node:path'
import { expect, test } from 'vitest'
import { hostOf } from '../support/hosts.js'
import type { TestProject } from '../support/project.js'
import { makeProject, sqliteProject } from '../support/project.js'

function placed(project: TestProject, files: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(files).map(([name, text]) => {
    project.write(`migrations/${name}`, text)
    return path.join(project.folder, 'migrations', name)
  })
}

test('every kind of script that Node or a loader takes is well, whatever it would do', async () => {
  const project = makeProject(sqliteProject(''))
  const paths = placed(project, {
    'common.js': `#!/usr/bin/env node\nexports.up = async () => { process.exit(9) }\nreturn\n`,
    'marked.cjs': `\ufeffvar await = 1, let = 2\nwith ({}) { exports.up = 017 }\n`,
    'module.mjs': `import fs from 'node:fs'\nconst text = await fs.promises.readFile('x')\nexport { text }\n`,
    'typed.ts': `import type { Knex } from 'knex'\nenum Kind { one }\nexport async function up(knex: Knex) { await knex<Kind>('a') satisfies unknown }\n`,
    'assigned.cts': `import knex = require('knex')\nexport = { up: (k: any) => <any>k }\n`,
    'decorated.mts': `function d(..._: any[]): any {}\n@d export class A { @d accessor x = 1 }\n`,
    'other.coffee': `up = -> 1\n`,
  })
  expect(await hostOf(project).call('syntax', { paths })).toEqual({ broken: [] })
})

test('what does not parse is named with its line, until it does; what is gone is not', async () => {
  const project = makeProject(sqliteProject(''))
  const host = hostOf(project)
  const [one = '', two = ''] = placed(project, { 'a.js': '\n\nlet = = 1', 'b.ts': 'const b: = 2' })
  const paths = [one, two, path.join(project.folder, 'migrations/gone.js')]
  expect(await host.call('syntax', { paths })).toEqual({
    broken: [
      { path: one, line: 3, message: 'Unexpected "="' },
      { path: two, line: 1, message: 'Unexpected "="' },
    ],
  })
  placed(project, { 'a.js': 'let a = 1' })
  expect(await host.call('syntax', { paths })).toMatchObject({ broken: [{ path: two }] })
})

test('two hundred scripts are looked at in little time', async () => {
  const project = makeProject(sqliteProject(''))
  const text = `exports.up = async (knex) => {\n${"  await knex.schema.createTable('t', (t) => { t.increments() })\n".repeat(20)}}\n`
  const paths = placed(
    project,
    Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.js`, text])),
  )
  const host = hostOf(project)
  await host.call('pulse', {})
  const start = performance.now()
  await host.call('syntax', { paths })
  const first = performance.now() - start
  await host.call('syntax', { paths })
  const both = performance.now() - start
  console.log(`200 scripts: ${Math.round(first)} ms, and ${Math.round(both - first)} ms again`)
  expect(both).toBeLessThan(5_000)
})
