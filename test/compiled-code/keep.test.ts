import { execFile, execFileSync } from 'node:child_process'
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import { folderOf } from '../support/folder.js'
import { ROOT } from '../support/project.js'

/** A program of one file below `dist`, with packages beside it. */
function programWith(main: string, packages: Readonly<Record<string, string>>): string {
  const files = Object.entries(packages).map(([name, text]) => [`node_modules/${name}`, text])
  const folder = folderOf({
    ...(Object.fromEntries(files) as Record<string, string>), // pairs of texts
    'dist/main.cjs': main,
    'dist/start.ts': `import { keepCompiledCode } from ${JSON.stringify(path.join(ROOT, 'src/compiled-code/keep.js'))}
keepCompiledCode('test')
require('./main.cjs')`,
  })
  buildSync({
    entryPoints: [path.join(folder, 'dist/start.ts')],
    outfile: path.join(folder, 'dist/start.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['./main.cjs'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__place' },
    banner: { js: "const __place = require('node:url').pathToFileURL(__filename).href" },
  })
  return folder
}

/** What it prints on both channels. */
function run(folder: string, entry = 'start.cjs', ...options: readonly string[]): string {
  return execFileSync(process.execPath, [...options, path.join(folder, 'dist', entry)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const cacheOf = (folder: string) => path.join(folder, 'node_modules/.cache/migrate-tui')

/** The one file of the cache. */
function keptFile(folder: string): string {
  const [name = '', ...others] = readdirSync(cacheOf(folder))
  expect(others).toEqual([])
  return path.join(cacheOf(folder), name)
}

const PRINT_PACKAGE = "console.log(require('pack'))"

// Newer ones keep code themselves.
const isOurs = process.version.startsWith('v20.')

test.runIf(isOurs)('code is kept by the first run, and the second has nothing to write', () => {
  const folder = programWith(PRINT_PACKAGE, { 'pack/index.js': "module.exports = 'one'" })
  expect(run(folder)).toBe('one\n')
  const { mtimeMs, ino } = statSync(keptFile(folder))
  expect(run(folder)).toBe('one\n')
  expect(statSync(keptFile(folder))).toMatchObject({ mtimeMs, ino })
  // Both the package and the program's own file.
  expect(readFileSync(keptFile(folder), 'latin1')).toMatch(/main\.cjs.*pack.*/s)
})

test('a file that changed and kept its length is compiled anew', () => {
  const folder = programWith(PRINT_PACKAGE, { 'pack/index.js': "module.exports = 'one'" })
  run(folder)
  run(folder)
  writeFileSync(path.join(folder, 'node_modules/pack/index.js'), "module.exports = 'two'")
  expect(run(folder)).toBe('two\n')
  expect(run(folder)).toBe('two\n')
})

test.runIf(isOurs)('flags of V8 have a cache of their own', () => {
  const folder = programWith(PRINT_PACKAGE, { 'pack/index.js': "module.exports = 'one'" })
  run(folder)
  expect(run(folder, 'start.cjs', '--max-lazy')).toBe('one\n')
  expect(readdirSync(cacheOf(folder))).toHaveLength(2)
})

test.runIf(isOurs).each([0, 3, 50, 400])(
  'a cache that was cut to %i bytes is made anew',
  (length) => {
    const folder = programWith(PRINT_PACKAGE, { 'pack/index.js': "module.exports = 'one'" })
    run(folder)
    const { size } = statSync(keptFile(folder))
    truncateSync(keptFile(folder), length)
    expect(run(folder)).toBe('one\n')
    expect(statSync(keptFile(folder)).size).toBeGreaterThan(size - 100)
  },
)

test.runIf(isOurs)('code that the disk changed is not run', () => {
  const folder = programWith(PRINT_PACKAGE, {
    'pack/index.js': "module.exports = ['one', 'two'].map((each) => each + '!').join()",
  })
  run(folder)
  const file = keptFile(folder)
  const whole = readFileSync(file)
  const start = 4 + whole.readUInt32LE(0)
  for (let at = start; at < whole.length; at += Math.ceil((whole.length - start) / 25)) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x41
    writeFileSync(file, changed)
    expect(run(folder)).toBe('one!,two!\n')
    // Made anew.
    expect(readFileSync(file).equals(changed)).toBe(false)
  }
})

test.runIf(isOurs)(
  'processes that begin at once leave a whole cache, and nothing else',
  async () => {
    const folder = programWith(PRINT_PACKAGE, { 'pack/index.js': "module.exports = 'one'" })
    const runs = Array.from({ length: 8 }, () =>
      promisify(execFile)(process.execPath, [path.join(folder, 'dist/start.cjs')]),
    )
    for (const { stdout, stderr } of await Promise.all(runs)) expect(stdout + stderr).toBe('one\n')
    const { mtimeMs, ino } = statSync(keptFile(folder))
    expect(run(folder)).toBe('one\n')
    expect(statSync(keptFile(folder))).toMatchObject({ mtimeMs, ino })
  },
)

test('where nothing can be written, the program runs as it did', () => {
  const folder = programWith(PRINT_PACKAGE, {
    'pack/index.js': "module.exports = 'one'",
    '.cache': 'a file where the folder would be',
  })
  expect(run(folder)).toBe('one\n')
  expect(run(folder)).toBe('one\n')
})

test('the project that hooks what is compiled keeps its hook', () => {
  const folder = programWith(
    `const Module = require('node:module')
const own = Module._extensions['.js']
Module._extensions['.js'] = (module, file) => {
  const compile = module._compile
  module._compile = (text, ...rest) => compile.call(module, text.replace('one', 'hooked'), ...rest)
  own(module, file)
}
${PRINT_PACKAGE}`,
    { 'pack/index.js': "module.exports = 'one'" },
  )
  for (let times = 0; times < 3; times += 1) expect(run(folder)).toBe('hooked\n')
})

/** What each program prints is the same with and without a cache, and with one that is used. */
const ALIKE: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
  'import() of a package': [
    "require('pack').then((one) => console.log(one.default))",
    {
      'pack/index.js': "module.exports = import('./two.mjs')",
      'pack/two.mjs': "export default 'imported'",
    },
  ],
  'import() at the beginning of a block, as minified packages have it': [
    "require('pack').load().then(console.log)",
    {
      'pack/index.js': `/** @type {import('./two.mjs')} */
exports.load=()=>new Promise(done=>{import("./two.mjs").then(two=>done(two.default),done)})`,
      'pack/two.mjs': "export default 'imported'",
    },
  ],
  'a method called import': [
    PRINT_PACKAGE,
    { 'pack/index.js': "const it = { import: (what) => what }\nmodule.exports = it.import('one')" },
  ],
  'import() with comments inside': [
    "require('pack').then((one) => console.log(one.default), (error) => console.log(error.message))",
    {
      'pack/index.js': "module.exports = import /* chunk */ // name\n (/* x */ './two.mjs')",
      'pack/two.mjs': "export default 'imported'",
    },
  ],
  'an ES module that is required': [
    "console.log(require('pack').default)",
    {
      'pack/index.js': "import { sep } from 'node:path'\nexport default 'module ' + sep",
      'pack/package.json': '{ "type": "module" }',
    },
  ],
  'ES syntax that no package.json tells of': [
    "console.log(require('pack').default)",
    { 'pack/index.js': "export default 'detected'" },
  ],
  'a syntax error': [
    "try { require('pack') } catch (thrown) { console.log(thrown.name, thrown.message) }",
    { 'pack/index.js': 'module.exports = = 1' },
  ],
  'the places of a stack, also in a first line': [
    "for (const line of require('pack')) console.log(line)",
    {
      'pack/index.js': `const at = () => /index.js:\\d+:\\d+/.exec(new Error('x').stack)[0]; module.exports = [at()]
module.exports.push(at())`,
    },
  ],
  'a file that begins with how it is run': [
    PRINT_PACKAGE,
    { 'pack/index.js': "#!/usr/bin/env node\nmodule.exports = 'run'" },
  ],
  'what a module knows of itself': [
    `const { parent, ...rest } = require('pack')
console.log(rest, parent === module, module.children.length, require.main.filename.endsWith('main.cjs'))`,
    {
      'pack/index.js': `'use strict'
const { basename } = require('node:path')
module.exports = {
  parent: module.parent, isMain: require.main === module, self: this === exports,
  names: [basename(__filename), basename(__dirname), basename(module.path)],
  cached: require.cache[__filename] === module, resolved: basename(require.resolve('./two.js')),
  paths: require.resolve.paths('x').length > 0, two: require('./two.js'), strict: (function () { return this })() === undefined,
}`,
      'pack/two.js': "exports.half = true; exports.one = require('./index.js').self",
    },
  ],
  'text in other alphabets': [PRINT_PACKAGE, { 'pack/index.js': "module.exports = 'naïve 数 🐘'" }],
}

test.each(Object.entries(ALIKE))('%s', (_, [main, packages]) => {
  const folder = programWith(main, packages)
  const plain = run(folder, 'main.cjs')
  expect(plain).not.toBe('')
  const isMain = main.includes('require.main')
  for (let times = 0; times < 3; times += 1) {
    expect(run(folder)).toBe(isMain ? plain.replace(/true\n$/, 'false\n') : plain)
  }
})

test('a program that lies in no node_modules keeps nothing', () => {
  const folder = programWith("console.log('alone')", {})
  expect(run(folder)).toBe('alone\n')
  expect(existsSync(path.join(folder, 'node_modules'))).toBe(false)
})
