/** Every call of the screens, answered by a host on a real project. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { failureOf, hostOf, NO_ANSWERS, upgradeAll } from '../support/hosts.js'
import { makeProject, sqliteProject } from '../support/project.js'
import { USERS } from '../support/revision-line.js'

const MERGE = { message: null, branchLabel: null, revId: null, splice: false }

describe('the calls of a host', () => {
  test('a first day: from models to a database, one call after another', async () => {
    const project = makeProject(sqliteProject(USERS))
    const host = hostOf(project)
    expect(await host.call('overview', {})).toMatchObject({
      project: { name: 'shop', root: project.folder, environment: 'test' },
      database: { name: 'default', dialect: 'sqlite', isMissing: true, canBackUp: false },
      revisions: [],
      pending: 0,
      position: 0,
    })
    expect(await host.call('pulse', {})).toEqual({ position: 0 })

    const compared = await host.call('compare', { answers: NO_ANSWERS })
    expect(compared).toMatchObject({
      changes: [{ id: 'createTable:users' }],
      tables: [{ table: 'users', status: 'onlyModel' }],
      models: [{ table: 'users', model: 'User', file: 'models/index.js', source: 'declared' }],
      failures: [],
      fills: [],
      declarations: [],
    })
    const { written } = await host.call('write', {
      answers: NO_ANSWERS,
      parts: [{ message: 'users', changes: ['createTable:users'] }],
      fills: [],
      partial: false,
    })
    const [{ revision, path } = { revision: '', path: '' }] = written
    expect(readFileSync(path, 'utf8')).toContain("createTable('users'")
    expect(await host.call('overview', {})).toMatchObject({
      revisions: [{ revision, state: 'pending', fillIn: false, head: true }],
      pending: 1,
    })

    expect(await host.call('effect', { revision })).toMatchObject({
      up: { operations: ['Create table users with 3 columns'], hazards: [], empty: false },
      down: { operations: ['Drop table users'], hazards: [{ object: 'users' }], empty: false },
    })
    const ran = await upgradeAll(host)
    expect(ran.document).toMatchObject({ from: [], to: [revision], backup: null })
    expect(ran.events.map(({ kind }) => kind)).toEqual([
      'planned',
      'stepStarted',
      'statement',
      'stepFinished',
      'done',
    ])
    expect(await host.call('pulse', {})).toEqual({ position: 1 })
    expect(await host.call('overview', {})).toMatchObject({
      database: { isMissing: false, canBackUp: true },
      revisions: [{ revision, state: 'current' }],
      current: [revision],
      position: 1,
    })
    // The last applied revision is tried from where the database stands: back, and forth again.
    expect(await host.call('effect', { revision })).toMatchObject({
      up: { operations: ['Create table users with 3 columns'] },
      down: { operations: ['Drop table users'] },
    })
  })

  test('a table of a weak model that only has more columns is there to decide about', async () => {
    const project = makeProject(
      sqliteProject(`exports.User = class User extends Model {
  static tableName = 'users'
  static jsonSchema = { type: 'object', properties: { id: { type: 'integer' } } }
}`),
    )
    project.exec('create table users (id integer primary key, legacy text)')
    const compared = await hostOf(project).call('compare', { answers: NO_ANSWERS })
    expect(compared).toMatchObject({
      changes: [],
      tables: [{ table: 'users', status: 'same' }],
      models: [{ table: 'users', source: 'inferred' }],
    })
    expect(compared.tables[0]?.rows.filter(({ status }) => status === 'undeclared')).toMatchObject([
      { name: 'legacy', database: 'text' },
    ])
  })

  test('what another database has no counterpart of is told before it is written', async () => {
    const project = makeProject(
      sqliteProject(
        USERS.replace("table.integer('level')", "table.specificType('level', 'citext')"),
      ),
    )
    const { notes } = await hostOf(project).call('compare', { answers: NO_ANSWERS })
    expect(notes).toMatchObject([{ code: 'NO_COUNTERPART', where: 'users.level' }])
  })

  test('scripts as text, samples of values, a copy, and an edit', async () => {
    const project = makeProject(sqliteProject(USERS))
    const host = hostOf(project)
    await project.ok('migrate', '-m', 'users')
    await project.ok('upgrade')
    project.exec(
      `insert into users (name, level) values ('Ana', 1), ('用户', null), ('${'x'.repeat(500)}', 2)`,
    )
    const { revisions, current } = await host.call('overview', {})
    const [{ revision, path } = { revision: '', path: null }] = revisions
    const script = await host.call('script', { revision })
    expect(script).toMatchObject({
      file: project.list('migrations').map((name) => `migrations/${name}`)[0],
    })
    expect(script).toMatchObject({ path, isUnchanged: true, recorded: { state: 'applied' } })

    const seen = await host.call('samples', { table: 'users', column: 'name' })
    expect(seen).toMatchObject({ values: 3, rows: 3 })
    expect(seen.samples.toSorted()).toEqual(['Ana', `${'x'.repeat(199)}…`, '用户'])
    expect(await host.call('samples', { table: 'users', column: 'level' })).toMatchObject({
      values: 2,
      rows: 3,
    })
    expect(await failureOf(host.call('samples', { table: 'users', column: 'nope' }))).toMatchObject(
      {
        code: 'SAMPLE_MISSING',
        exit: 2,
      },
    )

    const copy = await host.call('backUp', {})
    expect(existsSync(copy.path)).toBe(true)
    expect(copy.bytes).toBe(readFileSync(copy.path).length)

    const edited = { path: path ?? '', before: script.text ?? '' }
    expect(await host.call('edited', edited)).toMatchObject({ isChanged: false, notes: [] })
    project.write(script.file ?? '', `${script.text ?? ''}// edited\n`)
    expect(await host.call('edited', edited)).toMatchObject({
      revision,
      isChanged: true,
      notes: [{ code: 'APPLIED_ALREADY' }],
      document: { revision, applied: true },
    })
    expect(await host.call('script', { revision })).toMatchObject({ isUnchanged: false })
    project.write(script.file ?? '', `${script.text ?? ''}const = 1\n`)
    const broken = await failureOf(host.call('edited', edited))
    expect(broken).toMatchObject({ code: 'SCRIPT_SYNTAX', exit: 2 })
    const line = (script.text ?? '').split('\n').length
    expect(broken.details).toMatchObject({ line, excerpt: 'const = 1' })
    expect(current).toEqual([revision])
  })

  test('a revision, a stamp and a merge are written as by the commands', async () => {
    const project = makeProject(sqliteProject(USERS))
    const host = hostOf(project)
    const one = await host.call('revision', { message: 'one', head: 'base' })
    const two = await host.call('revision', { message: 'two', head: 'base' })
    const both = [one.revision ?? '', two.revision ?? '']
    const merged = await host.call('merge', { ...MERGE, revisions: ['heads'] })
    expect(await host.call('overview', {})).toMatchObject({ heads: [merged.revision] })
    const stamped = await host.call('stamp', {
      revisions: ['head'],
      sql: false,
      tag: null,
      purge: false,
    })
    expect(stamped.to).toEqual([merged.revision])
    const { revisions } = await host.call('overview', {})
    expect(revisions.map(({ state }) => state)).toEqual(['current', 'applied', 'applied'])
    expect(revisions[0]?.downRevision.toSorted()).toEqual(both.toSorted())
    expect(await failureOf(host.call('merge', { ...MERGE, revisions: ['heads'] }))).toMatchObject({
      code: 'MERGE_NEEDS_TWO',
      exit: 2,
    })
  })
})
