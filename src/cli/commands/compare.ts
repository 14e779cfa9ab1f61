/** Commands that hold models, scripts and database against each other. */
import { argument } from '../command-spec.js'
import type { CommandSpec } from '../command-spec.js'

const CHECK: CommandSpec = {
  name: 'check',
  group: 'Compare and check',
  summary: 'Say whether migrate would write anything',
  description:
    'Compares the models with the database and lists the differences. For continuous integration.',
  arguments: [],
  options: [],
  examples: [{ line: 'check --json', says: 'for a program' }],
  exits: [{ code: 3, when: 'there is a difference, or there are several heads' }],
}

const DIFF: CommandSpec = {
  name: 'diff',
  group: 'Compare and check',
  summary: 'Show models and database side by side',
  description: 'The comparison of check, for reading. It always ends with 0.',
  arguments: [],
  options: [],
  examples: [{ line: 'diff', says: 'side by side from 100 columns on, stacked below' }],
  exits: [],
}

const INSPECT: CommandSpec = {
  name: 'inspect',
  group: 'Compare and check',
  summary: 'Show the schema of the models or of the database as it is understood',
  description: 'For finding out why something is reported, or is not.',
  arguments: [argument('what', 'Which schema', { choices: ['models', 'database'] })],
  options: [],
  examples: [
    { line: 'inspect models', says: 'what the models ask for' },
    { line: 'inspect database', says: 'what is there' },
  ],
  exits: [],
}

const VERIFY: CommandSpec = {
  name: 'verify',
  group: 'Compare and check',
  summary: 'Hold scripts against what was recorded, and the database against the history',
  description:
    'Finds scripts that were edited after they ran, files that are missing, failed revisions, and a database that is not what its revisions make.',
  arguments: [],
  options: [],
  examples: [{ line: 'verify', says: 'before a release' }],
  exits: [{ code: 3, when: 'something was found' }],
}

export const COMPARE_COMMANDS: readonly CommandSpec[] = [CHECK, DIFF, INSPECT, VERIFY]
