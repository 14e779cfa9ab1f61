/** Completion scripts for shells, from the command table. */
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.js'
import { COMMANDS, GLOBAL_OPTIONS, SCREEN_OPTIONS } from './commands.js'

/** The completion script for a shell. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish'): string {
  switch (shell) {
    case 'bash':
      return bashScript()
    case 'zsh':
      return zshScript()
    case 'fish':
      return fishScript()
  }
}

/** Words that a shell can offer for revision names. */
const REVISION_WORDS = ['head', 'heads', 'base', 'current']

function optionsOf(command: CommandSpec): readonly OptionSpec[] {
  return [...command.options, ...GLOBAL_OPTIONS]
}

function argumentWords(argument: ArgumentSpec): readonly string[] {
  if (argument.choices !== null) return argument.choices
  if (argument.name === 'command') return COMMANDS.map(({ name }) => name)
  return REVISION_WORDS
}

function flags(option: OptionSpec): readonly string[] {
  return option.short === null ? [option.long] : [option.short, option.long]
}

/** A line is a name: one with spaces in it stays whole, and is quoted where the shell knows how. */
const NAMES_OF_FILES = String.raw`local IFS=$'\n'; compopt -o filenames 2>/dev/null`

function bashScript(): string {
  const names = COMMANDS.map(({ name }) => name).join(' ')
  const allOptions = unique(COMMANDS.flatMap(optionsOf))
  const values = allOptions.filter(({ value }) => value !== null)
  const cases = (known: readonly OptionSpec[], reply: string): string =>
    `    ${known.flatMap(flags).join('|')}) ${reply}; return ;;`
  const offered = (kind: 'file' | 'folder'): readonly OptionSpec[] =>
    values.filter(({ completes }) => completes === kind)
  const plain = values.filter(({ completes, choices }) => completes === null && choices === null)
  return lines([
    '# bash completion for migrate-tui',
    '_migrate_tui() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" skip="" w',
    '  COMPREPLY=()',
    // The shell takes --cwd=folder for three words.
    '  if [ "$word" = "=" ]; then word=""; elif [ "$before" = "=" ]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi',
    '  case "$before" in',
    cases(offered('folder'), `${NAMES_OF_FILES}; COMPREPLY=($(compgen -d -- "$word"))`),
    cases(offered('file'), `${NAMES_OF_FILES}; COMPREPLY=($(compgen -f -- "$word"))`),
    ...values.flatMap((option) =>
      option.choices === null
        ? []
        : [cases([option], `COMPREPLY=($(compgen -W "${option.choices.join(' ')}" -- "$word"))`)],
    ),
    cases(plain, 'true'),
    '  esac',
    '  for w in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    if [ "$w" = "=" ]; then skip=1; continue; fi',
    '    if [ -n "$skip" ]; then skip=""; continue; fi',
    '    case "$w" in',
    `      ${values.flatMap(flags).join('|')}) skip=1 ;;`,
    '      -*) ;;',
    '      *) command="$w"; break ;;',
    '    esac',
    '  done',
    '  local words=""',
    '  case "$command" in',
    `    "") words="${names} ${[...SCREEN_OPTIONS, ...GLOBAL_OPTIONS].flatMap(flags).join(' ')} --version" ;;`,
    ...COMMANDS.map(
      (command) =>
        `    ${command.name}) words="${[...optionsOf(command).flatMap(flags), ...command.arguments.flatMap(argumentWords)].join(' ')}" ;;`,
    ),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -F _migrate_tui migrate-tui',
  ])
}

function zshScript(): string {
  return lines([
    '#compdef migrate-tui',
    '_migrate_tui() {',
    '  local -a commands options',
    '  commands=(',
    ...COMMANDS.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`),
    '  )',
    '  _arguments -C \\',
    ...[...SCREEN_OPTIONS, ...GLOBAL_OPTIONS].flatMap(zshOption).map((spec) => `    ${spec} \\`),
    "    '1:command:->command' '*::argument:->argument'",
    '  case "$state" in',
    '    command) _describe command commands ;;',
    '    argument)',
    '      case "$words[1]" in',
    ...COMMANDS.map((command) => {
      const specs = [
        ...optionsOf(command).flatMap(zshOption),
        ...command.arguments.map(zshArgument),
      ]
      return `        ${command.name}) _arguments ${specs.join(' ')} ;;`
    }),
    '      esac ;;',
    '  esac',
    '}',
    'if [ "$funcstack[1]" = "_migrate_tui" ]; then _migrate_tui "$@"; else compdef _migrate_tui migrate-tui; fi',
  ])
}

function zshOption(option: OptionSpec): readonly string[] {
  const star = option.isRepeatable ? '*' : ''
  const help = option.help.replace(/[[\]]/g, '').replaceAll(':', '\\:')
  return flags(option).map((flag) => {
    const value =
      option.value === null ? '' : `:${option.value.replaceAll(':', '-')}:${zshValue(option)}`
    return quoted(`${star}${flag}[${help}]${value}`)
  })
}

function zshValue(option: OptionSpec): string {
  if (option.choices !== null) return `(${option.choices.join(' ')})`
  if (option.completes === 'folder') return '_files -/'
  return option.completes === 'file' ? '_files' : ' '
}

function zshArgument(argument: ArgumentSpec): string {
  const position = argument.isVariadic ? '*' : ''
  return quoted(`${position}:${argument.name}:(${argumentWords(argument).join(' ')})`)
}

function fishScript(): string {
  const command = 'complete -c migrate-tui'
  return lines([
    '# fish completion for migrate-tui',
    `${command} -f`,
    ...COMMANDS.map(
      ({ name, summary }) => `${command} -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ),
    ...GLOBAL_OPTIONS.map((option) => `${command} ${fishOption(option)}`),
    ...SCREEN_OPTIONS.map((option) => `${command} -n __fish_use_subcommand ${fishOption(option)}`),
    `${command} -n __fish_use_subcommand -l version -d ${quoted('Print the version')}`,
    ...COMMANDS.flatMap(({ name, options, arguments: words }) => {
      const seen = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`
      return [
        ...options.map((option) => `${command} ${seen} ${fishOption(option)}`),
        ...words.map(
          (argument) => `${command} ${seen} -a ${quoted(argumentWords(argument).join(' '))}`,
        ),
      ]
    }),
  ])
}

function fishOption(option: OptionSpec): string {
  const short = option.short === null ? '' : ` -s ${option.short.slice(1)}`
  const value = option.value === null ? '' : fishValue(option)
  return `-l ${option.long.slice(2)}${short}${value} -d ${quoted(option.help)}`
}

function fishValue(option: OptionSpec): string {
  if (option.choices !== null) return ` -x -a ${quoted(option.choices.join(' '))}`
  if (option.completes === 'folder') return ` -x -a '(__fish_complete_directories)'`
  return option.completes === 'file' ? ' -r -F' : ' -x'
}

function unique(options: readonly OptionSpec[]): readonly OptionSpec[] {
  return [...new Map(options.map((option) => [option.long, option])).values()]
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
