/** Reads a command line against the command table. */
import { Argument, Command, CommanderError, Option } from 'commander'
import { MigrateError } from '../errors.js'
import { didYouMean } from '../project/near-miss.js'
import type { CommandSpec, OptionSpec } from './command-spec.js'
import { COMMANDS, GLOBAL_OPTIONS, SCREEN_OPTIONS } from './commands.js'
import { withoutShortEquals, wordsOf } from './words.js'

/** What was typed. */
export interface CommandLine {
  /** Null where no command was named. */
  readonly command: CommandSpec | null
  /** The arguments behind the command's name. */
  readonly words: readonly string[]
  /** By the long name without dashes, in camel case; an option that is not given is absent. */
  readonly given: Readonly<Record<string, unknown>>
  readonly wantsVersion: boolean
}

/** Stands before an argument such as `-1:head`, so that it is not taken for an option. No argument can hold it. */
const GUARD = '\u0000'

/**
 * The command, its arguments and its options; options that all commands share may stand anywhere.
 * @throws MigrateError `USAGE` (exit 2) with a near miss, where one is near
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { commandAt: at, stray } = wordsOf(argv)
  const name = at === null ? null : (argv[at] ?? null)
  const isNone = name !== null && !COMMANDS.some((known) => known.name === name)
  // What looks like the command is the value that the option was given.
  if (isNone && stray !== null) throw unknownOption(null, stray)
  const command = name === null ? null : commandNamed(name)
  const rest = at === null ? argv : argv.filter((_, index) => index !== at)
  if (command === null && rest.some((word) => word === '--version' || word === '-V')) {
    return { command, words: [], given: {}, wantsVersion: true }
  }
  const parser = parserFor(command)
  try {
    parser.parse(
      rest.map((word) => guarded(withoutShortEquals(word))),
      { from: 'user' },
    )
  } catch (thrown) {
    throw thrown instanceof CommanderError ? usageError(thrown, command) : thrown
  }
  const words = parser.args.map(unguarded)
  const given = Object.fromEntries(
    Object.entries(parser.opts<Record<string, unknown>>())
      .filter(([key]) => parser.getOptionValueSource(key) !== 'default')
      .map(([key, value]) => [key, unguardedValue(value)]),
  )
  checkArguments(command, words, given)
  return { command, words, given, wantsVersion: false }
}

/**
 * The command of a name.
 * @throws MigrateError `USAGE`
 */
export function commandNamed(name: string): CommandSpec {
  const command = COMMANDS.find((known) => known.name === name)
  if (command !== undefined) return command
  const names = COMMANDS.map((known) => known.name)
  throw new MigrateError('USAGE', 2, `There is no command ${name}.${didYouMean(name, names)}`, {
    fix: `Commands: ${names.join(', ')}. Type migrate-tui help for what they do.`,
  })
}

function parserFor(command: CommandSpec | null): Command {
  const parser = new Command(command?.name ?? 'migrate-tui')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .helpOption(false)
    .allowExcessArguments(true)
  for (const spec of [...(command?.options ?? SCREEN_OPTIONS), ...GLOBAL_OPTIONS]) {
    parser.addOption(parserOption(spec))
  }
  const variadic = command?.arguments.some(({ isVariadic }) => isVariadic) ?? false
  return parser.addArgument(new Argument(variadic ? '[words...]' : '[word]'))
}

function parserOption(spec: OptionSpec): Option {
  const flags = [spec.short, spec.long].filter((flag) => flag !== null).join(', ')
  const option = new Option(spec.value === null ? flags : `${flags} <value>`)
  if (!spec.isRepeatable) return option
  return option.argParser<readonly string[]>((value, before) => [...asList(before), value])
}

function asList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** Numbers of arguments, their choices and those of options; a call for help passes. */
function checkArguments(
  command: CommandSpec | null,
  words: readonly string[],
  given: Readonly<Record<string, unknown>>,
): void {
  if (command === null || given.help === true) return
  const specs = command.arguments
  const last = specs.at(-1)
  if (words.length > specs.length && last?.isVariadic !== true) {
    const extra = words.slice(specs.length).join(' ')
    throw usage(
      command,
      `${command.name} takes ${argumentsText(specs.length)}; there is more: ${extra}.`,
    )
  }
  specs.forEach((spec, index) => {
    const word = words[index]
    if (word === undefined && spec.default === null) {
      throw usage(command, `${command.name} needs <${spec.name}>${choicesText(spec.choices)}.`)
    }
    if (word !== undefined) checkChoice(command, `<${spec.name}>`, word, spec.choices)
  })
  for (const spec of command.options) {
    const value = given[camelCase(spec.long)]
    if (typeof value === 'string') checkChoice(command, spec.long, value, spec.choices)
  }
}

function checkChoice(
  command: CommandSpec,
  what: string,
  word: string,
  choices: readonly string[] | null,
): void {
  if (choices === null || choices.includes(word)) return
  throw usage(
    command,
    `${what} of ${command.name} cannot be ${word}${choicesText(choices)}.${didYouMean(word, choices)}`,
  )
}

function argumentsText(count: number): string {
  if (count === 0) return 'no argument'
  return count === 1 ? 'one argument' : `${count} arguments`
}

function choicesText(choices: readonly string[] | null): string {
  return choices === null ? '' : ` (${choices.join(', ')})`
}

/** The parser's complaint in our words. */
function usageError(error: CommanderError, command: CommandSpec | null): MigrateError {
  const option = unguarded(/'([^']*)'/.exec(error.message)?.[1] ?? '')
  if (error.code === 'commander.unknownOption') return unknownOption(command, option)
  const where = nameOf(command)
  if (error.code === 'commander.optionMissingArgument') {
    const long = /--[\w-]+/.exec(option)?.[0] ?? option
    return usage(command, `${where}: ${long} needs a value.`)
  }
  return usage(command, `${where}: ${unguarded(error.message.replace(/^error: /, ''))}.`)
}

function unknownOption(command: CommandSpec | null, option: string): MigrateError {
  const longs = [...(command?.options ?? SCREEN_OPTIONS), ...GLOBAL_OPTIONS].map(({ long }) => long)
  const bare = option.replace(/=.*$/, '')
  const where = nameOf(command)
  // One that is known is unknown with a value behind it.
  if (longs.includes(bare)) return usage(command, `${where}: ${bare} takes no value.`)
  return usage(command, `${where} has no option ${bare}.${didYouMean(bare, longs)}`)
}

function nameOf(command: CommandSpec | null): string {
  return command === null ? 'migrate-tui' : command.name
}

function usage(command: CommandSpec | null, message: string): MigrateError {
  const help = command === null ? 'migrate-tui help' : `migrate-tui ${command.name} --help`
  return new MigrateError('USAGE', 2, message, { fix: `Type ${help} for what it takes.` })
}

/** `--dry-run` is `dryRun`, `--no-backup` is `backup`. */
function camelCase(long: string): string {
  return long
    .replace(/^--(?:no-)?/, '')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function guarded(word: string): string {
  return /^-\d/.test(word) ? `${GUARD}${word}` : word
}

function unguarded(word: string): string {
  return word.replace(GUARD, '')
}

function unguardedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => unguardedValue(item))
  return typeof value === 'string' ? unguarded(value) : value
}
