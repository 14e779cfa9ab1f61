/** Commands that set a project up. */
import { option } from '../command-spec.js'
import type { CommandSpec } from '../command-spec.js'

const INIT: CommandSpec = {
  name: 'init',
  group: 'Start',
  summary: 'Set a project up',
  description:
    'Writes a configuration and a folder for revision scripts, and says which files it wrote. A file that exists is never overwritten.',
  arguments: [],
  options: [
    option('--template <name>', 'What to copy; see list-templates', {
      default: 'typescript or javascript, as the project is',
      choices: ['typescript', 'javascript', 'multidb'],
    }),
    option('--directory <folder>', 'Where revision scripts go', {
      default: 'migrations',
      completes: 'folder',
    }),
  ],
  examples: [
    { line: 'init', says: 'as the project is written' },
    { line: 'init --template multidb', says: 'for several databases' },
  ],
  exits: [],
}

const LIST_TEMPLATES: CommandSpec = {
  name: 'list-templates',
  group: 'Start',
  summary: 'List the templates of init',
  description: 'Lists what init can copy, with a line on each.',
  arguments: [],
  options: [],
  examples: [{ line: 'list-templates', says: 'all of them' }],
  exits: [],
}

export const START_COMMANDS: readonly CommandSpec[] = [INIT, LIST_TEMPLATES]
