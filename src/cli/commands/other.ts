/** Commands about the program itself. */
import { argument } from '../command-spec.js'
import type { CommandSpec } from '../command-spec.js'

const COMPLETION: CommandSpec = {
  name: 'completion',
  group: 'Other',
  summary: 'Print a completion script for your shell',
  description: 'Prints a script that completes commands, options and their values.',
  arguments: [argument('shell', 'Which shell', { choices: ['bash', 'zsh', 'fish'] })],
  options: [],
  examples: [
    { line: 'completion bash >> ~/.bashrc', says: 'bash' },
    { line: 'completion zsh > "${fpath[1]}/_migrate-tui"', says: 'zsh' },
    { line: 'completion fish > ~/.config/fish/completions/migrate-tui.fish', says: 'fish' },
  ],
  exits: [],
}

const HELP: CommandSpec = {
  name: 'help',
  group: 'Other',
  summary: 'Explain the program or a command',
  description: 'The same as --help behind a command.',
  arguments: [argument('command', 'Which command', { default: 'all of them' })],
  options: [],
  examples: [{ line: 'help upgrade', says: 'arguments, options, examples, exit codes' }],
  exits: [],
}

export const OTHER_COMMANDS: readonly CommandSpec[] = [COMPLETION, HELP]
