import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import { beforeEach, expect, test, vi } from 'vitest'
import { findConfig } from '../../src/project/find-config.js'
import { chooseEnvironment, loadConfigFile } from '../../src/project/knexfile.js'
import { addFiles, folderOf } from '../support/folder.js'
import { migrateErrorOf } from '../support/thrown.js'

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', folderOf({}))
})

test('the nearest configuration upward is found, before any knexfile', () => {
  const root = folderOf({ 'migrate-tui.config.mjs': '', 'app/knexfile.js': '', 'app/src/x.ts': '' })
  expect(findConfig(join(root, 'app/src'), null)).toEqual({
    path: join(root, 'migrate-tui.config.mjs'),
    kind: 'config',
  })
})

test('a knexfile stands for a configuration where there is none', () => {
  const root = folderOf({ 'knexfile.ts': '', 'src/x.ts': '' })
  expect(findConfig(join(root, 'src'), null)).toEqual({
    path: join(root, 'knexfile.ts'),
    kind: 'knexfile',
  })
})

test('a named file is used whatever else there is, and must be there', async () => {
  const root = folderOf({ 'migrate-tui.config.js': '', 'db/knexfile.cjs': '' })
  expect(findConfig(root, 'db/knexfile.cjs')?.kind).toBe('knexfile')
  const error = await migrateErrorOf(() => findConfig(root, 'db/missing.js'))
  expect(error.message).toContain(join(root, 'db/missing.js'))
  expect(error.exit).toBe(2)
})

const CONFIG = `{ client: 'better-sqlite3', connection: ':memory:' }`

test('a setting that throws when it is read is named', async () => {
  const connection = {
    get host(): string {
      throw new Error('no DB_HOST')
    },
  }
  const client = 'pg'
  const thrown = (value: unknown) =>
    migrateErrorOf(() =>
      chooseEnvironment(value, { name: 'test', isExplicit: false }, 'knexfile.js'),
    )
  const whole = await thrown(
    Object.defineProperty({ client }, 'pool', {
      enumerable: true,
      get() {
        throw new Error('no POOL_MAX')
      },
    }),
  )
  expect(whole.message).toBe('knexfile.js: pool cannot be read: no POOL_MAX')
  const flat = await thrown({ client, connection })
  expect(flat.message).toBe('knexfile.js: connection cannot be read: no DB_HOST')
  expect([flat.code, flat.exit]).toEqual(['KNEX_CONFIG', 2])
  const named = await thrown({ test: { client, connection } })
  expect(named.message).toBe('knexfile.js: test: connection cannot be read: no DB_HOST')
})

test.each([
  ['commonjs.cjs', `module.exports = ${CONFIG}`],
  ['plain.js', `module.exports = ${CONFIG}`],
  ['module.mjs', `export default ${CONFIG}`],
  ['typeless.js', `export default ${CONFIG}`],
  ['compiled.cjs', `exports.__esModule = true; exports.default = ${CONFIG}`],
  ['named.mjs', `export const client = 'better-sqlite3'; export const connection = ':memory:'`],
  ['function.cjs', `module.exports = () => (${CONFIG})`],
  ['promise.cjs', `module.exports = Promise.resolve(${CONFIG})`],
  ['async.mjs', `export default async () => (${CONFIG})`],
  ['typed.ts', `const c: Record<string, string> = ${CONFIG}; export default c`],
  [
    'old.ts',
    `import type { Knex } from 'knex'; const c: Knex.Config = ${CONFIG}; module.exports = c`,
  ],
  ['mixed.ts', `import { join } from 'path'; join('a'); module.exports = ${CONFIG}`],
  ['assigned.ts', `const c = ${CONFIG}; export = c`],
  ['waiting.mts', `const c = await Promise.resolve(${CONFIG}); export default c`],
  ['commonjs.cts', `module.exports = ${CONFIG}`],
])('%s gives its configuration', async (name, text) => {
  const root = folderOf({ [name]: text })
  const value = await loadConfigFile(join(root, name), [])
  expect({ ...(value as object) }).toEqual({ client: 'better-sqlite3', connection: ':memory:' })
})

test('a .js file follows the type of its package', async () => {
  const root = folderOf({ 'package.json': '{"type":"module"}', 'k.js': 'export default { a: 1 }' })
  expect(await loadConfigFile(join(root, 'k.js'), [])).toEqual({ a: 1 })
})

test('TypeScript keeps what a file knows of its place, and finds packages from there', async () => {
  const root = folderOf({
    'config.ts': `
      import { inner } from './deep/inner'
      import aliased from '@/aliased'
      import found from 'found'
      import { existsSync } from 'node:fs'
      const required: string = require('found')
      export default { inner, aliased, found, required, url: import.meta.url, here: __filename, fs: typeof existsSync }`,
    'deep/inner.ts': `
      import { dirname } from 'node:path'
      import { fileURLToPath } from 'node:url'
      const __dirname = dirname(fileURLToPath(import.meta.url))
      export const inner: string = __dirname`,
    'src/aliased.ts': `export default 'by alias'`,
    'tsconfig.json': `{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }`,
    'node_modules/found/package.json': `{ "name": "found", "exports": { "import": "./i.mjs", "require": "./r.cjs" } }`,
    'node_modules/found/i.mjs': `export default 'imported'`,
    'node_modules/found/r.cjs': `module.exports = 'required'`,
  })
  const path = join(root, 'config.ts')
  expect(await loadConfigFile(path, [])).toEqual({
    inner: join(root, 'deep'),
    aliased: 'by alias',
    found: 'imported',
    required: 'required',
    url: `file://${path}`,
    here: path,
    fs: 'function',
  })
})

test('TypeScript is translated anew when the file or one that it imports has changed', async () => {
  const root = folderOf({
    'config.ts': `import { n } from './n'; export default { n }`,
    'n.ts': `export const n = 1`,
  })
  const load = () => loadConfigFile(join(root, 'config.ts'), [])
  expect(await load()).toEqual({ n: 1 })
  addFiles(root, { 'n.ts': `export const n = 2` })
  expect(await load()).toEqual({ n: 2 })
  addFiles(root, { 'config.ts': `export default { n: 3 }` })
  expect(await load()).toEqual({ n: 3 })
})

test('loading TypeScript leaves no file in the project', async () => {
  const root = folderOf({ 'config.ts': 'export default {}', 'node_modules/a/package.json': '{}' })
  await loadConfigFile(join(root, 'config.ts'), [])
  expect(readdirSync(root, { recursive: true }).toSorted()).toEqual([
    'config.ts',
    'node_modules',
    join('node_modules', 'a'),
    join('node_modules', 'a', 'package.json'),
  ])
})

test.each([
  ['broken.ts', 'export default {', 'line 1, column 17: Expected'],
  ['broken.cjs', 'module.exports = {', 'line 1, column 19: Expected'],
  ['throws.cjs', `throw new Error('DATABASE_URL is not set')`, 'DATABASE_URL is not set'],
  ['rejects.mjs', `export default async () => { throw new Error('no vault') }`, 'no vault'],
  ['missing.ts', `import x from './nowhere'; export default x`, 'nowhere'],
  ['package.mjs', `import x from 'nothing-of-that-name'; export default x`, 'nothing-of-that-name'],
])('%s does not load, and its reason is told', async (name, text, reason) => {
  const root = folderOf({ [name]: text })
  const error = await migrateErrorOf(() => loadConfigFile(join(root, name), []))
  expect(error.code).toBe('CONFIG_LOAD')
  expect(error.exit).toBe(2)
  expect(error.message).toContain(`${name} does not load`)
  expect(error.message).toContain(reason)
})

const byEnvironment = {
  development: { client: 'better-sqlite3' },
  production: { client: 'sqlite3' },
}

test('an environment is chosen by name', () => {
  const choice = { name: 'production', isExplicit: true }
  expect(chooseEnvironment(byEnvironment, choice, 'knexfile.js')).toEqual({
    config: { client: 'sqlite3' },
    environment: 'production',
  })
})

test('a configuration without environments is taken whole', () => {
  const flat = { client: 'sqlite3', connection: 'x', migrations: { directory: 'm' } }
  expect(chooseEnvironment(flat, { name: 'test', isExplicit: true }, 'knexfile.js')).toEqual({
    config: flat,
    environment: null,
  })
})

test('an environment that is not there is refused, and the others are named', async () => {
  const error = await migrateErrorOf(() =>
    chooseEnvironment(byEnvironment, { name: 'prodution', isExplicit: true }, 'knexfile.js'),
  )
  expect(error.message).toBe('knexfile.js has no environment prodution. Did you mean production?')
  expect(error.fix).toContain('development, production')
})
