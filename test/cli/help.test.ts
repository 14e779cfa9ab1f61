import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandTable } from '../../src/cli/command-table.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { commandHelp, programHelp } from '../../src/cli/help.js'
import { RUNNABLE } from '../../src/cli/run-command.js'
import { packageFolder } from '../../src/project/package-folder.js'
import { lookOf } from '../../src/present/look.js'
import { widthOf } from '../../src/present/text-width.js'
import { readCommandLine } from '../../src/cli/command-line.js'

const terminal = lookOf({ colour: false, unicode: true }, 80)

test('every command can be run', () => {
  expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(RUNNABLE.toSorted())
})

test('the help of the program names every command, and is no wider than the terminal', () => {
  const lines = programHelp(terminal)
  for (const { name, summary } of COMMANDS) {
    expect(lines.join('\n')).toContain(name)
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(summary)
  }
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80)
})

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  'the help of %s names its arguments, options, examples and exit codes',
  (_, command) => {
    const lines = commandHelp(command, terminal)
    const text = lines.join('\n')
    for (const { long } of command.options) expect(text).toContain(long)
    for (const { name } of command.arguments) expect(text).toContain(name)
    for (const { line } of command.examples) expect(text).toContain(`migrate-tui ${line}`)
    expect(text).toMatch(/Exit codes\n\s+0/)
    expect(command.examples.length).toBeGreaterThan(0)
  },
)

test.each(
  COMMANDS.flatMap(({ examples }) => examples.map(({ line }) => line.replace(/ >.*$/, ''))),
)('the example %s is a command line that is understood', (line) => {
  const words = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
  expect(readCommandLine(words).command).not.toBeNull()
})

test('what is not there yet is not told', () => {
  const text = [programHelp(terminal), ...COMMANDS.map((command) => commandHelp(command, terminal))]
    .flat()
    .join('\n')
  expect(text).not.toMatch(/\b(?:learn|adopt|repair|restore|prune-copies|--rehearse)\b/)
})

test('the table for the README has a row a command', () => {
  const rows = commandTable().trimEnd().split('\n')
  expect(rows).toHaveLength(COMMANDS.length + 2)
  expect(rows).toContainEqual(expect.stringMatching(/^\| `upgrade \[target\]` \| .* `--dry-run`/))
})

test('README.md has the table as the commands are now', () => {
  const readme = readFileSync(join(packageFolder(), 'README.md'), 'utf8')
  // Where it differs: npm run readme.
  expect(readme).toContain(commandTable())
})
