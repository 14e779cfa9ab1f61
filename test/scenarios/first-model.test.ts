/** The example beside the models of a new project: what it says works where it stands. */
import { expect, test } from 'vitest'
import { makeProject, type TestProject } from '../support/project.js'

test.each([
  ['a CommonJS project', { 'package.json': '{"name":"shop","type":"commonjs"}' }, 'models', 'js'],
  ['no package.json', {}, 'models', 'js'],
  ['a project of modules', { 'package.json': '{"name":"shop","type":"module"}' }, 'models', 'js'],
  [
    'a TypeScript project',
    { 'package.json': '{"name":"shop"}', 'tsconfig.json': '{"compilerOptions":{"strict":true}}' },
    'src/models',
    'ts',
  ],
] as const)(
  'the model that init shows in %s is read as it stands',
  async (_what, files, at, ext) => {
    const project = makeProject(files)
    await project.ok('init')
    project.write(`${at}/user.${ext}`, exampleIn(project, `${at}/README.md`))
    expect(await project.json('check')).toMatchObject({
      upToDate: false,
      changes: [{ kind: 'createTable', table: 'users' }],
      notes: [],
    })
  },
)

test('without a model the folder to write one in is named, and the example there', async () => {
  const project = makeProject()
  await project.ok('init')
  const { code, stderr } = await project.run(['migrate'])
  expect(code).toBe(2)
  expect(stderr).toContain('Looked in models.')
  expect(stderr).toContain('models/README.md shows one')
})

test('no example is named where there is none', async () => {
  const project = makeProject()
  await project.ok('init')
  project.write('migrate-tui.config.js', CONFIG)
  project.write('lib/none.js', '')
  const { stderr } = await project.run(['migrate'])
  expect(stderr).toContain('Looked in lib/*.js.')
  expect(stderr).not.toContain('README')
})

const CONFIG = `module.exports = {
  knex: { client: 'better-sqlite3', connection: { filename: './dev.sqlite3' } },
  models: './lib/*.js',
}
`

/** The code between the first fences. */
function exampleIn(project: TestProject, readme: string): string {
  return /^```[jt]s\n([^]*?)^```$/m.exec(project.read(readme))?.[1] ?? ''
}
