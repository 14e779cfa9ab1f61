/** How a host begins and ends: with its project's configuration, and with its parent. */
import { fork, spawn } from 'node:child_process'
import { readFileSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FromHost, ToHost } from '../../src/host/calls.js'
import { failureOf, hostOf, hostProject, until } from '../support/hosts.js'
import type { TestProject } from '../support/project.js'
import { makeProject, ROOT, sqliteProject } from '../support/project.js'
import { add, applied, line, projectWith } from '../support/revision-line.js'

const HOST = path.join(ROOT, 'dist/host.cjs')

describe('a host', () => {
  test('loads a changed configuration anew, in another process', async () => {
    const project = projectWith(line('one'))
    const host = hostOf(project)
    expect((await host.call('overview', {})).revisions).toHaveLength(1)
    const config = project.read('migrate-tui.config.js')
    project.write('migrate-tui.config.js', config.replace('./migrations', './elsewhere'))
    expect((await host.call('overview', {})).revisions).toHaveLength(0)
    project.write('migrate-tui.config.js', 'module.exports = {')
    expect(await failureOf(host.call('overview', {}))).toMatchObject({
      code: 'CONFIG_LOAD',
      exit: 2,
    })
    project.write('migrate-tui.config.js', config)
    expect((await host.call('overview', {})).revisions).toHaveLength(1)
    // The knexfile belongs to the configuration.
    project.write(
      'knexfile.js',
      project.read('knexfile.js').replace('dev.sqlite3', 'other.sqlite3'),
    )
    expect((await host.call('overview', {})).database.described).toContain('other.sqlite3')
    utimesSync(path.join(project.folder, 'knexfile.js'), new Date(), new Date(0))
    const both = [host.call('overview', {}), host.call('pulse', {})]
    expect(await Promise.all(both)).toHaveLength(2)
  })

  test('answers several calls at once, and serves another project after it', async () => {
    const [one, two] = [projectWith(line('one')), projectWith(line('one', 'two'))]
    const host = hostOf(one)
    const [first, pulse] = await Promise.all([host.call('overview', {}), host.call('pulse', {})])
    expect([first.revisions.length, pulse.position]).toEqual([1, 0])
    host.use(hostProject(two))
    expect((await host.call('overview', {})).revisions).toHaveLength(2)
  })

  test('keeps passwords out of failures', async () => {
    const project = makeProject({
      ...sqliteProject(''),
      'knexfile.js': `module.exports = { client: 'pg', connection: 'postgres://me:hunter2hunter2@127.0.0.1:1/x' }\n`,
    })
    const failure = await failureOf(hostOf(project).call('overview', {}))
    expect(failure.code).toMatch(/^CONNECT_/)
    expect(JSON.stringify(failure)).not.toContain('hunter2')
  })

  test('is gone with its parent, even in the middle of a statement', async () => {
    const project = projectWith(line('one'))
    const rounds = `with recursive n(i) as (select 1 union all select i + 1 from n where i < (select max(rounds) from pace)) select 0 from n where i = 0`
    const made = `await knex.schema.createTable('half', (table) => { table.increments() })`
    const up = `${made}\n  await knex.raw('insert into pace ${rounds}')`
    add(project, { id: 'slow', parents: ['one'], up })
    project.exec('create table pace (rounds integer); insert into pace values (2000000000)')
    project.write('parent.mjs', parentText(project))
    const parent = spawn(process.execPath, ['parent.mjs'], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => {
      parent.kill('SIGKILL')
    })
    let said = ''
    parent.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    await until(() => said.includes('busy'))
    const pid = Number(/host (\d+)/.exec(said)?.[1])
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await until(() => !isAlive(pid))
    expect(applied(project)).not.toContain('slow')
    expect(project.rows(`select name from sqlite_schema where name = 'half'`)).toEqual([])
  })

  test('opens a tree of 10,000 revisions in little time', async () => {
    const project = makeProject(sqliteProject(''))
    for (let i = 0; i < 10_000; i += 1) project.write(`migrations/${longName(i)}`, longScript(i))
    const { cpu, answer } = await coldOverview(project)
    console.log(`overview of 10,000 revisions: ${cpu} ms of CPU after the start of the host`)
    expect(answer).toMatchObject({ pending: 10_000 })
    // The figure is the one printed; this only finds work that grows with the square of the history.
    expect(cpu).toBeLessThan(2500)
  })
})

/** What a parent does that dies: it starts a run and says when the long statement begins. */
function parentText(project: TestProject): string {
  const call = { kind: 'call', id: 1, project: hostProject(project), name: 'run' }
  const given = { direction: 'up', target: 'head', backup: false, expected: ['one', 'slow'] }
  return `import { fork } from 'node:child_process'
const host = fork(${JSON.stringify(HOST)}, [], { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'] })
console.log('host ' + host.pid)
host.on('message', (message) => {
  if (message.event?.kind === 'statement' && message.event.sql.startsWith('insert into pace')) console.log('busy')
  if (message.kind === 'failed') console.log(JSON.stringify(message))
})
host.send(${JSON.stringify({ ...call, given })})
`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function longName(i: number): string {
  return `${20260101000000 + i}_${longId(i)}_step.ts`
}

function longId(i: number): string {
  return i.toString(16).padStart(12, '0')
}

function longScript(i: number): string {
  return `/** step ${i} */
export const revision = '${longId(i)}'
export const createdAt = '2026-01-01T00:00:00Z'
export const downRevision = ${i === 0 ? 'null' : `'${longId(i - 1)}'`}
export const branchLabels: string[] = []
export const dependsOn: string[] = []

export async function up() {}

export async function down() {}

export const config = { transaction: true }
`
}

/** The first overview of a new host, and what it cost: ms of CPU by the system's own count. */
async function coldOverview(project: TestProject): Promise<{ cpu: number; answer: unknown }> {
  const child = fork(HOST, [], {
    cwd: project.folder,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const next = (kind: FromHost['kind']): Promise<FromHost> =>
    new Promise((resolve) => {
      child.on('message', (message: FromHost) => {
        if (message.kind === kind) resolve(message)
      })
    })
  await next('ready')
  const before = cpuOf(child.pid)
  const message: ToHost = {
    kind: 'call',
    id: 1,
    project: hostProject(project),
    name: 'overview',
    given: {},
  }
  child.send(message)
  const told = await next('doneInText')
  const cpu = cpuOf(child.pid) - before
  const answer: unknown = told.kind === 'doneInText' ? JSON.parse(told.text) : told
  return { cpu, answer }
}

/** Linux counts in hundredths of a second: proc(5), fields 14 and 15 of stat. */
function cpuOf(pid: number | undefined): number {
  const [, ...fields] = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
    .split(') ')
    .join(' ) ')
    .split(' ) ')
  const [, ...counts] = (fields[0] ?? '').split(' ')
  return (Number(counts[10]) + Number(counts[11])) * 10
}
