/** The README's table of commands, from the command table. */
import { COMMANDS } from './commands.js'
import { flagsOf, usageOf } from './help.js'

/** A Markdown table: a row a command, with its options. */
export function commandTable(): string {
  const rows = COMMANDS.map((command) => {
    const options = command.options.map((option) => `\`${flagsOf(option).trim()}\``).join(', ')
    const usage = usageOf(command)
      .replace(/^migrate-tui /, '')
      .replace(/ \[options\]$/, '')
    return `| \`${usage}\` | ${command.summary} | ${options} |`
  })
  return ['| command | what it does | options |', '|---|---|---|', ...rows, ''].join('\n')
}
