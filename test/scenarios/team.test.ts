/** Several people: heads that part and join, failures, ctrl-c. */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type {
  RevisionDocument,
  StampDocument,
  WrittenDocument,
} from '../../src/workflows/documents.js'
import type { RunResult, TestProject } from '../support/project.js'
import { modelsFile, ROOT } from '../support/project.js'
import {
  USERS,
  add,
  applied,
  current,
  errorOf,
  line,
  projectWith,
  tables,
} from '../support/revision-line.js'

describe('branches', () => {
  test('two heads are refused by migrate and upgrade, merged, and upgraded through', async () => {
    const project = projectWith([...line('aaa', 'bbb'), { id: 'ccc', parents: ['aaa'] }])
    project.write('models/index.js', modelsFile(USERS))
    for (const command of ['migrate', 'upgrade']) {
      const refused = await project.run([command])
      expect(refused.code, command).toBe(3)
      expect(refused.stderr).toMatch(/merge/)
      expect(refused.stderr).toMatch(/bbb/)
      expect(refused.stderr).toMatch(/ccc/)
    }
    const merged = (await project.json('merge', '-m', 'join')) as WrittenDocument
    expect(merged.changes).toEqual([])
    const [newest] = (await project.json('history')) as readonly RevisionDocument[]
    expect([...(newest?.downRevision ?? [])].toSorted()).toEqual(['bbb', 'ccc'])
    await project.ok('upgrade')
    expect(await current(project)).toEqual([merged.revision])
    expect(tables(project)).toEqual(['aaa', 'bbb', 'ccc'])
    const nothing = await project.run(['merge'])
    expect(nothing.code).toBe(2)
    await project.ok('downgrade', 'aaa', '--allow-destructive', '--no-backup')
    expect(tables(project)).toEqual(['aaa'])
  })

  test('labels and what is depended on lead an upgrade', async () => {
    const project = projectWith([
      { id: 'base1', parents: [] },
      { id: 'core1', parents: ['base1'], labels: ['core'] },
      { id: 'core2', parents: ['core1'] },
      { id: 'shop1', parents: ['base1'], labels: ['shop'] },
      { id: 'shop2', parents: ['shop1'], dependsOn: ['core2'] },
    ])
    await project.ok('upgrade', 'shop@+2')
    expect(await current(project)).toEqual(['shop1'])
    await project.ok('upgrade', 'shop@head')
    expect(applied(project)).toEqual(['base1', 'shop1', 'core1', 'core2', 'shop2'])
    const written = (await project.json('revision', '--head', 'core@head')) as WrittenDocument
    const shown = (await project.json('show', written.revision ?? '')) as RevisionDocument
    expect(shown).toMatchObject({ downRevision: ['core2'] })
    const labelled = (await project.json(
      ...['revision', '--head', 'base', '--branch-label', 'extra', '--depends-on', 'shop2'],
    )) as WrittenDocument
    expect(await project.json('show', 'extra@head')).toMatchObject({
      revision: labelled.revision,
      dependsOn: ['shop2'],
      branchLabels: ['extra'],
    })
  })

  test('a head that another depends on is a head of its branch', async () => {
    const project = projectWith([
      { id: 'aaa111', parents: [] },
      { id: 'bbb222', parents: [], dependsOn: ['aaa111'] },
    ])
    project.write(
      'models/index.js',
      modelsFile(`exports.A = class A extends Model {
  static tableName = 'aaa111'
  static defineTable(table) { table.increments() }
}`),
    )
    const refused = await project.run(['upgrade', '--json'])
    expect([refused.code, errorOf(refused).code]).toEqual([3, 'REV_SEVERAL_HEADS'])
    expect(project.list('.')).not.toContain('dev.sqlite3')
    await project.ok('upgrade', 'heads')
    expect(applied(project)).toEqual(['aaa111', 'bbb222'])
    expect(await project.json('current')).toMatchObject({ heads: ['aaa111', 'bbb222'] })
    const checked = await project.run(['check'])
    expect([checked.code, checked.stdout]).toEqual([3, expect.stringContaining('2 heads')])
    await project.ok('merge', '-m', 'join')
    await project.ok('upgrade')
    expect(await project.run(['check'])).toMatchObject({ code: 0 })
  })

  test('--splice lets a revision follow one that is no head: a branch starts there', async () => {
    const project = projectWith(line('aaa', 'bbb', 'ccc'))
    const refused = await project.run(['revision', '--head', 'aaa'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/--splice/)
    await project.ok('revision', '--head', 'aaa', '--splice', '--rev-id', 'beside')
    const history = (await project.json('history')) as readonly RevisionDocument[]
    expect(history.map(({ revision, downRevision }) => [revision, ...downRevision])).toEqual(
      expect.arrayContaining([['ccc', 'bbb'], ['bbb', 'aaa'], ['beside', 'aaa'], ['aaa']]),
    )
    expect(history.filter(({ head }) => head)).toHaveLength(2)
    await project.ok('upgrade', 'heads')
    expect(applied(project).toSorted()).toEqual(['aaa', 'bbb', 'beside', 'ccc'])
  })
})

test('stamp moves the history up, down and out of nowhere, and runs nothing', async () => {
  const project = projectWith(line('aaa', 'bbb', 'ccc'))
  expect((await project.json('stamp', 'bbb')) as StampDocument).toMatchObject({
    from: [],
    to: ['bbb'],
  })
  expect(applied(project)).toEqual(['aaa', 'bbb'])
  expect(tables(project)).toEqual([])
  await project.ok('stamp', 'aaa')
  expect(applied(project)).toEqual(['aaa'])
  await project.ok('stamp', 'head')
  expect(applied(project)).toEqual(['aaa', 'bbb', 'ccc'])
  await project.ok('stamp', 'base')
  expect(applied(project)).toEqual([])
  project.exec(
    `insert into migrate_tui_revisions select 'ghost', 1, '[]', '', null, 'applied', '', '', 0, '', '', '[]', null`,
  )
  const refused = await project.run(['stamp', 'aaa'])
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('ghost')])
  await project.ok('stamp', '--purge', 'bbb')
  expect(applied(project)).toEqual(['aaa', 'bbb'])
  await project.ok('upgrade')
  expect(tables(project)).toEqual(['ccc'])
})

describe('a run that does not reach its end', () => {
  test('keeps what came before a failing script, says so, and goes on once it is mended', async () => {
    const broken = `await knex.schema.createTable('half', (table) => { table.increments() })
  await knex.raw('insert into nowhere values (1)')`
    const project = projectWith(line('aaa', 'bbb', 'ccc', 'ddd'))
    add(project, { id: 'ccc', parents: ['bbb'], up: broken })
    const failed = await project.run(['upgrade', '--json'])
    expect(failed.code).toBe(1)
    const error = errorOf(failed)
    expect(error.message).toMatch(/ccc.*nowhere/s)
    expect(error.state).toMatch(/2 before it were applied and committed/)
    expect([applied(project), tables(project)]).toEqual([
      ['aaa', 'bbb'],
      ['aaa', 'bbb'],
    ])
    add(project, { id: 'ccc', parents: ['bbb'] })
    await project.ok('upgrade')
    expect(tables(project)).toEqual(['aaa', 'bbb', 'ccc', 'ddd'])
  })

  test('ctrl-c finishes the revision that runs, and exits 130 with a clean state', async () => {
    const pause = (id: string): string =>
      `await knex.schema.createTable('${id}', (table) => { table.increments() })
  await knex.select(1)
  if (knex.client.config.connection && process.env.PAUSE) await new Promise((go) => setTimeout(go, 1500))`
    const project = projectWith([
      { id: 'aaa', parents: [], up: pause('aaa') },
      { id: 'bbb', parents: ['aaa'], up: pause('bbb') },
      { id: 'ccc', parents: ['bbb'], up: pause('ccc') },
    ])
    const stopped = await interruptedAt(project, /\[1\/3\]/)
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toMatch(/Stopping after this revision/)
    expect(stopped.stderr).toMatch(/Interrupted after \d of 3/)
    expect(tables(project)).toEqual(applied(project))
    expect(applied(project).length).toBeLessThan(3)
    expect(project.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    await project.ok('upgrade')
    expect(tables(project)).toEqual(['aaa', 'bbb', 'ccc'])
  })
})

describe('a revision whose file is on another git branch', () => {
  const FEATURE = `await knex.schema.alterTable('users', (table) => { table.integer('feature') })`
  const CREATE = `await knex.schema.createTable('users', (table) => {
    table.increments()
    table.string('name', 80).notNullable()
    table.integer('level')
  })`

  async function withoutFile(): Promise<TestProject> {
    const project = projectWith([
      { id: 'a1000000', parents: [], up: CREATE },
      { id: 'b1000000', parents: ['a1000000'], up: FEATURE },
    ])
    project.write('models/index.js', modelsFile(USERS))
    await project.ok('upgrade')
    rmSync(path.join(project.folder, 'migrations/b1000000.js'))
    return project
  }

  test('keeps what it made from being taken for a difference', async () => {
    const project = await withoutFile()
    for (const command of [['migrate'], ['revision', '--autogenerate'], ['migrate', '--plan']]) {
      const refused = await project.run([...command, '--json'])
      expect(refused.code, command.join(' ')).toBe(3)
      expect(errorOf(refused)).toMatchObject({ code: 'REV_FILE_MISSING' })
    }
    expect(project.list('migrations')).toEqual(['a1000000.js'])
    // The whole folder may be on the other branch.
    rmSync(path.join(project.folder, 'migrations'), { recursive: true })
    const refused = await project.run(['migrate', '--json'])
    expect([refused.code, errorOf(refused).code]).toEqual([3, 'REV_FILE_MISSING'])
  })

  test('is spoken of wherever the database is', async () => {
    const project = await withoutFile()
    const checked = await project.run(['check'])
    expect(checked.code).toBe(3)
    expect(checked.stdout).toContain('Revision b1000000 is applied, and no file provides it')
    expect(await project.ok('current')).toContain('b1000000 (file missing)')
    expect(await project.json('current')).toMatchObject({ missing: ['b1000000'], atHead: false })
    const heads = await project.run(['current', '--check-heads', '--json'])
    expect([heads.code, errorOf(heads).code]).toEqual([3, 'REV_FILE_MISSING'])
    expect(await project.ok('history')).toContain('b1000000 (file missing)')
    const shown = await project.ok('show', 'b1000000')
    expect(shown).toContain('its file is missing')
    expect(shown).toMatch(/Follows: +a1000000/)
    expect(shown).toMatch(/Applied: +\d{4}-/)
  })
})

/** An upgrade that is sent ctrl-c as soon as it says something. */
function interruptedAt(project: TestProject, said: RegExp): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'bin/migrate-tui.js'), 'upgrade'], {
      cwd: project.folder,
      env: { ...process.env, NO_COLOR: '1', PAUSE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let sent = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (!sent && said.test(stderr)) sent = child.kill('SIGINT')
    })
    child.on('close', (code) => {
      resolve({ code, stdout, stderr })
    })
  })
}
