import fc from 'fast-check'
import {
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  chmodSync,
  existsSync,
  readdirSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { editHeader } from '../../src/scripts/edit-header.js'
import { readHeader } from '../../src/scripts/header.js'
import { scriptText } from '../../src/scripts/text.js'
import { replaceScript, writeScript } from '../../src/scripts/write.js'
import { folderWith } from '../support/folders.js'
import { scriptOf } from '../support/new-scripts.js'
import { refusal } from '../support/refusal.js'

const edit = (text: string, changes: Parameters<typeof editHeader>[2]): string =>
  editHeader(text, '/p/a.ts', changes)

describe('a header that is there', () => {
  test('is changed where it stands, and nothing else is', () => {
    const text =
      "// mine\nexport const revision = 'b'\nexport const downRevision = 'a' as string | null // why\nexport const branchLabels: string[] = [\n  'x', // first\n]\n"
    expect(edit(text, { downRevision: ['c', 'd'], branchLabels: [] })).toBe(
      "// mine\nexport const revision = 'b'\nexport const downRevision = ['c', 'd'] as string | null // why\nexport const branchLabels: string[] = []\n",
    )
  })

  test.each([
    ['no parent', [], 'null'],
    ['one', ['a'], "'a'"],
    ['several', ['a', 'b'], "['a', 'b']"],
  ])('follows %s', (_, downRevision, written) => {
    const text = "exports.revision = 'x'\nexports.downRevision = ['old']\n"
    expect(edit(text, { downRevision })).toBe(
      `exports.revision = 'x'\nexports.downRevision = ${written}\n`,
    )
  })

  test('keeps its quotes and line ends', () => {
    const text = 'export const revision = "x";\r\nexport const downRevision = null;\r\nlet y;\r\n'
    expect(edit(text, { downRevision: ['a'], branchLabels: ['it"s'] })).toBe(
      'export const revision = "x";\r\nexport const downRevision = "a";\r\nexport const branchLabels = ["it\\"s"];\r\nlet y;\r\n',
    )
  })

  test.each([
    [
      'members of exports',
      "module.exports.revision = 'x'\nmodule.exports.downRevision = null",
      "module.exports.revision = 'x'\nmodule.exports.downRevision = null\nmodule.exports.branchLabels = ['l']",
    ],
    [
      'an object over lines',
      "module.exports = {\n  revision: 'x',\n  downRevision: null,\n  up() {},\n}\n",
      "module.exports = {\n  revision: 'x',\n  downRevision: null,\n  branchLabels: ['l'],\n  up() {},\n}\n",
    ],
    [
      'an object in a line',
      "module.exports = { revision: 'x', downRevision: null }",
      "module.exports = { revision: 'x', downRevision: null, branchLabels: ['l'] }",
    ],
  ])('gets a label that it did not have in %s', (_, text, written) => {
    expect(edit(text, { branchLabels: ['l'] })).toBe(written)
  })

  test('stays as it is where it says so already', () => {
    const text = "exports.revision = 'x'\nexports.downRevision = [ 'a' ]\n"
    expect(edit(text, { downRevision: ['a'], branchLabels: [] })).toBe(text)
  })

  test('takes any names, and reads back', () => {
    const names = fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 })
    fc.assert(
      fc.property(
        names,
        names,
        fc.constantFrom('ts', 'esm', 'cjs'),
        (downRevision, branchLabels, format) => {
          const text = scriptText(scriptOf({ format: format }), null)
          const before = readHeader(text, 'x').header
          const edited = edit(text, { downRevision, branchLabels })
          expect(readHeader(edited, 'x').header).toEqual({ ...before, downRevision, branchLabels })
          const rest = (whole: string): string => whole.slice(whole.indexOf('dependsOn'))
          expect(rest(edited).slice(-200)).toBe(rest(text).slice(-200))
        },
      ),
    )
  })
})

describe('a header that only a person can change', () => {
  test.each([
    ['a plain Knex migration', 'exports.up = () => {}'],
    [
      'one that a compiler wrote',
      "const revision = 'x'\nconst downRevision = null\nmodule.exports = { revision, downRevision }",
    ],
  ])('is refused: %s', (_, text) => {
    expect(refusal(() => edit(text, { branchLabels: ['l'] }))).toMatchObject({
      code: 'SCRIPT_HEADER',
      fix: 'Change it by hand.',
    })
  })
})

describe('a file', () => {
  test('is written once, into a folder that is made for it', () => {
    const folder = join(folderWith(), 'new', 'migrations')
    const path = writeScript(folder, 'a.ts', 'one')
    expect(readFileSync(path, 'utf8')).toBe('one')
    expect(refusal(() => writeScript(folder, 'a.ts', 'two'))).toMatchObject({
      code: 'SCRIPT_EXISTS',
      exit: 2,
    })
    expect(readFileSync(path, 'utf8')).toBe('one')
  })

  test.each(['../a.ts', 'x/a.ts', 'x\\a.ts', '.a.ts', '/a.ts'])(
    'of the name %s is never written',
    (name) => {
      const folder = folderWith()
      expect(() => writeScript(folder, name, 'x')).toThrow('is no file name')
      expect(readdirSync(folder)).toEqual([])
    },
  )

  test('is not written through a link that waits there', () => {
    const outside = join(folderWith(), 'victim.ts')
    const folder = folderWith()
    symlinkSync(outside, join(folder, 'a.ts'))
    expect(refusal(() => writeScript(folder, 'a.ts', 'x')).code).toBe('SCRIPT_EXISTS')
    expect(existsSync(outside)).toBe(false)
  })

  test('is replaced whole, with the rights it had', () => {
    const folder = folderWith({ 'a.ts': 'one' })
    const path = join(folder, 'a.ts')
    chmodSync(path, 0o640)
    replaceScript(path, 'two')
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['a.ts'])
  })

  test('is replaced behind a link inside its folder, and never behind one that leads out', () => {
    const folder = folderWith({ 'real.ts': 'one' })
    const outside = join(folderWith({ 'other.ts': 'kept' }), 'other.ts')
    symlinkSync('real.ts', join(folder, 'inside.ts'))
    symlinkSync(outside, join(folder, 'outside.ts'))
    replaceScript(join(folder, 'inside.ts'), 'two')
    expect(readFileSync(join(folder, 'real.ts'), 'utf8')).toBe('two')
    expect(lstatSync(join(folder, 'inside.ts')).isSymbolicLink()).toBe(true)
    expect(
      refusal(() => {
        replaceScript(join(folder, 'outside.ts'), 'x')
      }).code,
    ).toBe('SCRIPT_OUTSIDE')
    expect(readFileSync(outside, 'utf8')).toBe('kept')
  })
})
