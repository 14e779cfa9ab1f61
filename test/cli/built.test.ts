import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../support/folder.js'
import { makeProject, ROOT } from '../support/project.js'
import type { TestProject } from '../support/project.js'

const KNEXFILE = `module.exports = {
  client: 'better-sqlite3', connection: { filename: 'dev.sqlite3' }, useNullAsDefault: true }
`

const migration = (table: string, before = '') => `exports.up = async (knex) => {
  ${before}
  await knex.schema.createTable('${table}', (t) => { t.increments() })
}
exports.down = (knex) => knex.schema.dropTable('${table}')
`

function projectWith(migrations: Readonly<Record<string, string>>): TestProject {
  const files = Object.entries(migrations).map(([name, text]) => [`migrations/${name}.js`, text])
  return makeProject({
    'knexfile.js': KNEXFILE,
    ...(Object.fromEntries(files) as Record<string, string>), // pairs of texts
  })
}

/** What a command loads: names of packages, and `dist/…` for our own files. */
async function loadedBy(project: TestProject, command: string): Promise<readonly string[]> {
  const coverage = folderOf({})
  await project.run([command], { env: { NODE_V8_COVERAGE: coverage } })
  const urls = readdirSync(coverage).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as {
      readonly result: readonly { readonly url: string }[] // as Node writes it
    }
    return result.map(({ url }) => url)
  })
  const packages = urls.flatMap((url) => /node_modules\/([^/]+)\//.exec(url)?.[1] ?? [])
  return [...new Set(packages)].toSorted()
}

test.each(['current', 'history', 'heads', 'branches', 'upgrade'])(
  '%s of a database at its head loads the driver and nothing else of node_modules',
  async (command) => {
    const project = projectWith({ '1_users': migration('users') })
    await project.ok('upgrade')
    expect(await loadedBy(project, command)).toEqual([
      'better-sqlite3',
      'bindings',
      'file-uri-to-path',
    ])
  },
)

test('what a run took is more than its steps took by themselves', async () => {
  const names = Array.from({ length: 30 }, (_, i) => String(100 + i))
  const files = names.map((name): [string, string] => [`${name}_t`, migration(`t_${name}`)])
  const project = projectWith(Object.fromEntries(files))
  const started = performance.now()
  const { durationMs, steps } = (await project.json('upgrade', '--json')) as {
    readonly durationMs: number
    readonly steps: readonly { readonly durationMs: number }[] // as the contract has it
  }
  const whole = performance.now() - started
  expect(durationMs).toBeGreaterThan(steps.reduce((sum, step) => sum + step.durationMs, 0))
  expect(durationMs).toBeLessThan(whole)
})

test('help loads no package at all', async () => {
  expect(await loadedBy(projectWith({}), 'help')).toEqual([])
})

test('what a full disk does not take is said once, and is a failure', async () => {
  const project = projectWith({ '1_users': migration('users') })
  await project.ok('upgrade')
  const full = openSync('/dev/full', 'w')
  try {
    const run = spawnSync(process.execPath, [join(ROOT, 'bin/migrate-tui.js'), 'current'], {
      cwd: project.folder,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
      timeout: 10_000,
    })
    expect(run.status).toBe(1)
    expect(run.stderr.split('OUTPUT_NOT_WRITTEN')).toHaveLength(2)
    expect(run.stderr).toContain('ENOSPC')
    expect(run.stderr).not.toContain('fault of migrate-tui')
  } finally {
    closeSync(full)
  }
})

test('a failure whose document no disk takes is told on standard error', () => {
  const project = projectWith({ '1_users': migration('users') })
  const full = openSync('/dev/full', 'w')
  try {
    const run = spawnSync(
      process.execPath,
      [join(ROOT, 'bin/migrate-tui.js'), 'upgrade', 'nowhere', '--json'],
      { cwd: project.folder, stdio: ['ignore', full, 'pipe'], encoding: 'utf8', timeout: 10_000 },
    )
    expect(run.status).toBe(2)
    expect(run.stderr.split('REV_UNKNOWN')).toHaveLength(2)
  } finally {
    closeSync(full)
  }
})

function start(project: TestProject, ...args: readonly string[]): ChildProcessWithoutNullStreams {
  const program = join(ROOT, 'bin/migrate-tui.js')
  return spawn(process.execPath, [program, ...args], { cwd: project.folder })
}

/** Resolves when the stream has said the text from now on. */
function said(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = ''
    stream.on('data', (chunk: Buffer) => {
      all += chunk.toString()
      if (all.includes(text)) resolve()
    })
    stream.on('end', () => {
      reject(new Error(`It ended with ${all}`))
    })
  })
}

test('a step that takes its time is told before it does, also after quick ones', async () => {
  const project = projectWith({ '1_big': migration('big') })
  await project.ok('upgrade')
  project.exec(`insert into big with recursive some(n) as
    (select 1 union all select n + 1 from some where n < 1000000) select n from some`)
  for (const table of ['two', 'three', 'four']) {
    project.write(`migrations/${table.length}_${table}.js`, migration(table))
  }
  project.write(
    'migrations/9_rebuilt.js',
    `exports.up = (knex) => knex.schema.alterTable('big', (t) => t.dropPrimary())
exports.down = (knex) => knex.schema.alterTable('big', (t) => t.primary(['id']))
`,
  )
  const child = start(project, 'upgrade')
  const ended = once(child, 'close')
  await said(child.stderr, '[4/4]')
  const told = performance.now()
  await ended
  expect(performance.now() - told).toBeGreaterThan(200)
  expect(child.exitCode).toBe(0)
})

// It reads, so that it is run and not only carried out; long enough for a signal to arrive.
const SLOW = `await knex.raw('select 1')
  await new Promise((done) => setTimeout(done, 2000))`

test('ctrl-c lets the running revision end, and the exit code says so', async () => {
  const project = projectWith({
    '1_users': migration('users', SLOW),
    '2_teams': migration('teams'),
  })
  const child = start(project, 'upgrade')
  await said(child.stderr, '[1/2]')
  child.kill('SIGINT')
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(130)
  const tables = project.rows(`select name from sqlite_schema where name in ('users', 'teams')`)
  expect(['[]', '[{"name":"users"}]']).toContain(JSON.stringify(tables))
  expect(await project.ok('upgrade')).toContain('2_teams')
})

test('what the code of a project prints is no result', async () => {
  const project = projectWith({ '1_users': migration('users', `console.log('from the script')`) })
  project.write('knexfile.js', `console.log('from the configuration')\n${KNEXFILE}`)
  for (const args of [['show', '1_users'], ['current'], ['upgrade']]) {
    const { stdout, stderr } = await project.run([...args, '--json'])
    expect(() => JSON.parse(stdout) as unknown).not.toThrow()
    expect(stderr).toContain('from the configuration')
  }
  const { stdout } = await project.run(['upgrade', '--sql', 'base:head'])
  expect(stdout).toMatch(/create table/i)
  expect(stdout).not.toContain('from the')
})

test('ctrl-c is heard between revisions that never wait for anything', async () => {
  const busy = `await knex.raw('create table busy as with recursive n (x) as (select 1 union all select x + 1 from n where x < 3000000) select x from n')`
  const project = projectWith({
    '1_users': migration('users', busy),
    '2_teams': migration('teams'),
    '3_posts': migration('posts'),
  })
  const child = start(project, 'upgrade')
  await said(child.stderr, '[1/3]')
  child.kill('SIGINT')
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(130)
  const tables = project.rows(`select name from sqlite_schema where name in ('teams', 'posts')`)
  expect(tables).toEqual([])
})

test('a second ctrl-c stops at once and leaves nothing half done', async () => {
  const project = projectWith({ '1_users': migration('users', SLOW) })
  const child = start(project, 'upgrade')
  await said(child.stderr, '[1/1]')
  child.kill('SIGINT')
  await said(child.stderr, 'again to stop now')
  child.kill('SIGINT')
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(130)
  expect(project.rows(`select name from sqlite_schema where name = 'users'`)).toEqual([])
  await project.ok('upgrade')
})

test('a reader that has enough is no failure', async () => {
  const many = Array.from({ length: 300 }, (_, index) => [`${index}_x`, migration(`t${index}`)])
  const project = projectWith(Object.fromEntries(many) as Record<string, string>) // pairs of texts
  const child = start(project, 'history', '--verbose')
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test('a folder that is gone is told by every command that needs one', () => {
  const there = folderOf({})
  const run = (command: string) =>
    spawnSync(
      'sh',
      [
        '-c',
        `rmdir "$PWD"; "$0" "$1" ${command}`,
        process.execPath,
        join(ROOT, 'bin/migrate-tui.js'),
      ],
      {
        cwd: folderOf({}),
        encoding: 'utf8',
      },
    )
  expect(run('--version')).toMatchObject({ status: 0, stderr: '' })
  for (const command of ['current', 'check', `current --cwd ${there}`]) {
    const { status, stderr } = run(command)
    expect([status, stderr]).toEqual([2, expect.stringContaining('was started in is gone')])
    expect(stderr).toMatch(/^state +Nothing was changed\./m)
  }
  expect(JSON.parse(run('current --json').stdout)).toMatchObject({ error: { code: 'FOLDER_GONE' } })
})
