import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelProject } from '../support/models.js'
import type { Files, ModelProject } from '../support/models.js'

const TS = `import { Model } from 'objection'\n`

describe('the cache of bundles', () => {
  /** The table's name tells whether the class stands in a bundle, or was loaded from its own file. */
  const FILES: Files = {
    'package.json': '{"type":"module"}',
    'tsconfig.json': '{"extends":"./tsconfig.base.json"}',
    'tsconfig.base.json': '{"compilerOptions":{}}',
    'src/name.ts': `export const name = /[0-9a-f]{16}\\.mjs/.test(String(new Error().stack)) ? 'bundled' : 'not'`,
    'src/models/a.ts': `${TS}
      import { name } from '../name.js'
      export class A extends Model { static tableName = name }`,
  }
  const cacheOf = (project: ModelProject): string =>
    path.join(project.folder, 'node_modules/.cache/migrate-tui')

  /** The tables, loaded as if esbuild were not there. */
  async function loadWithoutEsbuild(project: ModelProject): Promise<readonly string[]> {
    const binary = path.join(project.folder, 'not-esbuild')
    writeFileSync(binary, '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    process.env.ESBUILD_BINARY_PATH = binary
    try {
      const loaded = await project.load()
      expect(loaded.failures).toEqual([])
      return loaded.tables.map(({ table }) => table.name)
    } finally {
      delete process.env.ESBUILD_BINARY_PATH
    }
  }

  test('what has not changed is not built again', async () => {
    const project = modelProject(FILES)
    expect(await loadWithoutEsbuild(project)).toEqual(['not'])

    await project.load()

    expect(await loadWithoutEsbuild(project)).toEqual(['bundled'])
    expect(readdirSync(cacheOf(project)).filter((name) => name.endsWith('.mjs'))).toHaveLength(1)
  })

  test.each<readonly [string, Files]>([
    ['a model', { 'src/models/a.ts': `${FILES['src/models/a.ts'] ?? ''}\n` }],
    ['what a model imports', { 'src/name.ts': `${FILES['src/name.ts'] ?? ''}\n` }],
    ['the list of models', { 'src/models/b.ts': '' }],
    ['the tsconfig', { 'tsconfig.json': '{ "extends": "./tsconfig.base.json" }' }],
    ['a tsconfig that it extends', { 'tsconfig.base.json': '{ "compilerOptions": {} }' }],
    ['a nearer tsconfig', { 'src/tsconfig.json': '{"extends":"../tsconfig.json"}' }],
    ['package.json', { 'package.json': '{ "type": "module" }' }],
  ])('when %s changes, the bundle is made anew', async (_, change) => {
    const project = modelProject(FILES)
    await project.load()

    project.write(change)

    expect(await loadWithoutEsbuild(project)).toEqual(['not'])
    await project.load()
    expect(await loadWithoutEsbuild(project)).toEqual(['bundled'])
  })

  test('where node_modules cannot be written to, temporary files serve', async () => {
    const project = modelProject(FILES)
    writeFileSync(path.join(project.folder, 'node_modules/.cache'), 'in the way')

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(await loadWithoutEsbuild(project)).toEqual(['bundled'])
  })

  test('a damaged manifest is no bundle', async () => {
    const project = modelProject(FILES)
    await project.load()
    for (const name of readdirSync(cacheOf(project)).filter((file) => file.endsWith('.json'))) {
      writeFileSync(path.join(cacheOf(project), name), '{"half"')
    }

    expect(await loadWithoutEsbuild(project)).toEqual(['not'])
  })
})
