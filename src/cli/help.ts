/** Writes the help from the command table. */
import type { Look } from '../present/look.js'
import { pad, widthOf, wrap } from '../present/text-width.js'
import { COMMAND_GROUPS } from './command-spec.js'
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.js'
import { COMMANDS, EXIT_CODES, GLOBAL_OPTIONS, SCREEN_OPTIONS } from './commands.js'

/** The help of the program: every command with a line. */
export function programHelp(look: Look): readonly string[] {
  const { theme } = look
  return [
    `${theme.strong('migrate-tui')}  migrations for Objection.js and Knex`,
    '',
    'Usage: migrate-tui <command> [arguments] [options]',
    '       migrate-tui [options]      opens the screens, at a terminal',
    '',
    'Change a model, write a revision with migrate, read it, run it with upgrade.',
    ...COMMAND_GROUPS.flatMap((group) => [
      '',
      theme.strong(group),
      ...pairs(
        COMMANDS.filter((command) => command.group === group).map((command) => [
          theme.name(command.name),
          command.summary,
        ]),
        look,
      ),
    ]),
    '',
    theme.strong('Options of the screens'),
    ...pairs(SCREEN_OPTIONS.map(optionPair), look),
    '',
    theme.strong('Options of every command'),
    ...pairs([...GLOBAL_OPTIONS.map(optionPair), ['--version', 'Print the version']], look),
    '',
    'Type migrate-tui help <command> for its arguments, options and examples.',
  ]
}

/** The help of a command. */
export function commandHelp(command: CommandSpec, look: Look): readonly string[] {
  const { theme } = look
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', theme.strong(title), ...lines]
  return [
    `${theme.strong(`migrate-tui ${command.name}`)}  ${command.summary}`,
    '',
    `Usage: ${usageOf(command)}`,
    '',
    ...wrap(command.description, textWidth(look)),
    ...section('Arguments', pairs(command.arguments.map(argumentPair), look)),
    ...section('Options', pairs(command.options.map(optionPair), look)),
    ...section('Options of every command', pairs(GLOBAL_OPTIONS.map(optionPair), look)),
    ...section(
      'Examples',
      pairs(
        command.examples.map(({ line, says }) => [`migrate-tui ${line}`, says]),
        look,
      ),
    ),
    ...section('Exit codes', pairs(exitPairs(command), look)),
  ]
}

/** `migrate-tui stamp [revs…] [options]`. */
export function usageOf(command: CommandSpec): string {
  return ['migrate-tui', command.name, ...command.arguments.map(argumentName), '[options]'].join(
    ' ',
  )
}

/** `-m, --message <text>`. */
export function flagsOf(option: OptionSpec): string {
  const flags = option.short === null ? `    ${option.long}` : `${option.short}, ${option.long}`
  return option.value === null ? flags : `${flags} <${option.value}>`
}

type Pair = readonly [name: string, text: string]

function optionPair(option: OptionSpec): Pair {
  const more = [
    ...(option.choices === null ? [] : [`one of ${option.choices.join(', ')}`]),
    ...(option.default === null ? [] : [`default: ${option.default}`]),
    ...(option.isRepeatable ? ['repeatable'] : []),
  ]
  return [flagsOf(option), more.length === 0 ? option.help : `${option.help} (${more.join('; ')})`]
}

function argumentPair(argument: ArgumentSpec): Pair {
  const more = [
    ...(argument.choices === null ? [] : [`one of ${argument.choices.join(', ')}`]),
    ...(argument.default === null ? [] : [`default: ${argument.default}`]),
  ]
  const text = more.length === 0 ? argument.help : `${argument.help} (${more.join('; ')})`
  return [argumentName(argument), text]
}

function argumentName(argument: ArgumentSpec): string {
  const name = argument.isVariadic ? `${argument.name}…` : argument.name
  return argument.default === null ? `<${name}>` : `[${name}]`
}

function exitPairs(command: CommandSpec): readonly Pair[] {
  return EXIT_CODES.flatMap(({ code, when }): readonly Pair[] => {
    const own = command.exits.filter((exit) => exit.code === code)
    if (own.length > 0) return own.map((exit) => [String(code), exit.when])
    // Without a meaning of its own, a command has nothing to decide.
    return code === 3 ? [] : [[String(code), when]]
  })
}

/** Two columns, the second wrapped beside the first. */
function pairs(entries: readonly Pair[], look: Look): readonly string[] {
  const left = Math.min(34, Math.max(0, ...entries.map(([name]) => widthOf(name))))
  const width = textWidth(look) - left - 4
  return entries.flatMap(([name, text]) => {
    const [first = '', ...more] = wrap(text, width)
    const indent = ' '.repeat(left + 4)
    return widthOf(name) > left
      ? [`  ${name}`, `${indent}${first}`, ...more.map((line) => indent + line)]
      : [`  ${pad(name, left)}  ${first}`, ...more.map((line) => indent + line)]
  })
}

/** Help is read as text: never wider than a page, in a pipe as well. */
function textWidth({ width }: Look): number {
  return Math.min(width ?? 100, 100)
}
