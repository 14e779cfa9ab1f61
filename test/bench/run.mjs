/**
 * The benchmark, as a command: whole processes of migrate-tui, of Knex's own command line and of
 * Alembic where Python has it, on histories and schemas made here, in one run on one machine.
 *   npm run bench [-- --runs 5] [--only history,PostgreSQL] [--markdown]
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { alembicEntries } from './alembic.mjs'
import * as generate from './generate.mjs'
import { measure } from './measure.mjs'
import { serverFigures } from './servers.mjs'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    markdown: { type: 'boolean', default: false },
  },
})
const root = new URL('../..', import.meta.url).pathname
const base = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-bench-'))
const ours = (...args) => [process.execPath, path.join(root, 'bin/migrate-tui.js'), ...args]
const knex = (...args) => [
  process.execPath,
  path.join(root, 'node_modules/knex/bin/cli.js'),
  ...args,
]

/** A fresh folder of a project, with our packages within reach. */
function folder(name, fill) {
  const made = path.join(base, name)
  fs.mkdirSync(made, { recursive: true })
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(made, 'node_modules'))
  fill(made)
  return made
}

const clean =
  (cwd, ...files) =>
  () => {
    for (const file of files)
      for (const tail of ['', '-wal', '-shm', '-journal'])
        fs.rmSync(path.join(cwd, file + tail), { force: true })
  }

const restore = (cwd, from) => () => {
  clean(cwd, 'dev.sqlite3')()
  fs.copyFileSync(path.join(cwd, from), path.join(cwd, 'dev.sqlite3'))
}

function must(command, cwd, env = {}) {
  const result = spawnSync(command[0], command.slice(1), {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, DB_FILE: path.join(cwd, 'dev.sqlite3'), ...env },
  })
  if (result.status !== 0)
    throw new Error(
      `${command.join(' ')}: exit ${result.status}\n${result.stdout.slice(-1500)}${result.stderr.slice(-1500)}`,
    )
}

function historyProjects(count) {
  return {
    ours: folder(`ours-${count}`, (f) => generate.revisionHistory(f, count)),
    knex: folder(`knex-${count}`, (f) => generate.knexHistory(f, count)),
  }
}

const alembic = alembicEntries({ folder, clean, must })

const figures = {
  'current, 10 revisions': () => {
    const at = historyProjects(10)
    must(ours('upgrade'), at.ours)
    must(knex('migrate:latest'), at.knex)
    return [
      { name: 'migrate-tui', command: ours('current'), cwd: at.ours },
      {
        name: 'knex migrate:currentVersion',
        command: knex('migrate:currentVersion'),
        cwd: at.knex,
      },
      ...alembic.current(10),
    ]
  },
  'history of 10,000 revisions': () => {
    const at = historyProjects(10000)
    return [
      { name: 'migrate-tui', command: ours('history'), cwd: at.ours },
      ...alembic.history(10000),
    ]
  },
  'upgrade through 1,000 revisions': () => {
    const at = historyProjects(1000)
    return [
      {
        name: 'migrate-tui',
        command: ours('upgrade'),
        cwd: at.ours,
        before: clean(at.ours, 'dev.sqlite3'),
      },
      {
        name: 'knex migrate:latest',
        command: knex('migrate:latest'),
        cwd: at.knex,
        before: clean(at.knex, 'dev.sqlite3'),
      },
      ...alembic.upgrade(1000),
    ]
  },
  'downgrade of 1,000 revisions to base': () => {
    const at = historyProjects(1000)
    must(ours('upgrade'), at.ours)
    fs.copyFileSync(path.join(at.ours, 'dev.sqlite3'), path.join(at.ours, 'full.sqlite3'))
    must(knex('migrate:latest'), at.knex)
    fs.copyFileSync(path.join(at.knex, 'dev.sqlite3'), path.join(at.knex, 'full.sqlite3'))
    return [
      {
        name: 'migrate-tui',
        command: ours('downgrade', 'base', '--allow-destructive', '--no-backup'),
        cwd: at.ours,
        before: restore(at.ours, 'full.sqlite3'),
      },
      {
        name: 'knex migrate:rollback --all',
        command: knex('migrate:rollback', '--all'),
        cwd: at.knex,
        before: restore(at.knex, 'full.sqlite3'),
      },
    ]
  },
  'first migrate of 1,000 tables': () => {
    const at = folder('models-first', (f) => generate.commonJsModels(f, 1000))
    const reset = () => {
      clean(at, 'dev.sqlite3')()
      fs.rmSync(path.join(at, 'migrations'), { recursive: true, force: true })
    }
    return [
      { name: 'migrate-tui', command: ours('migrate', '-m', 'first'), cwd: at, before: reset },
      ...alembic.first(1000),
    ]
  },
  'applying it': () => {
    const at = folder('models-apply', (f) => generate.commonJsModels(f, 1000))
    must(ours('migrate', '-m', 'first'), at)
    return [
      { name: 'migrate-tui', command: ours('upgrade'), cwd: at, before: clean(at, 'dev.sqlite3') },
      ...alembic.apply(1000),
    ]
  },
  'migrate of a column more in 300 of 1,000 tables': () => {
    const at = folder('models-more', (f) => generate.commonJsModels(f, 1000))
    must(ours('migrate', '-m', 'first'), at)
    must(ours('upgrade'), at)
    generate.oneMoreColumn(at, 300)
    const scripts = path.join(at, 'migrations')
    const reset = () => {
      for (const name of fs.readdirSync(scripts))
        if (name.endsWith('_more.js')) fs.rmSync(path.join(scripts, name))
    }
    return [{ name: 'migrate-tui', command: ours('migrate', '-m', 'more'), cwd: at, before: reset }]
  },
  'clean check of 1,000 tables, one CommonJS file': () => {
    const at = folder('models-check', (f) => generate.commonJsModels(f, 1000))
    must(ours('migrate', '-m', 'first'), at)
    must(ours('upgrade'), at)
    return [{ name: 'migrate-tui', command: ours('check'), cwd: at }, ...alembic.compare(1000)]
  },
  'clean check of 1,000 tables, 1,000 TypeScript files': () => {
    const at = folder('models-ts', (f) => generate.typeScriptModels(f, 1000))
    must(ours('migrate', '-m', 'first'), at)
    must(ours('upgrade'), at)
    const cache = path.join(at, 'node_modules/.cache/migrate-tui')
    return [
      {
        name: 'migrate-tui, cold',
        command: ours('check'),
        cwd: at,
        before: () => fs.rmSync(cache, { recursive: true, force: true }),
      },
      {
        name: 'migrate-tui, cached',
        command: ours('check'),
        cwd: at,
        before: () => must(ours('check'), at),
      },
    ]
  },
}

const servers = serverFigures({ folder, ours, knex, must })

try {
  const rows = []
  let n = 0
  for (const [title, prepare] of Object.entries({ ...figures, ...servers.figures })) {
    if (values.only !== undefined && !values.only.split(',').some((part) => title.includes(part)))
      continue
    const entries = await prepare()
    const measured = measure(entries, Number(values.runs))
    const [first] = measured
    for (const row of measured) {
      const ratio = row === first ? '' : `${row.ratio.toFixed(2)} x ours`
      rows.push([
        title,
        row.name,
        row.seconds.toFixed(2),
        row.best.toFixed(2),
        row.megabytes > 0 ? row.megabytes.toFixed(0) : '',
        ratio,
      ])
      if (!values.markdown)
        console.log(
          `${title.padEnd(52)} ${row.name.padEnd(30)} ${row.seconds.toFixed(3)} s  (best ${row.best.toFixed(3)})  ${row.megabytes.toFixed(0).padStart(4)} MB  ${ratio}`,
        )
    }
    for (const made of fs.readdirSync(base))
      fs.renameSync(path.join(base, made), path.join(base, `done-${n++}`))
  }
  if (values.markdown) {
    console.log('| what | command | seconds | best | peak MB | ratio |\n|---|---|---|---|---|---|')
    for (const row of rows) console.log(`| ${row.join(' | ')} |`)
  }
} finally {
  await servers.stop()
  fs.rmSync(base, { recursive: true, force: true })
}
