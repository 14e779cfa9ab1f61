/** The figures of PostgreSQL and MariaDB: the servers of the tests, each started when it is first measured. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { tsImport } from 'tsx/esm/api'
import * as generate from './generate.mjs'

const SQL = new URL('sql.mjs', import.meta.url).pathname
const DATABASE = 'bench'

const ENGINES = [
  {
    label: 'PostgreSQL',
    client: 'pg',
    start: async () =>
      (await tsImport('../support/servers/postgres.ts', import.meta.url)).startPostgres(18),
    recreate: [`drop database if exists ${DATABASE} with (force)`, `create database ${DATABASE}`],
  },
  {
    label: 'MariaDB',
    client: 'mysql2',
    start: async () =>
      (await tsImport('../support/servers/mariadb.ts', import.meta.url)).startMariadb(),
    recreate: [`drop database if exists ${DATABASE}`, `create database ${DATABASE}`],
  },
]

/**
 * The figures by title, each a function that prepares it, and `stop` for the servers that were started.
 * @param {{folder: Function, ours: Function, knex: Function, must: Function}} tools those of the benchmark
 */
export function serverFigures(tools) {
  const running = new Map()
  const serverOf = async (engine) => {
    const server = running.get(engine.label) ?? (await engine.start())
    running.set(engine.label, server)
    const url = new URL(server.url)
    url.pathname = `/${DATABASE}`
    return {
      env: { DB_CLIENT: engine.client, DB_URL: url.href },
      reset: () => sql(server.url, engine.recreate),
    }
  }
  const figures = Object.fromEntries(
    ENGINES.flatMap((engine) =>
      Object.entries(figuresOf(tools)).map(([title, prepare]) => [
        `${engine.label}: ${title}`,
        async () => prepare(await serverOf(engine)),
      ]),
    ),
  )
  const stop = async () => {
    for (const server of running.values()) await server.stop()
  }
  return { figures, stop }
}

function figuresOf({ folder, ours, knex, must }) {
  const models = (name) => folder(name, (at) => generate.commonJsModels(at, 1000))
  return {
    'first migrate of 1,000 tables': ({ env, reset }) => {
      const cwd = models('models-first')
      reset()
      const before = () => fs.rmSync(path.join(cwd, 'migrations'), { recursive: true, force: true })
      return [{ name: 'migrate-tui', command: ours('migrate', '-m', 'first'), cwd, env, before }]
    },
    'applying it': ({ env, reset }) => {
      const cwd = models('models-apply')
      reset()
      must(ours('migrate', '-m', 'first'), cwd, env)
      return [{ name: 'migrate-tui', command: ours('upgrade'), cwd, env, before: reset }]
    },
    'clean check of 1,000 tables': ({ env, reset }) => {
      const cwd = models('models-check')
      reset()
      must(ours('migrate', '-m', 'first'), cwd, env)
      must(ours('upgrade'), cwd, env)
      return [{ name: 'migrate-tui', command: ours('check'), cwd, env }]
    },
    'upgrade through 1,000 revisions': ({ env, reset }) => {
      const mine = folder('ours-1000', (at) => generate.revisionHistory(at, 1000))
      const theirs = folder('knex-1000', (at) => generate.knexHistory(at, 1000))
      const latest = knex('migrate:latest')
      return [
        { name: 'migrate-tui', command: ours('upgrade'), cwd: mine, env, before: reset },
        { name: 'knex migrate:latest', command: latest, cwd: theirs, env, before: reset },
      ]
    },
  }
}

function sql(url, statements) {
  const { status, stderr } = spawnSync(process.execPath, [SQL, url, ...statements], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
}
