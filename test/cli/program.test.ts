import { expect, test } from 'vitest'
import { packageVersion } from '../../src/project/package-folder.js'
import { folderOf } from '../support/folder.js'
import { runInProcess } from '../support/program.js'

test('the version is printed alone', async () => {
  const run = await runInProcess(['--version'], { cwd: folderOf({}) })
  expect(run).toEqual({ exit: 0, stdout: `${packageVersion()}\n`, stderr: '' })
})

test('the version is a document for a program that asks for one', async () => {
  const run = await runInProcess(['--version', '--json'], { cwd: folderOf({}) })
  expect(JSON.parse(run.stdout)).toEqual({ version: packageVersion() })
})

test('a person who asks gets the help, and a program without a command an error', async () => {
  const cwd = folderOf({})
  const atTerminal = await runInProcess(['--help'], { cwd, columns: 80 })
  expect(atTerminal.exit).toBe(0)
  expect(atTerminal.stdout).toContain('Usage: migrate-tui <command>')
  const inPipe = await runInProcess([], { cwd })
  expect(inPipe.exit).toBe(2)
  expect(inPipe.stdout).toBe('')
  expect(inPipe.stderr).toContain('No command was given.')
})

test('help is the same behind a command and before it', async () => {
  const cwd = folderOf({})
  const behind = await runInProcess(['upgrade', '--help'], { cwd })
  const before = await runInProcess(['help', 'upgrade'], { cwd })
  expect(behind).toEqual(before)
  expect(behind.stdout).toContain('--allow-destructive-rev <rev>')
  expect((await runInProcess(['help', 'upgrad'], { cwd })).exit).toBe(2)
})

test('wrong usage is told on standard error with what to type', async () => {
  const run = await runInProcess(['upgrade', '--sq'], { cwd: folderOf({}) })
  expect(run).toEqual({
    exit: 2,
    stdout: '',
    stderr: `error  upgrade has no option --sq. Did you mean --sql?
state  Nothing was changed.
next   Type migrate-tui upgrade --help for what it takes.
       [USAGE]
`,
  })
})

test('with --json a failure is one document on standard output', async () => {
  const run = await runInProcess(['--json', 'upgrade', '--sq'], { cwd: folderOf({}) })
  expect(run.exit).toBe(2)
  expect(run.stderr).toBe('')
  expect(JSON.parse(run.stdout)).toEqual({
    error: {
      code: 'USAGE',
      message: 'upgrade has no option --sq. Did you mean --sql?',
      hint: 'Type migrate-tui upgrade --help for what it takes.',
      state: 'Nothing was changed.',
    },
  })
})

test('the stack is shown only to those who ask for it', async () => {
  const cwd = folderOf({})
  expect((await runInProcess(['upgrad'], { cwd })).stderr).not.toContain('    at ')
  expect((await runInProcess(['upgrad', '-v'], { cwd })).stderr).toContain('    at ')
  // The letters behind -m are its value.
  expect((await runInProcess(['migrate', '-mlevels', '--sq'], { cwd })).stderr).not.toContain(
    '    at ',
  )
})

test('a value that looks like a switch asks for nothing', async () => {
  const run = await runInProcess(['migrate', '-m', '--json', '--sq'], { cwd: folderOf({}) })
  expect([run.exit, run.stdout]).toEqual([2, ''])
})

test.each([
  [{}, 80, true],
  [{ NO_COLOR: '1' }, 80, false],
  [{ TERM: 'dumb' }, 80, false],
  [{ FORCE_COLOR: '1' }, undefined, true],
  [{ FORCE_COLOR: '0' }, 80, false],
  [{}, undefined, false],
])('colour with %j at %j columns: %j', async (env, columns, isColoured) => {
  const place = { cwd: folderOf({}), env, ...(columns === undefined ? {} : { columns }) }
  const run = await runInProcess(['help', 'current'], place)
  expect(run.stdout.includes('\u001b[')).toBe(isColoured)
  const without = await runInProcess(['help', 'current', '--no-color'], place)
  expect(without.stdout).not.toContain('\u001b[')
})

test('a terminal that does not know its size gets lines of the usual width', async () => {
  const cwd = folderOf({
    'migrate-tui.config.js': `module.exports = { knex: { client: 'better-sqlite3', connection: { filename: 'dev.sqlite3' } } }`,
    'migrations/20260101000000_users.js': 'exports.up = async () => {}',
  })
  const sized = await runInProcess(['history', '--no-color'], { cwd, columns: 80 })
  expect(sized.stdout).toContain('20260101000000_users  head')
  expect(await runInProcess(['history', '--no-color'], { cwd, columns: 0 })).toEqual(sized)
})

test('a folder that is not there is refused', async () => {
  const run = await runInProcess(['current', '--cwd', 'nowhere'], { cwd: folderOf({}) })
  expect(run.exit).toBe(2)
  expect(run.stderr).toContain('There is no folder')
})

test('completion prints a script', async () => {
  const run = await runInProcess(['completion', 'zsh'], { cwd: folderOf({}) })
  expect(run.stdout).toMatch(/^#compdef migrate-tui\n/)
})
