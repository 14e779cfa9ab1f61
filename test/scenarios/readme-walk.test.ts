/** The first day as the README tells it, word for word, in an empty folder with the packed package. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { projectAt, ROOT, runCommand } from '../support/project.js'
import type { TestProject } from '../support/project.js'

type Part =
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string }

/** Every command of the day in order, and what it must say. */
const SAYS: readonly (readonly [command: string, said: RegExp])[] = [
  ['npm init -y', /"name"/],
  ['npm install knex objection better-sqlite3 migrate-tui', /added \d+ packages/],
  ['npx migrate-tui init --template javascript', /migrate-tui\.config\.js/],
  ['npx migrate-tui migrate -m "create users"', /users/],
  ['npx migrate-tui upgrade', /From base to [0-9a-f]{12}: 1 revision/],
  ['npx migrate-tui check', /No difference/],
  ['npx migrate-tui diff', /level/],
  ['npx migrate-tui migrate -m "levels"', /level/],
  ['npx migrate-tui upgrade', /From [0-9a-f]{12} to [0-9a-f]{12}: 1 revision/],
  ['npx migrate-tui history --indicate-current', /levels[^]*create users/],
  ['npx migrate-tui downgrade -1 --allow-destructive', /Copy of the database/],
  ['npx migrate-tui upgrade', /From [0-9a-f]{12} to [0-9a-f]{12}: 1 revision/],
]

test('the first day ends with both revisions applied', { timeout: 300_000 }, async () => {
  const day = partsOf(firstDay(readFileSync(path.join(ROOT, 'README.md'), 'utf8')))
  const commands = day.flatMap((part) => (part.kind === 'command' ? [part.line] : []))
  expect(commands).toEqual(SAYS.map(([command]) => command))

  const project = emptyProject()
  const tarball = await packed()
  const says = SAYS.map(([, said]) => said)
  for (const part of day) {
    if (part.kind === 'file') {
      project.write(part.path, part.text)
      continue
    }
    const said = says.shift() ?? /^$/
    const result = await shell(project, installable(part.line, tarball))
    const all = `$ ${part.line}\n${result.stdout}${result.stderr}`
    expect(result.code, all).toBe(0)
    expect(all.slice(all.indexOf('\n'))).toMatch(said)
    if (part.line.startsWith('npm install')) linkDriver(project)
  }

  const scripts = project.list('migrations').filter((name) => name.endsWith('.js'))
  expect(scripts).toHaveLength(2)
  const tables = project.rows(
    `select name from sqlite_schema where name = 'users'`,
    databaseOf(project),
  )
  expect(tables).toHaveLength(1)
  const columns = project.rows(`select name from pragma_table_info('users')`, databaseOf(project))
  expect(columns.map((row) => row.name)).toContain('level')
})

/** The text between the heading and the next. */
function firstDay(readme: string): string {
  const [, text] = readme.split('\n## Your first day\n')
  return (text ?? '').split('\n## ')[0] ?? ''
}

function partsOf(text: string): readonly Part[] {
  return [...text.matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm)].flatMap(
    ([, language, where = '', body = '']): readonly Part[] => {
      if (language === 'js') return [{ kind: 'file', path: where, text: body }]
      const lines = body.split('\n').filter((line) => line.startsWith('$ '))
      return lines.map((line) => ({ kind: 'command', line: line.slice(2) }))
    },
  )
}

function emptyProject(): TestProject {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-first-day-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return projectAt(folder)
}

/** The package as it would be published, from what is built. */
async function packed(): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-pack-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const result = await runCommand(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    { cwd: ROOT, env: {} },
  )
  expect(result.code, result.stderr).toBe(0)
  return path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
}

/**
 * The README's install with the packed package instead of the published one. The driver's own
 * install script is left out: compiling SQLite takes over a minute where no prebuilt driver fits.
 */
function installable(line: string, tarball: string): string {
  return line.startsWith('npm install')
    ? `${line.replace('migrate-tui', tarball)} --no-audit --no-fund --prefer-offline --ignore-scripts`
    : line
}

/** Our own copy of the driver, which is compiled already, in the place of the one just installed. */
function linkDriver(project: TestProject): void {
  const modules = path.join(project.folder, 'node_modules')
  rmSync(path.join(modules, 'better-sqlite3'), { recursive: true })
  mkdirSync(modules, { recursive: true })
  symlinkSync(path.join(ROOT, 'node_modules/better-sqlite3'), path.join(modules, 'better-sqlite3'))
}

function shell(project: TestProject, line: string): ReturnType<typeof runCommand> {
  return runCommand('sh', ['-c', line], { cwd: project.folder, env: { NODE_ENV: '' } })
}

function databaseOf(project: TestProject): string {
  return project.list('.').find((name) => name.endsWith('.sqlite3')) ?? 'dev.sqlite3'
}
