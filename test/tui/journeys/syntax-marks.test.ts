/** A script that is saved in another window and does not parse is marked in the tree, until it does. */
import { expect, test } from 'vitest'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'
import type { TestProject } from '../../support/project.js'
import { makeProject, sqliteProject } from '../../support/project.js'
import { hostsOf, startedBy } from '../../support/pty/hosts-of.js'
import { NAME } from '../../support/slow-project.js'
import { add } from '../../support/revision-line.js'

const BASE = 'aaaa00000001'
const NEXT = 'bbbb00000002'

async function twoRevisions(): Promise<TestProject> {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  add(project, { id: BASE, parents: [] })
  await project.ok('upgrade')
  add(project, { id: NEXT, parents: [BASE] })
  return project
}

/** The file of a revision, from the project. */
function fileOf(project: TestProject, id: string): string {
  const name = project.list('migrations').find((one) => one.includes(id))
  if (name === undefined) throw new Error(`${id} has no script.`)
  return `migrations/${name}`
}

test.each([
  ['a pending one', NEXT],
  ['one that is applied', BASE],
])(
  '%s is marked when it is saved, with its line, and no longer when it is mended',
  async (_, id) => {
    const project = await twoRevisions()
    const file = fileOf(project, id)
    const good = project.read(file)
    const screen = await openScreens(project)
    await screen.press(id === NEXT ? 'home' : 'end')
    await screen.waitFor(/\d model changes? *$/m)
    expect(screen.text()).not.toContain('syntax error')
    // What is sound is seen without another program.
    const helpers = hostsOf(screen).flatMap(startedBy)
    expect(helpers.filter(({ command }) => command.includes('esbuild'))).toEqual([])
    project.write(file, `${good}\nconst broken = ;\n`)
    const row = new RegExp(`${id.slice(0, 8)}.*syntax error`)
    await screen.waitFor(row)
    const line = good.split('\n').length + 1
    await screen.waitFor(`SYNTAX ERROR in line ${line}: Unexpected ";"`)
    screen.resize(80, 24)
    await screen.waitFor(row)
    project.write(file, good)
    await screen.waitFor((shown) => !shown.text().includes('syntax error'))
    expect(await quit(screen)).toBe(0)
  },
)

test('a pending one that was broken before is marked from the start', async () => {
  const project = await twoRevisions()
  const file = fileOf(project, NEXT)
  const good = project.read(file)
  project.write(file, `${good}\n}`)
  const screen = await openScreens(project)
  await screen.waitFor(/✗ .*bbbb0000.*syntax error/)
  project.write(file, good)
  await screen.waitFor((shown) => !shown.text().includes('syntax error'))
  expect(await quit(screen)).toBe(0)
})
