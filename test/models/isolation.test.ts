import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LoadFailure, LoadedModels } from '../../src/schema/desired.js'
import { modelProject } from '../support/models.js'
import type { ModelProject } from '../support/models.js'

/** The three ways in which files are loaded, each with the words it needs. */
const WAYS = {
  'CommonJS JavaScript': {
    manifest: '{}',
    extension: 'js',
    start: `const { Model } = require('objection')`,
    load: (name: string) => `require('./${name}.js')`,
    give: 'module.exports.Found = ',
  },
  'ES modules in JavaScript': {
    manifest: '{"type":"module"}',
    extension: 'js',
    start: `import { Model } from 'objection'`,
    load: (name: string) => `import './${name}.js'`,
    give: 'export const Found = ',
  },
  TypeScript: {
    manifest: '{"type":"module"}',
    extension: 'ts',
    start: `import { Model } from 'objection'`,
    load: (name: string) => `import './${name}.js'`,
    give: 'export const Found: typeof Model = ',
  },
} as const

type Way = (typeof WAYS)[keyof typeof WAYS]

/** A project with a model before and one after the files under test, by the order of their names. */
function projectWith(way: Way, bodies: Readonly<Record<string, string>>): ModelProject {
  const file = (name: string, body: string): Readonly<Record<string, string>> => ({
    [`src/models/${name}.${way.extension}`]: `${way.start}\n${body}`,
  })
  return modelProject({
    'package.json': way.manifest,
    ...file('aaa', `${way.give}class First extends Model { static tableName = 'first' }`),
    ...file('zzz', `${way.give}class Last extends Model { static tableName = 'last' }`),
    ...(Object.assign(
      {},
      ...Object.entries(bodies).map(([name, body]) => file(name, body)),
    ) as object),
  })
}

function expectOthersRead(loaded: LoadedModels): void {
  const tables = loaded.tables.map(({ table }) => table.name)
  expect(tables).toContain('first')
  expect(tables).toContain('last')
}

function failureOf(loaded: LoadedModels, name: string): LoadFailure {
  const failures = loaded.failures.filter(({ file }) => path.parse(file).name === name)
  expect(failures).toHaveLength(1)
  const [failure] = failures
  if (failure === undefined) throw new Error(`no failure of ${name}`)
  return failure
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.each(Object.entries(WAYS))('%s', (_, way) => {
  test('a module that throws is reported once, with its line, and so is what imports it', async () => {
    const project = projectWith(way, {
      bad: `\nthrow new Error('no such setting')`,
      importer: `${way.load('bad')}\n${way.give}class Importer extends Model { static tableName = 'x' }`,
    })

    const loaded = await project.load()

    expectOthersRead(loaded)
    expect(loaded.failures).toHaveLength(2)
    expect(failureOf(loaded, 'bad')).toEqual({
      file: `src/models/bad.${way.extension}`,
      model: null,
      code: 'MODEL_FILE_THREW',
      reason: 'no such setting (line 3)',
    })
    expect(failureOf(loaded, 'importer').reason).toBe(
      `imports src/models/bad.${way.extension}, which could not be loaded`,
    )
  })

  test('a syntax error is reported with its line', async () => {
    const project = projectWith(way, { bad: `\nconst x = ;` })

    const loaded = await project.load()

    expectOthersRead(loaded)
    expect(failureOf(loaded, 'bad').reason).toMatch(/Unexpected .*\(line 3\)/)
  })

  test('process.exit ends neither the loading nor the success of the others', async () => {
    const project = projectWith(way, {
      exits: `console.log('DATABASE_URL is missing')\nprocess.exit(0)`,
      swallows: `try { process.exit(1) } catch {}`,
      kills: `process.kill(process.pid, 'SIGKILL')`,
    })

    const loaded = await project.load()

    expectOthersRead(loaded)
    expect(failureOf(loaded, 'exits')).toMatchObject({
      code: 'MODEL_FILE_EXIT',
      reason: 'it called process.exit(0) while it was being loaded',
      output: 'DATABASE_URL is missing\n',
    })
    expect(failureOf(loaded, 'swallows').reason).toContain('process.exit(1)')
    expect(failureOf(loaded, 'kills').reason).toBe('ended the process (SIGKILL) while being loaded')
  })

  test('a module that never returns is given up by name, and the rest is read by another child', async () => {
    const project = projectWith(way, {
      hangs: `console.error('waiting')\nfor (;;) {}`,
      // Before the one that hangs, by its name.
      asks: way.load('hangs'),
    })

    const loaded = await project.load({ timeout: 6000 })

    expectOthersRead(loaded)
    expect(failureOf(loaded, 'hangs')).toMatchObject({
      code: 'MODEL_FILE_STUCK',
      reason: 'did not finish being loaded within 6 s',
      output: 'waiting\n',
    })
    expect(failureOf(loaded, 'asks').reason).toContain('imports src/models/hangs.')
    expect(loaded.failures).toHaveLength(2)
  })

  test('open sockets and timers keep nothing alive, and nothing is left running', async () => {
    const builtin = (name: string): string =>
      way.manifest === '{}' ? `require('node:${name}')` : `await import('node:${name}')`
    const project = projectWith(way, {
      opens: `
        const fs = ${builtin('fs')}
        const net = ${builtin('net')}
        fs.writeFileSync('pid', String(process.pid))
        net.createServer().listen(0)
        setInterval(() => {}, 1000)
        ${way.give}class Opens extends Model { static tableName = 'opens' }`,
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(loaded.tables).toHaveLength(3)
    const pid = Number(readFileSync(path.join(project.folder, 'pid'), 'utf8'))
    await expect.poll(() => isAlive(pid), { timeout: 2000 }).toBe(false)
  })

  test('what is thrown late is a note, and a failure of a file that has no class', async () => {
    const project = projectWith(way, {
      late: `
        Promise.reject(new Error('no connection'))
        ${way.give}class Late extends Model { static tableName = 'late' }`,
      lost: `\nvoid Promise.resolve().then(() => { throw new TypeError('nobody waits') })`,
    })

    const loaded = await project.load()

    expectOthersRead(loaded)
    expect(loaded.notes).toMatchObject([
      { code: 'MODEL_FILE_THREW_LATE', where: `src/models/late.${way.extension}` },
    ])
    expect(failureOf(loaded, 'lost').reason).toBe('TypeError: nobody waits (line 3)')
    expect(loaded.failures).toHaveLength(1)
  })

  test('a class that fails is reported by file, class and reason, and the rest of its file is read', async () => {
    const project = projectWith(way, {
      classes: `
        class Broken extends Model {
          static tableName = 'broken'
          static get jsonSchema() { throw new Error('no schema') }
        }
        class Loops extends Model {
          static tableName = 'loops'
          static defineTable() { for (;;) {} }
        }
        class Good extends Model { static tableName = 'good' }
        ${way.give}[Broken, Loops, Good]${way.extension === 'ts' ? ' as never' : ''}`,
    })

    const loaded = await project.load({ timeout: 6000 })

    expectOthersRead(loaded)
    expect(loaded.tables.map(({ table }) => table.name)).toContain('good')
    const file = `src/models/classes.${way.extension}`
    expect(loaded.failures).toEqual([
      {
        file,
        model: 'Loops',
        code: 'MODEL_FILE_STUCK',
        reason: 'did not finish being asked for its table within 6 s',
      },
      { file, model: 'Broken', code: 'MODEL_CLASS', reason: 'jsonSchema: no schema (line 5)' },
    ])
  })
})

test.each(['js', 'ts'])(
  'a top-level await that never ends is given up by name (%s)',
  async (extension) => {
    const project = modelProject({
      'package.json': '{"type":"module"}',
      [`src/models/a.${extension}`]: `await new Promise(() => setInterval(() => {}, 100))`,
      [`src/models/b.${extension}`]: `
      import { Model } from 'objection'
      export class B extends Model { static tableName = 'b' }`,
    })

    const loaded = await project.load({ timeout: 6000 })

    expect(loaded.tables).toHaveLength(1)
    expect(loaded.failures).toMatchObject([
      { file: `src/models/a.${extension}`, code: 'MODEL_FILE_STUCK' },
    ])
  },
)

test('a signal ends the child at once', async () => {
  const project = modelProject({ 'package.json': '{}', 'src/models/a.js': 'for (;;) {}' })
  const controller = new AbortController()
  setTimeout(() => {
    controller.abort()
  }, 300)

  const loading = project.load({ signal: controller.signal })

  await expect(loading).rejects.toMatchObject({ code: 'INTERRUPTED', exit: 130 })
})

test('a place where nothing is, is a failure, and an empty folder is none', async () => {
  const project = modelProject({
    'package.json': '{}',
    'empty/readme.md': '',
    'src/models/a.js': `
      const { Model } = require('objection')
      module.exports = class A extends Model { static tableName = 'a' }`,
  })

  const loaded = await project.load({
    paths: ['src/modles', 'src/models', 'empty', 'lib/**/*.model.js'],
  })

  expect(loaded.tables).toHaveLength(1)
  expect(loaded.failures.map(({ file, code }) => [file, code])).toEqual([
    ['src/modles', 'MODEL_FILE_MISSING'],
    ['lib/**/*.model.js', 'MODEL_FILE_MISSING'],
  ])
})
