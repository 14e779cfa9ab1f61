/** Throw-away projects in temporary folders, and the built command run in them as a process of its own. */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a project's own node_modules would hold. */
const PACKAGES = [
  'knex',
  'objection',
  'better-sqlite3',
  'typescript',
  '@types',
  'pg',
  'mysql2',
  'sqlite3',
  'tsx',
]

export interface RunResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface TestProject {
  readonly folder: string
  /** Runs the built command; `input` is typed into its (non-terminal) standard input. */
  run(
    args: readonly string[],
    options?: { readonly env?: Record<string, string>; readonly cwd?: string },
  ): Promise<RunResult>
  /** Like `run`, and fails the test with all that was printed unless the exit code is 0. */
  ok(...args: readonly string[]): Promise<string>
  /** The JSON document of a command, whatever its exit code. */
  json(...args: readonly string[]): Promise<unknown>
  write(file: string, text: string): void
  read(file: string): string
  /** File names in a folder of the project, sorted; none where the folder is missing. */
  list(folder: string): readonly string[]
  /** Rows of the SQLite database of the project. */
  rows(sql: string, file?: string): readonly Record<string, unknown>[]
  /** Runs statements on the SQLite database of the project, foreign keys enforced. */
  exec(sql: string, file?: string): void
}

/**
 * A project with these files, removed when the test is over. A test that runs beside others gives
 * its own `onTestFinished`, since the common one may belong to another.
 */
export function makeProject(
  files: Readonly<Record<string, string>> = {},
  whenDone: (remove: () => void) => void = onTestFinished,
): TestProject {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-'))
  whenDone(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  linkPackages(folder)
  const project = projectAt(folder)
  for (const [file, text] of Object.entries(files)) project.write(file, text)
  return project
}

/** Links the packages that a project would have installed, and this one, into a folder. */
function linkPackages(folder: string): void {
  const modules = path.join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  for (const name of PACKAGES) {
    const from = path.join(ROOT, 'node_modules', name)
    if (existsSync(from)) symlinkSync(from, path.join(modules, name))
  }
  symlinkSync(ROOT, path.join(modules, 'migrate-tui'))
}

/** An existing folder as a project. */
export function projectAt(folder: string): TestProject {
  const at = (file: string): string => path.join(folder, file)
  const database = (file: string): Database.Database => new Database(at(file))
  const project: TestProject = {
    folder,
    run: (args, options) =>
      runCommand(process.execPath, [path.join(ROOT, 'bin/migrate-tui.js'), ...args], {
        cwd: options?.cwd ?? folder,
        env: options?.env ?? {},
      }),
    async ok(...args) {
      const result = await project.run(args)
      if (result.code !== 0) {
        throw new Error(
          `migrate-tui ${args.join(' ')}: exit ${result.code}\n${result.stdout}\n${result.stderr}`,
        )
      }
      return result.stdout
    },
    async json(...args) {
      const result = await project.run([...args, '--json'])
      try {
        return JSON.parse(result.stdout) as unknown
      } catch {
        throw new Error(`no JSON: exit ${result.code}\n${result.stdout}\n${result.stderr}`)
      }
    },
    write(file, text) {
      mkdirSync(path.dirname(at(file)), { recursive: true })
      writeFileSync(at(file), text)
    },
    read: (file) => readFileSync(at(file), 'utf8'),
    list: (inside) => (existsSync(at(inside)) ? readdirSync(at(inside)).toSorted() : []),
    rows(sql, file = 'dev.sqlite3') {
      const db = database(file)
      try {
        return db.prepare(sql).all() as Record<string, unknown>[]
      } finally {
        db.close()
      }
    },
    exec(sql, file = 'dev.sqlite3') {
      const db = database(file)
      try {
        db.exec(sql)
      } finally {
        db.close()
      }
    },
  }
  return project
}

/** Runs a program to its end without a terminal. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, stdout, stderr })
    })
  })
}

/** The files of a small project in CommonJS on SQLite, with the models that are given as class bodies. */
export function sqliteProject(models: string): Readonly<Record<string, string>> {
  return {
    'package.json': '{"name":"shop","type":"commonjs"}\n',
    'knexfile.js': `module.exports = {
  client: 'better-sqlite3',
  connection: { filename: './dev.sqlite3' },
  useNullAsDefault: true,
}
`,
    'migrate-tui.config.js': `module.exports = {
  knex: './knexfile.js',
  models: ['./models'],
  migrations: './migrations',
}
`,
    'models/index.js': modelsFile(models),
  }
}

/** A module of models: `models` are statements that assign to `exports`. */
export function modelsFile(models: string): string {
  return `const { Model } = require('objection')\n${models}\n`
}
