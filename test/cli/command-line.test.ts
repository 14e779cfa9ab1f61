import { expect, test } from 'vitest'
import { readCommandLine } from '../../src/cli/command-line.js'
import { migrateErrorOf } from '../support/thrown.js'

const read = (line: string) => readCommandLine(line.split(' ').filter((word) => word !== ''))

test.each([
  ['downgrade -1:head --sql', 'downgrade', ['-1:head'], { sql: true }],
  ['upgrade +2', 'upgrade', ['+2'], {}],
  ['downgrade -1', 'downgrade', ['-1'], {}],
  ['downgrade --sql -2:-1', 'downgrade', ['-2:-1'], { sql: true }],
  ['history -r-3:current', 'history', [], { revRange: '-3:current' }],
  ['history -r -3:current', 'history', [], { revRange: '-3:current' }],
  ['history --rev-range=-3:x', 'history', [], { revRange: '-3:x' }],
  ['migrate -m -1', 'migrate', [], { message: '-1' }],
  ['upgrade -- -1', 'upgrade', ['-1'], {}],
  ['upgrade shop@head', 'upgrade', ['shop@head'], {}],
  ['stamp a b', 'stamp', ['a', 'b'], {}],
  ['upgrade --no-backup -qv', 'upgrade', [], { backup: false, quiet: true, verbose: true }],
  ['current --no-color', 'current', [], { color: false }],
  ['merge a b -m text', 'merge', ['a', 'b'], { message: 'text' }],
  ['migrate -mlevels', 'migrate', [], { message: 'levels' }],
  ['migrate -m=levels', 'migrate', [], { message: 'levels' }],
  ['-m levels migrate', 'migrate', [], { message: 'levels' }],
  ['-qx a=b current', 'current', [], { quiet: true, set: ['a=b'] }],
  ['-vrhead history', 'history', [], { verbose: true, revRange: 'head' }],
  [
    'upgrade --allow-destructive-rev a --allow-destructive-rev b',
    'upgrade',
    [],
    { allowDestructiveRev: ['a', 'b'] },
  ],
])('%s', (line, name, words, given) => {
  const read_ = read(line)
  expect(read_.command?.name).toBe(name)
  expect(read_.words).toEqual(words)
  expect(read_.given).toEqual(given)
})

test.each(['--json --cwd /x current', '--cwd /x current --json', 'current --json --cwd=/x'])(
  'options of every command stand anywhere: %s',
  (line) => {
    expect(read(line).command?.name).toBe('current')
    expect(read(line).given).toEqual({ json: true, cwd: '/x' })
  },
)

test('an option of every command is not taken out of another option’s value', () => {
  expect(readCommandLine(['migrate', '-m', '--json']).given).toEqual({ message: '--json' })
})

test.each([
  ['upgrad', 'There is no command upgrad. Did you mean upgrade?'],
  ['upgrade --sq', 'upgrade has no option --sq. Did you mean --sql?'],
  ['upgrade --dryrun', 'upgrade has no option --dryrun. Did you mean --dry-run?'],
  ['migrate --jsn', 'migrate has no option --jsn. Did you mean --json?'],
  ['upgrade --rehearse', 'upgrade has no option --rehearse.'],
  ['upgrade a b', 'upgrade takes one argument; there is more: b.'],
  ['current a', 'current takes no argument; there is more: a.'],
  ['inspect', 'inspect needs <what> (models, database).'],
  ['inspect modls', '<what> of inspect cannot be modls (models, database). Did you mean models?'],
  ['completion fsh', '<shell> of completion cannot be fsh (bash, zsh, fish). Did you mean fish?'],
  ['init --template ts', '--template of init cannot be ts (typescript, javascript, multidb).'],
  ['current --json=1', 'current: --json takes no value.'],
  ['migrate -m', 'migrate: --message needs a value.'],
  ['--foo', 'migrate-tui has no option --foo.'],
  ['adopt', 'There is no command adopt.'],
  ['-C /elsewhere current', 'migrate-tui has no option -C.'],
  ['--chdir /elsewhere current', 'migrate-tui has no option --chdir.'],
])('%s is refused', async (line, message) => {
  const error = await migrateErrorOf(() => read(line))
  expect(error.message).toContain(message)
  expect(error.code).toBe('USAGE')
  expect(error.exit).toBe(2)
})

test('help can be asked for without the arguments that a command needs', () => {
  expect(read('inspect --help').given).toEqual({ help: true })
  expect(read('-h').given).toEqual({ help: true })
})

test('the version is asked for without a command', () => {
  expect(read('--version').wantsVersion).toBe(true)
})
