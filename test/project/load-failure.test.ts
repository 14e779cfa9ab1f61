/** Configurations that do not load: the place is told whatever kind of module it is. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfigFile } from '../../src/project/knexfile.js'
import { folderOf } from '../support/folder.js'
import { makeProject } from '../support/project.js'
import { migrateErrorOf } from '../support/thrown.js'

const BROKEN = `{\n  models: ['x'\n}\n`
const EXPECTED = 'line 3, column 1: Expected "]" but found "}"'

test.each([
  ['k.cjs', `module.exports = ${BROKEN}`],
  ['k.ts', `export default ${BROKEN}`],
])('%s that breaks off is told with the place', async (name, text) => {
  const path = join(folderOf({ [name]: text }), name)
  const error = await migrateErrorOf(() => loadConfigFile(path, []))
  expect(error.message).toBe(`${name} does not load: ${EXPECTED}`)
  expect(error.why).toBe('It reads: }')
  expect(error.fix).toContain(path)
  expect([error.code, error.exit]).toEqual(['CONFIG_LOAD', 2])
  expect(error.details).toMatchObject({ path, file: path, line: 3, column: 1 })
})

test.each([
  ['k.cjs', `module.exports = require('./db.cjs')`, 'db.cjs', `module.exports = ${BROKEN}`],
  ['k.ts', `import db from './db'; export default db`, 'db.ts', `export default ${BROKEN}`],
])('%s that asks for a broken file names that one', async (name, text, other, broken) => {
  const path = join(folderOf({ [name]: text, [other]: broken }), name)
  const error = await migrateErrorOf(() => loadConfigFile(path, []))
  expect(error.message).toBe(`${name} does not load: ${other}, ${EXPECTED}`)
})

test('what a file throws itself is told in its words', async () => {
  const path = join(folderOf({ 'k.cjs': `throw new SyntaxError('no DB_HOST')` }), 'k.cjs')
  const error = await migrateErrorOf(() => loadConfigFile(path, []))
  expect(error.message).toBe('k.cjs does not load: no DB_HOST')
  expect(error.why).toBe(`The file is ${path}.`)
})

// Node itself must import them: the test runner puts its own words in the place of Node's.
test.each(['mjs', 'js'])('of an ES module, .%s, the command tells the place', async (extension) => {
  const name = `migrate-tui.config.${extension}`
  const { code, stderr } = await makeProject({ [name]: `export default ${BROKEN}` }).run([
    'current',
  ])
  expect(stderr).toContain(`${name} does not load: ${EXPECTED}`)
  expect(code).toBe(2)
})
