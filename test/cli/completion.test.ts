import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completionScript } from '../../src/cli/completion.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { folderOf } from '../support/folder.js'

/** What bash offers behind a command line; the last word is the one being typed. */
function offered(words: readonly string[]): readonly string[] {
  const folder = folderOf({
    'completion.bash': completionScript('bash'),
    'sub/x': '',
    'two words/x': '',
  })
  const list = words.map((word) => `'${word}'`).join(' ')
  const script = `source ${join(folder, 'completion.bash')}
    COMP_WORDS=(migrate-tui ${list}); COMP_CWORD=${words.length}
    _migrate_tui; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: folder })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

test('bash offers commands', () => {
  expect(offered(['up'])).toEqual(['upgrade'])
  expect(offered([''])).toEqual(expect.arrayContaining(COMMANDS.map(({ name }) => name)))
})

test('bash offers the options of the command, also behind options of the program', () => {
  expect(offered(['upgrade', '--dr'])).toEqual(['--dry-run'])
  expect(offered(['--database', 'shop', 'upgrade', '--dr'])).toEqual(['--dry-run'])
  expect(offered(['current', '--dr'])).toEqual([])
})

test('bash offers the options of the screens where there is no command yet', () => {
  expect(offered(['--p'])).toEqual(['--plain'])
  expect(offered(['current', '--p'])).toEqual([])
})

test('bash offers values behind a sign, which the shell takes for a word of its own', () => {
  expect(offered(['init', '--template', '=', 'type'])).toEqual(['typescript'])
  expect(offered(['init', '--template', '='])).toEqual(['typescript', 'javascript', 'multidb'])
  expect(offered(['--cwd', '=', 'sub', 'upg'])).toEqual(['upgrade'])
})

test('bash offers values', () => {
  expect(offered(['inspect', 'mo'])).toEqual(['models'])
  expect(offered(['init', '--template', 'type'])).toEqual(['typescript'])
  expect(offered(['--cwd', 's'])).toEqual(['sub'])
  expect(offered(['--cwd', 't'])).toEqual(['two words'])
  expect(offered(['upgrade', 'hea'])).toEqual(['head', 'heads'])
})

test.each(['zsh', 'fish'] as const)('%s gets every command and option', (shell) => {
  const script = completionScript(shell)
  for (const { name, options } of COMMANDS) {
    expect(script).toContain(name)
    for (const { long } of options) expect(script).toContain(long.slice(2))
  }
})

test.each(['zsh', 'fish'] as const)('%s can read its script, where it is installed', (shell) => {
  const folder = folderOf({ script: completionScript(shell) })
  const { error, status, stderr } = spawnSync(shell, ['-n', join(folder, 'script')], {
    encoding: 'utf8',
  })
  if (error !== undefined) return
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
