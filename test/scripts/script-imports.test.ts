import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { putFile } from '../support/folders.js'
import { load, projectWith, runUp } from '../support/loaded-scripts.js'
import { rejection } from '../support/refusal.js'

describe.each(['module', 'commonjs'] as const)('a TypeScript script of a %s package', (type) => {
  test('imports a package of the workspace whose main file is TypeScript', async () => {
    const folder = projectWith(type)
    putFile(
      folder,
      'packages/words/package.json',
      JSON.stringify({ name: '@acme/words', type, exports: './index.ts' }),
    )
    putFile(folder, 'packages/words/index.ts', "export { word } from './word.js'\n")
    putFile(folder, 'packages/words/word.ts', "export const word: string = 'typed'\n")
    mkdirSync(join(folder, 'node_modules/@acme'))
    symlinkSync('../../packages/words', join(folder, 'node_modules/@acme/words'))
    const path = putFile(
      folder,
      'migrations/a.ts',
      "import { word } from '@acme/words'\nimport { sep } from 'node:path'\nexport const up = (): unknown => [word, sep]\n",
    )
    expect(await runUp(await load(path))).toEqual(['typed', '/'])
  })

  test('says which package it has not', async () => {
    const folder = projectWith(type)
    const path = putFile(
      folder,
      'migrations/a.ts',
      "import { x } from '@acme/nowhere'\nexport const up = (): unknown => x\n",
    )
    expect((await rejection(load(path))).message).toContain('@acme/nowhere')
  })
})
