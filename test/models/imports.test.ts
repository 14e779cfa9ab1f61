import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createImports, importedFirst, reachedFrom } from '../../src/models/loading/imports.js'
import type { Imports } from '../../src/models/loading/imports.js'
import { modelProject } from '../support/models.js'

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((count) =>
    fc.array(fc.array(fc.nat(count - 1), { maxLength: 4 }), { minLength: count, maxLength: count }),
  )

function importsOf(graph: readonly (readonly number[])[]): Imports {
  return { textOf: () => '', importsOf: (file) => graph[Number(file)]?.map(String) ?? [] }
}

test('every file comes once, and after whatever it imports outside of circles', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const imports = importsOf(graph)
      const files = graph.map((_, index) => String(index))

      const order = importedFirst(files, imports)

      expect([...order].sort()).toEqual([...files].sort())
      for (const file of files) {
        for (const imported of imports.importsOf(file)) {
          const isCircle = reachedFrom(imported, imports).includes(file)
          if (!isCircle) expect(order.indexOf(imported)).toBeLessThan(order.indexOf(file))
        }
      }
    }),
  )
})

test('a chain of 20,000 imports is followed', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) => [index + 1])

  expect(reachedFrom('0', importsOf(chain))).toHaveLength(20_001)
})

test('imports are read from the text, in every spelling, and lead to sources', () => {
  const { folder } = modelProject({
    'a.ts': `
      import './b.js'
      import type { C } from "./c"
      export * from './d'
      const { E } = require('./e.cjs')
      const f = () => import('./f.mjs')
      import 'package'
      import './nowhere.js'`,
    'b.ts': '',
    'c.tsx': '',
    'd/index.js': '',
    'e.cjs': '',
    'f.mts': '',
  })
  const imports = createImports()

  const found = imports.importsOf(path.join(folder, 'a.ts'))

  expect(found.map((file) => path.relative(folder, file).split(path.sep).join('/'))).toEqual([
    'b.ts',
    'c.tsx',
    'd/index.js',
    'e.cjs',
    'f.mts',
  ])
  expect(imports.importsOf(path.join(folder, 'missing.ts'))).toEqual([])
})
