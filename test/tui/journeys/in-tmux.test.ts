/** Inside of tmux, as it is without a configuration. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { usersModel } from '../../support/open-screens.js'
import { makeProject, ROOT, sqliteProject, type TestProject } from '../../support/project.js'
import { openTmux, type Tmux } from '../../support/pty/tmux.js'
import { add } from '../../support/revision-line.js'

const SCREENS = `${process.execPath} ${path.join(ROOT, 'bin/migrate-tui.js')}`

/** The model, and a revision that makes its table. */
function usersProject(): TestProject {
  const project = makeProject(sqliteProject(usersModel("table.string('name', 80)")))
  add(project, {
    id: 'aaaa00000001',
    parents: [],
    up: `await knex.schema.createTable('users', (t) => { t.increments(); t.string('name', 80) })`,
  })
  return project
}

async function openScreens(tmux: Tmux): Promise<void> {
  await tmux.waitFor('shell>')
  tmux.line(SCREENS)
  await tmux.waitFor(/model changes? *$/m)
}

/** Whether the window is a shell's again: the normal screen, a cursor, lines that wrap, no mouse. */
async function expectGivenBack(tmux: Tmux): Promise<void> {
  await tmux.waitFor(() => tmux.flag('alternate_on') === '0')
  expect(['cursor_flag', 'wrap_flag', 'mouse_any_flag'].map(tmux.flag)).toEqual(['1', '1', '0'])
  tmux.line('echo "sane: $(stty -a | grep -c "isig icanon iexten echo")"')
  await tmux.waitFor('sane: 1')
  // What was asked before is not on the screen for the next time.
  tmux.line('clear')
}

test('an upgrade, a copy, a suspension with another size, and the terminal back', async () => {
  const project = usersProject()
  const tmux = openTmux(project.folder)
  await openScreens(tmux)
  expect(tmux.flag('alternate_on')).toBe('1')
  tmux.keys('u')
  await tmux.waitFor('nothing ran yet')
  tmux.keys('Enter')
  await tmux.waitFor('Done: the database is at')
  tmux.keys('Escape')
  await tmux.waitFor(/0 pending · 0 model changes *$/m)

  tmux.keys('y')
  await tmux.waitFor('Copy')
  tmux.keys('Enter')
  await tmux.waitFor('is in the clipboard')
  expect(tmux.ask('show-buffer')).toBe('aaaa00000001')

  tmux.keys('C-z')
  await tmux.waitFor('Stopped')
  await expectGivenBack(tmux)
  tmux.ask('resize-window', '-x', '80', '-y', '24')
  tmux.line('fg')
  await tmux.waitFor('[Revisions 1/1]')
  tmux.ask('resize-window', '-x', '120', '-y', '35')
  await tmux.waitFor(/0 pending · 0 model changes *$/m)

  tmux.keys('q')
  await tmux.waitFor('The same on the command line')
  expect(tmux.text()).toContain('migrate-tui upgrade')
  await expectGivenBack(tmux)
  expect(project.rows('select revision from migrate_tui_revisions')).toHaveLength(1)
})

test.each(['SIGINT', 'SIGTERM', 'SIGQUIT'] as const)(
  '%s gives the terminal back',
  async (signal) => {
    const tmux = openTmux(usersProject().folder)
    await openScreens(tmux)
    const shell = tmux.flag('pane_pid')
    const [screens = ''] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').split(' ')
    process.kill(Number(screens), signal)
    await expectGivenBack(tmux)
  },
)
