/** Histories with branches: what stands for several revisions, and where a branch's scripts are. */
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ShowDocument, WrittenDocument } from '../../src/workflows/documents.js'
import { makeProject } from '../support/project.js'
import { errorOf, line, projectWith } from '../support/revision-line.js'

test('a name of several revisions is something to decide, and what all of them follow is one', async () => {
  const project = projectWith([
    { id: 'aaa111', parents: [] },
    { id: 'bbb222', parents: ['aaa111'] },
    { id: 'ccc333', parents: ['aaa111'] },
  ])
  await project.ok('upgrade', 'heads')
  for (const name of ['head', 'heads', 'current']) {
    const refused = await project.run(['show', name, '--json'])
    expect([refused.code, errorOf(refused).code]).toEqual([3, 'REV_SEVERAL_HEADS'])
    expect(errorOf(refused).hint).toContain('Name one: bbb222, ccc333.')
  }
  expect(await project.json('show', '-1')).toMatchObject({ revision: 'aaa111' })
  const none = await project.run(['show', 'base', '--json'])
  expect([none.code, errorOf(none).code]).toEqual([2, 'REV_ONE_NEEDED'])
})

test('a revision is written into the folder of the one that it follows', async () => {
  const project = makeProject({
    'migrate-tui.config.js': `module.exports = {
  knex: { client: 'better-sqlite3', connection: { filename: './dev.sqlite3' }, useNullAsDefault: true },
  migrations: ['./migrations/core', './migrations/shop'],
}
`,
  })
  const base = ['revision', '--head', 'base', '--branch-label']
  const written = async (...args: readonly string[]): Promise<string> => {
    const { path: file } = (await project.json(...args)) as WrittenDocument
    return path.basename(path.dirname(file ?? ''))
  }
  expect(await written(...base, 'core')).toBe('core')
  expect(await written(...base, 'shop', '--version-path', 'migrations/shop')).toBe('shop')
  expect(await written('revision', '--head', 'shop@head')).toBe('shop')
  expect(await written('revision', '--head', 'core@head')).toBe('core')
  const moved = ['--head', 'shop@head', '--version-path', 'migrations/core']
  expect(await written('revision', ...moved)).toBe('core')

  const taken = await project.run([...base, 'shop', '--json'])
  expect([taken.code, errorOf(taken).code]).toEqual([2, 'REV_DUPLICATE_LABEL'])
  expect(errorOf(taken).hint).toContain('another --branch-label')
})

test('offline SQL of a stamp records what was stamped as that', async () => {
  const project = projectWith(line('aaa', 'bbb'))
  project.exec(await project.ok('stamp', '--sql', 'aaa'))
  expect((await project.json('show', 'aaa')) as ShowDocument).toMatchObject({
    recorded: { state: 'stamped', by: 'offline SQL' },
  })
})

test('a range where one revision is meant is called one', async () => {
  const project = projectWith(line('aaa', 'bbb'))
  const refused = await project.run(['stamp', 'aaa:bbb'])
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('It looks like a range')
})
