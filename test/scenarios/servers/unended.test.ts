/** Runs whose end nobody recorded: killed, or cut off by a second ctrl-c, where statements stand at once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { add, errorOf, line } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'
import { SLEEP, slowSession, startUpgrade } from '../../support/slow-upgrade.js'

const table = (name: string): string =>
  `await knex.schema.createTable('${name}', (table) => { table.increments() })`

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const slow = SLEEP[engine.client]

  test('of a run that is killed outside a transaction its end is not known, and that is told', async () => {
    const half = { id: 'bbb', parents: ['aaa'], transaction: false }
    const { project, database } = await makeServerProject(engine, {
      scripts: [...line('aaa'), { ...half, up: `${table('b')}\n${slow(3)}` }],
    })
    const upgrade = startUpgrade(project)
    await slowSession(engine, (text) => database.sql(text))
    const message =
      /No end of the upgrade of bbb that began at \d{4}-\S+ is recorded: it runs still/
    expect((await project.run(['current'])).stderr).toMatch(message)
    upgrade.kill()
    await upgrade.done
    expect((await project.run(['current'])).stderr).toMatch(message)
    expect((await project.run(['verify'])).stdout).toMatch(message)
    expect(await project.ok('history')).toContain('no end recorded')
    expect(await project.ok('show', 'bbb')).toContain('no end of its last upgrade is recorded')

    const wait = ['upgrade', '--lock-timeout', '30s']
    const again = errorOf(await project.run([...wait, '--json']))
    expect(again.hint).toMatch(/^A run before left it/)
    expect(again.state?.match(/never ended/g)).toHaveLength(1)
    add(project, { ...half, up: table('c') })
    await project.ok(...wait)
    expect(await project.run(['current'])).toMatchObject({ code: 0, stderr: '' })
  })

  test('a second ctrl-c says that what committed itself stands, and current tells it', async () => {
    const { project, database } = await makeServerProject(engine, {
      scripts: [{ id: 'aaa', parents: [], transaction: false, up: `${table('a')}\n${slow(3)}` }],
    })
    const upgrade = startUpgrade(project)
    await slowSession(engine, (text) => database.sql(text))
    upgrade.interrupt()
    await sleep(200)
    upgrade.interrupt()
    const { code, stdout } = await upgrade.done
    expect(code).toBe(130)
    expect(errorOf({ code: 130, stdout, stderr: '' }).state).toMatch(
      /^What was not committed is rolled back\. .* what ran of the revision stands/,
    )
    expect((await project.run(['current'])).stderr).toContain('No end of the upgrade of aaa')
  })
})
