import { describe, expect, test } from 'vitest'
import { putFile } from '../support/folders.js'
import { load, projectWith, runUp } from '../support/loaded-scripts.js'
import { rejection } from '../support/refusal.js'
import { costRatio, TEN_TIMES } from '../support/cpu-time.js'

describe('a script that was edited', () => {
  test.each<readonly [string, 'module' | null, (n: number) => string]>([
    ['a.js', null, (n) => `exports.up = () => ${n}`],
    ['a.js', 'module', (n) => `export const up = () => ${n}`],
    ['a.ts', null, (n) => `export const up = () => ${n}`],
    ['a.ts', 'module', (n) => `export const up = () => ${n}`],
  ])('%s in %s is loaded anew', async (name, type, text) => {
    const folder = projectWith(type)
    expect(await runUp(await load(putFile(folder, name, text(1))))).toBe(1)
    expect(await runUp(await load(putFile(folder, name, text(22))))).toBe(22)
  })
})

describe('a script that does not load', () => {
  const failing = async (name: string, text: string, type: 'module' | null = null) => {
    const path = putFile(projectWith(type), `migrations/${name}`, text)
    return { path, error: await rejection(load(path)) }
  }

  test.each<readonly [string, 'module' | null]>([
    ['a.js', null],
    ['a.js', 'module'],
    ['a.ts', null],
    ['a.mts', null],
  ])('%s in %s for its syntax says file, line and column', async (name, type) => {
    const { path, error } = await failing(
      name,
      'export const config = {}\nexport const up = () => {\n  const = 3\n}\n',
      type,
    )
    expect(error).toMatchObject({ code: 'SCRIPT_SYNTAX', exit: 2 })
    expect(error.message).toMatch(new RegExp(`^${name}, line 3, column 9: `))
    expect(error.why).toBe('It reads: const = 3')
    expect(error.details).toMatchObject({ path, line: 3, column: 9, excerpt: 'const = 3' })
  })

  test('for a file that it imports names that file', async () => {
    const folder = projectWith('module')
    putFile(folder, 'helper.ts', 'export const = 1')
    const path = putFile(folder, 'a.ts', "import './helper.js'\nexport const up = () => 1")
    const error = await rejection(load(path))
    expect(error.code).toBe('SCRIPT_SYNTAX')
    expect(error.message).toMatch(/^helper\.ts, line 1, column 14: /)
  })

  test.each([
    ['a.js', "require('nothing-of-that-name')\nexports.up = () => 1", /nothing-of-that-name/],
    ['a.ts', "import 'nothing-of-that-name'\nexport const up = () => 1", /nothing-of-that-name/],
    ['a.ts', "import './gone.js'\nexport const up = () => 1", /gone\.js/],
    ['a.js', '\nthrow new Error("not today")', /a\.js could not be loaded: not today/],
  ])('%s for what it imports or does', async (name, text, message) => {
    const { error } = await failing(name, text)
    expect(error).toMatchObject({ code: 'SCRIPT_IMPORT', exit: 2 })
    expect(error.message).toMatch(message)
  })

  test('says where in the script it happened', async () => {
    const { error } = await failing('a.js', '\n\n  null.x')
    expect(error.details.place).toMatch(/^3:/)
  })

  test.each([
    'exports.down = () => {}',
    '',
    'module.exports = null',
    'exports.up = 1',
    'module.exports = class { up() {} }',
  ])('for %j has no up', async (text) => {
    const { error } = await failing('a.js', text)
    expect(error).toMatchObject({ code: 'SCRIPT_NO_UP', exit: 2 })
    expect(error.message).toBe('a.js exports no function up.')
  })
})

test('the time to load scripts grows with their number, and no faster', async () => {
  const loading = (count: number): (() => Promise<void>) => {
    const paths = manyScripts(count)
    return async () => {
      for (const path of paths) await load(path)
    }
  }
  expect(await costRatio(loading(100), loading(1000))).toBeLessThan(TEN_TIMES)
})

function manyScripts(count: number): readonly string[] {
  const folder = projectWith(null)
  return Array.from({ length: count }, (_, index) =>
    putFile(
      folder,
      `migrations/${String(index)}.js`,
      `exports.up = (knex) => knex.schema.dropTable('t${String(index)}')\nexports.down = () => {}\n`,
    ),
  )
}
