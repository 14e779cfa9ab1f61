/** Commands that show revisions and where the database stands. */
import { argument, option } from '../command-spec.js'
import type { CommandSpec } from '../command-spec.js'

const RESOLVE_DEPENDENCIES = option(
  '--resolve-dependencies',
  'Count a revision that another depends on as followed',
)

const CURRENT: CommandSpec = {
  name: 'current',
  group: 'See where things stand',
  summary: 'Show the revision that the database is at',
  description: 'Reads the recorded revision. Nothing is created, and no model is loaded.',
  arguments: [],
  options: [option('--check-heads', 'Exit with 3 when revisions are pending')],
  examples: [
    { line: 'current', says: 'where am I' },
    { line: 'current --check-heads', says: 'for a health check' },
  ],
  exits: [{ code: 3, when: 'with --check-heads, when the database is behind' }],
}

const HEADS: CommandSpec = {
  name: 'heads',
  group: 'See where things stand',
  summary: 'List the newest revision of every branch',
  description: 'A head is a revision that no other follows. More than one need a merge.',
  arguments: [],
  options: [RESOLVE_DEPENDENCIES],
  examples: [{ line: 'heads --verbose', says: 'with message, date and path' }],
  exits: [],
}

const BRANCHES: CommandSpec = {
  name: 'branches',
  group: 'See where things stand',
  summary: 'List the revisions where the history branches',
  description: 'A branch point is a revision that several others follow.',
  arguments: [],
  options: [RESOLVE_DEPENDENCIES],
  examples: [{ line: 'branches', says: 'every branch point' }],
  exits: [],
}

const HISTORY: CommandSpec = {
  name: 'history',
  group: 'See where things stand',
  summary: 'List revisions, newest first',
  description: 'Lists revisions with their place in the graph and whether they are applied.',
  arguments: [],
  options: [
    option('-r, --rev-range <a:b>', 'Only these: base:3f9a, -3:current, label@base:', {
      default: 'all',
    }),
    option('-i, --indicate-current', 'Mark the revision that the database is at'),
    option('--graph', 'Draw branches and merges'),
  ],
  examples: [
    { line: 'history --graph', says: 'with lines' },
    { line: 'history -r-3:current', says: 'the last three that were applied' },
  ],
  exits: [],
}

const SHOW: CommandSpec = {
  name: 'show',
  group: 'See where things stand',
  summary: 'Show one revision: what it does, its statements, what was recorded',
  description: 'Reads the script and the history. Nothing runs.',
  arguments: [argument('rev', 'Which revision', { default: 'head' })],
  options: [],
  examples: [
    { line: 'show', says: 'the newest' },
    { line: 'show current', says: 'the one that the database is at' },
  ],
  exits: [{ code: 3, when: 'there are several heads to choose from' }],
}

export const LOOK_COMMANDS: readonly CommandSpec[] = [CURRENT, HEADS, BRANCHES, HISTORY, SHOW]
