import { chmodSync, readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { loadScript } from '../../src/scripts/loading/load.js'
import { loadModule } from '../../src/scripts/loading/load-module.js'
import { folderWith, putFile } from '../support/folders.js'
import { revisionOf } from '../support/graphs.js'
import { load, projectWith, runUp } from '../support/loaded-scripts.js'
import { rejection } from '../support/refusal.js'

const UP = 'up() { return 1 }, down() {}'

describe('every kind of module', () => {
  test.each<readonly [string, string, 'module' | 'commonjs' | null]>([
    ['a.js', 'exports.up = () => 1; exports.down = () => {}', null],
    ['a.js', `module.exports = { ${UP} }`, 'commonjs'],
    ['a.cjs', `module.exports = { ${UP} }`, 'module'],
    ['a.js', 'export const up = () => 1\nexport function down() {}', 'module'],
    ['a.mjs', 'export const up = () => 1\nexport function down() {}', null],
    ['a.js', 'export const up = () => 1\nexport function down() {}', null],
    ['a.js', `export default { ${UP} }`, 'module'],
    ['a.ts', 'export const up = (): number => 1\nexport function down(): void {}', null],
    ['a.ts', 'export const up = (): number => 1\nexport function down(): void {}', 'module'],
    ['a.mts', 'export const up = (): number => 1\nexport function down(): void {}', null],
    ['a.cts', 'export const up = (): number => 1\nexport function down(): void {}', 'module'],
    ['a.ts', 'const up = (): number => 1\nexport = { up, down() {} }', null],
    ['a.ts', `export default { ${UP} }`, null],
    [
      'a.js',
      'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = { up: () => 1, down() {} }',
      null,
    ],
  ])('%s: %s', async (name, text, type) => {
    const path = putFile(projectWith(type), `migrations/${name}`, text)
    const script = await load(path)
    expect(await runUp(script)).toBe(1)
    expect(script.down).not.toBeNull()
    expect(script.config.transaction).toBe(true)
  })

  test('says how it wants to run', async () => {
    const folder = projectWith(null)
    const up = 'exports.up = async () => {};'
    const config = async (text: string, usual: boolean): Promise<boolean> => {
      const path = putFile(folder, `${String(text.length)}.js`, text)
      const script = {
        revision: revisionOf('a', { path }),
        knexName: 'a',
        load: () => loadModule(path),
      }
      return (await loadScript(script, usual)).config.transaction
    }
    expect(await config(`${up} exports.config = { transaction: false }`, true)).toBe(false)
    expect(await config(up, false)).toBe(false)
    expect(await config(`${up} exports.config = { transaction: !!1 }`, false)).toBe(true)
  })

  test('a script without a way back is known', async () => {
    expect((await load(putFile(projectWith(null), 'a.js', 'exports.up = () => 1'))).down).toBeNull()
  })

  test.each([
    ['async (knex) => {}', true],
    ['async (knex) => {\n  // nothing to undo {}\n  /* at all */\n}', true],
    ['function down(knex) { }', true],
    ['async (knex) => { await knex.schema.dropTable("a") }', false],
    ['(knex) => knex.schema.dropTable("a")', false],
    ['({ schema }) => {}', true],
    ['() => { return () => {} }', false],
    ['(knex) => { if (knex) {} }', false],
  ])('whether %j has a statement is known', async (down, isEmpty) => {
    const text = `exports.up = () => 1; exports.down = ${down}`
    const script = await load(putFile(projectWith(null), 'a.js', text))
    expect(script.isDownEmpty).toBe(isEmpty)
  })

  test('a function that throws at once rejects, and keeps what it belongs to', async () => {
    const folder = projectWith(null)
    const thrown = await load(
      putFile(folder, 'a.js', 'exports.up = () => { throw new Error("no") }'),
    )
    await expect(runUp(thrown)).rejects.toThrow('no')
    const own = await load(
      putFile(folder, 'b.js', 'module.exports = { n: 5, up() { return this.n } }'),
    )
    expect(await runUp(own)).toBe(5)
  })
})

describe('what TypeScript imports', () => {
  const HELPER = `export const helper = (): string => 'helped'\nexport const where: string = __PLACE__\n`

  test.each<readonly ['module' | 'commonjs', string, string]>([
    ['module', './shared/helper.js', 'import.meta.url'],
    ['commonjs', './shared/helper', '__filename'],
  ])('from a file of the project in a package of type %s', async (type, specifier, place) => {
    const folder = projectWith(type)
    const helper = putFile(
      folder,
      'migrations/shared/helper.ts',
      HELPER.replace('__PLACE__', place),
    )
    const path = putFile(
      folder,
      'migrations/a.ts',
      `import { value } from 'tiny'\nimport { helper, where } from '${specifier}'\nexport const up = (): unknown => [value, helper(), where, ${place}]\n`,
    )
    const here = (file: string): string => (type === 'module' ? pathToFileURL(file).href : file)
    expect(await runUp(await load(path))).toEqual([7, 'helped', here(helper), here(path)])

    putFile(
      folder,
      'migrations/shared/helper.ts',
      HELPER.replace('__PLACE__', place).replace('helped', 'changed'),
    )
    expect(await runUp(await load(path))).toEqual([7, 'changed', here(helper), here(path)])
  })

  test('from packages alone, the place of the script is true', async () => {
    const folder = projectWith('module')
    const text =
      "import { value } from 'tiny'\nimport type { Knex } from 'knex'\nexport const up = (_: Knex) => [value, import.meta.url, import.meta.dirname]\n"
    const path = putFile(folder, 'migrations/a.ts', text)
    expect(await runUp(await load(path))).toEqual([
      7,
      pathToFileURL(path).href,
      join(folder, 'migrations'),
    ])
  })

  test('at run time, in CommonJS', async () => {
    const folder = projectWith(null)
    putFile(folder, 'migrations/data.json', '{ "n": 3 }')
    const text =
      "export const up = async (): Promise<unknown> => [require('tiny').value, (await import('tiny')).value, __dirname, require('node:path').sep]\n"
    const path = putFile(folder, 'migrations/a.ts', text)
    expect(await runUp(await load(path))).toEqual([7, 7, join(folder, 'migrations'), '/'])
  })

  test('is translated once, and kept with the packages of the project', async () => {
    const folder = projectWith('module')
    const path = putFile(folder, 'a.ts', 'export const up = () => 1')
    await load(path)
    const cache = join(folder, 'node_modules/.cache/migrate-tui')
    const kept = readdirSync(cache)
    expect(kept).toHaveLength(1)
    await load(path)
    expect(readdirSync(cache)).toEqual(kept)
  })

  test('is kept in a folder of this user alone where the project has no packages', async () => {
    const temporary = folderWith()
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const path = putFile(folderWith(), 'a.cts', 'export const up = () => 1')
    expect(await runUp(await load(path))).toBe(1)
    const own = join(temporary, `migrate-tui-${userInfo().username}`)
    expect(statSync(own).mode & 0o777).toBe(0o700)

    // What lies there is run: a folder that others can write to is no place for it.
    chmodSync(own, 0o777)
    const error = await rejection(load(path))
    expect(error.code).toBe('SCRIPT_IMPORT')
    expect(error.message).toContain('can be written by others')
  })
})

describe('CommonJS', () => {
  test('is loaded by a hook of the project where there is one', async () => {
    const path = putFile(projectWith(null), 'a.js', 'exports.up = () => 1')
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what every hook changes
    const loaders = createRequire(import.meta.url).extensions
    const own = loaders['.js']
    const asked: string[] = []
    loaders['.js'] = (module, file) => {
      asked.push(file)
      own(module, file)
    }
    onTestFinished(() => {
      loaders['.js'] = own
    })
    expect(await runUp(await load(path))).toBe(1)
    expect(asked).toEqual([realpathSync(path)])
  })

  test('behind a symbolic link finds what lies beside the real file', async () => {
    const folder = projectWith(null)
    putFile(folder, 'real/beside.js', 'module.exports = __filename')
    putFile(folder, 'real/a.js', "exports.up = () => require('./beside')")
    symlinkSync(join(folder, 'real'), join(folder, 'migrations'))
    const script = await load(join(folder, 'migrations/a.js'))
    expect(await runUp(script)).toBe(join(realpathSync(folder), 'real/beside.js'))
  })

  test('that requires another script gets the module that is loaded', async () => {
    const folder = projectWith(null)
    const first = putFile(folder, 'a.js', 'let n = 0\nexports.up = () => ++n\nexports.down = null')
    const second = putFile(folder, 'b.js', "exports.up = () => require('./a.js').up()")
    const [one, other] = [await load(first), await load(second)]
    expect(await runUp(one)).toBe(1)
    expect(await runUp(other)).toBe(2)
  })
})
