/** Several processes on one database at the same time. */
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/workflows/documents.js'
import type { RunResult, TestProject } from '../support/project.js'
import { applied, line, projectWith, tables } from '../support/revision-line.js'

describe('upgrades', () => {
  const SLOW = `await knex.raw('with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select count(*) from n')
  await knex.schema.createTable('slow', (table) => { table.increments() })`

  test.each([2, 8])('%d at once: one applies, the others find it done', async (n) => {
    const project = projectWith([
      ...line('aaa', 'bbb'),
      { id: 'ccc', parents: ['bbb'], up: SLOW },
      { id: 'ddd', parents: ['ccc'] },
    ])
    const runs = await Promise.all(
      Array.from({ length: n }, () => project.run(['upgrade', '--json', '--lock-timeout', '30s'])),
    )
    expectEachOnce(project, runs)
  })

  test('that take turns in the middle of their way all end well', async () => {
    const project = projectWith(line('aaa', 'bbb', 'ccc', 'ddd'))
    // After each revision the lock is free for the others.
    const hooks = `hooks: { onApply: () => new Promise((resolve) => setTimeout(resolve, 300)) },`
    const config = project.read('migrate-tui.config.js')
    project.write('migrate-tui.config.js', config.replace('module.exports = {', `$& ${hooks}`))
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => project.run(['upgrade', '--json', '--lock-timeout', '30s'])),
    )
    expectEachOnce(project, runs)
  })
})

test('four downgrades at once: one goes back, the others find it done', async () => {
  const project = projectWith(line('aaa', 'bbb', 'ccc'))
  await project.ok('upgrade')
  const args = ['downgrade', 'aaa', '--allow-destructive', '--no-backup', '--lock-timeout', '30s']
  const runs = await Promise.all(Array.from({ length: 4 }, () => project.run(args)))
  expect(runs.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual([0, 0, 0, 0])
  expect([applied(project), tables(project)]).toEqual([['aaa'], ['aaa']])
})

/** That all ended well, and each of the four revisions was done by one of them. */
function expectEachOnce(project: TestProject, runs: readonly RunResult[]): void {
  expect(runs.map(({ code, stdout, stderr }) => (code === 0 ? 0 : stdout + stderr))).toEqual(
    runs.map(() => 0),
  )
  const steps = runs.flatMap(({ stdout }) => (JSON.parse(stdout) as RunDocument).steps)
  expect(steps.map(({ revision }) => revision).toSorted()).toEqual(['aaa', 'bbb', 'ccc', 'ddd'])
  expect(applied(project)).toEqual(['aaa', 'bbb', 'ccc', 'ddd'])
}
