/** Names with the signs that `--rename` and `--fill` are read by: what the output suggests, typed as it stands, answers. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeProject, modelsFile, sqliteProject, type TestProject } from '../support/project.js'

const OLD = ['a.b', 'c:d', 'e=f', '"g"', `h'"i`]
const NEW = ['a.b c', 'c:dd', 'e=ff', '"gg"', `h'"ii`]

function model(names: readonly string[], more = ''): string {
  const columns = names.map((name) => `table.string(${JSON.stringify(name)}, 20)`)
  return `exports.Odd = class Odd extends Model {
  static tableName = 'od:d'
  static defineTable(table) {
    table.increments()
    ${columns.join('\n    ')}
    ${more}
  }
}`
}

/** The words of a suggested option, as a shell splits them. */
function typed(flag: string): readonly string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${flag}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
}

async function withRow(): Promise<TestProject> {
  const project = makeProject(sqliteProject(model(OLD)))
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  project.exec(`insert into "od:d" ("a.b", "c:d", "e=f") values ('1', '2', '3')`)
  return project
}

test('a suggested rename is taken as it is printed', async () => {
  const project = await withRow()
  project.write('models/index.js', modelsFile(model(NEW)))
  const { stdout } = await project.run(['migrate', '--plan'])
  const flags = stdout.split('\n').filter((line) => line.trim().startsWith('--rename '))
  expect(flags).toHaveLength(NEW.length)
  await project.ok('migrate', '-m', 'two', ...flags.flatMap(typed))
  await project.ok('upgrade')
  expect(project.rows('select "a.b c", "c:dd", "e=ff" from "od:d"')).toEqual([
    { 'a.b c': '1', 'c:dd': '2', 'e=ff': '3' },
  ])
  await project.ok('check')
})

test('a suggested fill is taken as it is printed', async () => {
  const project = await withRow()
  project.write('models/index.js', modelsFile(model(OLD, `table.integer('n.e=w:').notNullable()`)))
  const { stderr } = await project.run(['migrate', '-m', 'not filled'])
  const [, flag = ''] = /`(--fill .+=)<sql expression>`/.exec(stderr) ?? []
  rmSync(path.join(project.folder, 'migrations', project.list('migrations').at(-1) ?? ''))
  await project.ok('migrate', '-m', 'two', ...typed(`${flag}7`))
  await project.ok('upgrade')
  expect(project.rows('select "n.e=w:" as n from "od:d"')).toEqual([{ n: 7 }])
  await project.ok('check')
})
