/** Revisions that failed half-way where nothing takes them back: what is said then, and later. */
import { describe, expect, test } from 'vitest'
import type { CurrentDocument, RevisionDocument } from '../../../src/workflows/documents.js'
import { add, errorOf } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH, type ServerProject } from '../../support/server-project.js'

const table = (name: string): string =>
  `await knex.schema.createTable('${name}', (table) => { table.increments() })`

/** What MariaDB's servers do always and the others with this setting. */
const COMMITS = { parents: [], transaction: false }

describe.each(ONE_OF_EACH)('$name', (engine) => {
  async function failing(up: string): Promise<ServerProject> {
    return await makeServerProject(engine, { scripts: [{ id: 'aaa', ...COMMITS, up }] })
  }

  async function stateOf({ project }: ServerProject): Promise<readonly string[]> {
    const failed = await project.run(['upgrade', '--json'])
    expect(failed.code).toBe(1)
    return errorOf(failed).state?.split('\n') ?? []
  }

  test('all that ran before the script itself threw stands', async () => {
    const made = await failing(`${table('a')}\n${table('b')}\nthrow new Error('enough')`)
    expect(await stateOf(made)).toEqual([
      'It ran outside a transaction: its first 2 statements stand; nothing else was applied.',
      expect.stringMatching(/^ {2}create table .a/),
      expect.stringMatching(/^ {2}create table .b/),
    ])
    expect(await made.tables()).toEqual(['a', 'b'])
  })

  test('a statement whose failure the script caught does not count', async () => {
    const made = await failing(
      `${table('a')}\nawait knex.raw('create table').catch(() => null)\n${table('b')}\n${table('a')}`,
    )
    expect(await stateOf(made)).toEqual([
      'It ran outside a transaction: its first 2 statements stand; nothing else was applied.',
      expect.stringMatching(/^ {2}create table .a/),
      expect.stringMatching(/^ {2}create table .b/),
    ])
  })

  test('a second failure, current, history, show and verify remember what stands', async () => {
    const made = await failing(`${table('a')}\nawait knex.raw('insert into nowhere values (1)')`)
    const { project } = made
    await stateOf(made)
    const again = await project.run(['upgrade', '--json'])
    const error = errorOf(again)
    expect(error.code).toBe('ALREADY_THERE')
    expect(error.hint).toMatch(
      /^A run before left it\. In migrations\/aaa\.js.*leave out what stands/,
    )
    const [now, before, count, sql, ...rest] = error.state?.split('\n') ?? []
    expect(now).toMatch(/no further statement of it stands/)
    expect(before).toMatch(/^Its upgrade of \d{4}-.* had failed half-way: .*nowhere/)
    expect(count).toBe('Its first statement stands:')
    expect(sql).toMatch(/^ {2}create table .a/)
    expect(rest).toEqual([])

    const failed = {
      direction: 'up',
      isHalfDone: true,
      error: expect.stringContaining('create table') as unknown,
    }
    const history = JSON.parse(await project.ok('history', '--json')) as readonly RevisionDocument[]
    expect(history).toMatchObject([{ revision: 'aaa', applied: false, failed }])
    expect(JSON.parse(await project.ok('show', 'aaa', '--json'))).toMatchObject({ failed })
    expect(await project.ok('history')).toContain('failed half-way')
    const current = await project.run(['current'])
    expect(current.stderr).toContain('aaa failed half-way')
    const verified = await project.run(['verify'])
    expect(verified.code).toBe(3)
    expect(verified.stdout).toContain('failed half-way in the upgrade')

    add(project, { id: 'aaa', ...COMMITS, up: table('b') })
    await project.ok('upgrade')
    const after = JSON.parse(await project.ok('history', '--json')) as readonly RevisionDocument[]
    expect(after).toMatchObject([{ applied: true, failed: null }])
    const stands = JSON.parse(await project.ok('current', '--json')) as CurrentDocument
    expect(stands.atHead).toBe(true)
    expect((await project.run(['current'])).stderr).toBe('')
  })
})
