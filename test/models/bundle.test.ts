import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { columnsIn, modelProject, namesIn } from '../support/models.js'
import type { Files } from '../support/models.js'

const CJS = `const { Model } = require('objection')\n`
const TS = `import { Model } from 'objection'\n`

describe('TypeScript in one bundle', () => {
  const model = (name: string, more = ''): string =>
    `${TS}${more}\nexport class ${name} extends Model { static tableName = '${name.toLowerCase()}' }`

  test.each(['{}', '{"type":"module"}'])(
    'a file that does not build hides no other (%s)',
    async (manifest) => {
      const project = modelProject({
        'package.json': manifest,
        'src/models/good.ts': model('Good'),
        'src/models/syntax.ts': `${TS}\nexport class {`,
        'src/models/lost.ts': model('Lost', `import { x } from './nowhere'\nconsole.log(x)`),
        'src/models/package.ts': model(
          'Package',
          `import { x } from 'no-such-package'\nconsole.log(x)`,
        ),
        'src/models/uses.ts': model('Uses', `import './syntax'`),
      })

      const loaded = await project.load()

      expect(loaded.tables.map(({ table }) => table.name)).toEqual(['good'])
      expect(loaded.failures.map(({ file, reason }) => `${file}: ${reason}`).sort()).toEqual([
        expect.stringMatching(/^src\/models\/lost\.ts: Could not resolve ".\/nowhere" \(line 2\)/),
        expect.stringMatching(
          /^src\/models\/package\.ts: Cannot find .*'no-such-package'.*npm install no-such-package\b/,
        ),
        expect.stringMatching(/^src\/models\/syntax\.ts: .*\(line 3\)/),
        'src/models/uses.ts: imports src/models/syntax.ts, which could not be loaded',
      ])
    },
  )

  test('a bundle that Node cannot load at all gives way to file by file', async () => {
    const project = modelProject({
      'package.json': '{"type":"module"}',
      'src/models/good.ts': model('Good'),
      'src/models/link.ts': `import { NoSuchName } from 'objection'\nexport class Bad extends (NoSuchName as any) {}`,
    })

    const loaded = await project.load()

    expect(loaded.tables.map(({ table }) => table.name)).toEqual(['good'])
    expect(loaded.failures.map(({ file }) => file)).toEqual(['src/models/link.ts'])
  })

  test('top-level await makes the bundle an ES module, whatever package.json says', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/a.ts': model(
        'A',
        `await Promise.resolve()\nconst b = require('./b')\nconsole.log(b)`,
      ),
      'src/models/b.ts': model('B'),
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(loaded.tables).toHaveLength(2)
  })

  test('places are those of the source, also when they are asked for late', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/a.ts': `${TS}
        import fs from 'fs'
        import path from 'path'
        export class A extends Model {
          static get tableName() { return fs.readFileSync(path.join(__dirname, 'name.txt'), 'utf8') }
          static file = path.basename(__filename)
        }`,
      'src/models/name.txt': 'from_text',
    })

    const loaded = await project.load()

    expect(loaded.tables.map(({ table }) => table.name)).toEqual(['from_text'])
  })

  test('an index that requires whatever lies beside it gets the same classes', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/index.ts': `
        import fs from 'fs'
        import path from 'path'
        for (const file of fs.readdirSync(__dirname)) {
          if (file !== 'index.ts') Object.assign(exports, require(path.join(__dirname, file)))
        }`,
      'src/models/a.ts': model('A'),
      'src/models/b.ts': model('B'),
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(namesIn(loaded)).toEqual(['A a src/models/a.ts', 'B b src/models/b.ts'])
  })

  test('JavaScript among TypeScript is one with it', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/base.js': `${CJS}module.exports = class Base extends Model {}`,
      'src/models/a.ts': `
        import Base = require('./base')
        export class A extends (Base as any) { static tableName = 'a' }`,
      'src/models/c.cjs': `${CJS}exports.C = class C extends Model { static tableName = 'c' }`,
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(namesIn(loaded)).toEqual([
      'A a src/models/a.ts',
      'Base - src/models/base.js',
      'C c src/models/c.cjs',
    ])
  })

  test('a package of the workspace may have TypeScript as its main file', async () => {
    const project = modelProject({
      'package.json': '{}',
      'packages/base/package.json': '{"name":"@acme/base","main":"src/index.ts"}',
      'packages/base/src/index.ts': `${TS}export class Base extends Model { static idColumn = 'key' }`,
      'src/models/a.ts': `
        import { Base } from '@acme/base'
        export class A extends Base { static tableName = 'a' }`,
    })
    mkdirSync(path.join(project.folder, 'node_modules/@acme'))
    symlinkSync(
      path.join(project.folder, 'packages/base'),
      path.join(project.folder, 'node_modules/@acme/base'),
    )

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(columnsIn(loaded, 'a')).toEqual(['key'])
  })

  test.each(['{}', '{"type":"module"}'])(
    'each source gets the packages of its own folder (%s)',
    async (manifest) => {
      const thing = (name: string): Files => ({
        'package.json': '{"name":"thing","main":"main.js"}',
        'main.js': `exports.table = '${name}'`,
      })
      const inside = (folder: string, files: Files): Files =>
        Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))
      const source = `${TS}import { table } from 'thing'\n`
      const project = modelProject({
        'package.json': manifest,
        ...inside('node_modules/thing', thing('outer')),
        ...inside('src/models/deep/node_modules/thing', thing('inner')),
        'src/models/a.ts': `${source}export class A extends Model { static tableName = table }`,
        'src/models/deep/b.ts': `${source}export class B extends Model { static tableName = table }`,
      })

      const loaded = await project.load()

      expect(loaded.failures).toEqual([])
      expect(namesIn(loaded)).toEqual(['A outer src/models/a.ts', 'B inner src/models/deep/b.ts'])
    },
  )
})
