/** A command that was typed goes on in a process of its own: leaving waits for it. */
import { expect, test } from 'vitest'
import { openScreens } from '../../support/open-screens.js'
import { MANY, SLOW, twoRevisions } from '../../support/slow-project.js'

test('leaving waits for an upgrade that was typed, and says where the database stands then', async () => {
  const project = twoRevisions(SLOW)
  project.exec(MANY)
  const screen = await openScreens(project)
  await screen.press(':')
  screen.type('upgrade head --allow-destructive\r')
  await screen.waitFor('running')
  await screen.waitFor(/aaaa0000/)
  await screen.press('q')
  await screen.waitFor('A command is running')
  await screen.press('escape', 'ctrl+c')
  await screen.waitFor('after its revision')
  expect(await screen.exit).toBe(0)
  expect(screen.text()).toContain('went from base to')
  expect(project.rows('select revision from migrate_tui_revisions')[0]).toEqual({
    revision: 'aaaa00000001',
  })
}, 120_000)
