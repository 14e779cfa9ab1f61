import { describe, expect, test } from 'vitest'
import { loadScript } from '../../src/scripts/loading/load.js'
import { readSource } from '../../src/scripts/knex/migration-source.js'
import { rejection } from '../support/refusal.js'
import { parentsOf } from '../support/script-folders.js'
import { runUp } from '../support/loaded-scripts.js'

/** A source as Knex's documentation shows one: names in a list, modules in memory. */
class Source {
  readonly modules: Readonly<Record<string, unknown>> = {
    '1_first': { up: () => 'first', down: () => null },
    '2_second.js': { up: () => 'second', config: { transaction: false } },
    '3_third': { down: () => null },
  }
  getMigrations(): Promise<readonly string[]> {
    return Promise.resolve(Object.keys(this.modules))
  }
  getMigrationName(name: string): string {
    return name
  }
  getMigration(name: string): Promise<unknown> {
    return Promise.resolve(this.modules[name])
  }
}

const read = (recorded: readonly string[] = []): ReturnType<typeof readSource> =>
  readSource(new Source(), { loadExtensions: ['.js'], recorded })

describe('a migration source', () => {
  test('is a linear history without files', async () => {
    const scripts = await read()
    expect(parentsOf(scripts)).toEqual({
      '1_first': [],
      '2_second': ['1_first'],
      '3_third': ['2_second'],
    })
    expect(scripts[1]).toMatchObject({
      revision: { path: null, plain: true, message: 'second' },
      knexName: '2_second.js',
    })
  })

  test('is in the order that was recorded', async () => {
    expect(parentsOf(await read(['2_second.js', '1_first']))).toEqual({
      '2_second': [],
      '1_first': ['2_second'],
      '3_third': ['1_first'],
    })
  })

  test('gives its scripts to run', async () => {
    const [first, second, third] = await read()
    if (!first || !second || !third) throw new Error('The source has three migrations.')
    expect(await runUp(await loadScript(first))).toBe('first')
    expect((await loadScript(second)).config.transaction).toBe(false)
    expect(await rejection(loadScript(third))).toMatchObject({
      code: 'SCRIPT_NO_UP',
      message: '3_third exports no function up.',
    })
  })

  test.each([
    ['lacks a method', { getMigrations: () => Promise.resolve([]) }],
    [
      'fails',
      {
        getMigrations: () => Promise.reject(new Error('no network')),
        getMigrationName: String,
        getMigration: String,
      },
    ],
  ])('that %s is refused', async (_, source) => {
    const error = await rejection(readSource(source, { loadExtensions: [], recorded: [] }))
    expect(error).toMatchObject({ code: 'MIGRATION_SOURCE', exit: 2 })
  })
})
