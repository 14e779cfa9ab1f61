/** Commands that write revision scripts. */
import { argument, option } from '../command-spec.js'
import type { CommandSpec, OptionSpec } from '../command-spec.js'

const WRITE_OPTIONS: readonly OptionSpec[] = [
  option('-m, --message <text>', 'What the revision is for, in a few words'),
  option('--sql', 'Print the statements of its up for this database; write no file'),
  option('--head <rev>', 'The revision to build upon', { default: 'head' }),
  option('--splice', 'Allow a parent that is no head: starts a branch there'),
  option('--branch-label <label>', 'Give the branch that starts here a name'),
  option('--version-path <folder>', 'The folder to write to, where there are several', {
    default: 'the one of the revision that it follows',
    completes: 'folder',
  }),
  option('--rev-id <id>', 'The id of the revision', { default: 'a random one' }),
  option('--depends-on <rev>', 'A revision that must be applied first', { isRepeatable: true }),
  option(
    '--rename <from:to>',
    'Answer a rename: users.name:full_name, or users:people for a table; a name with a dot or a colon in double quotes: users."a.b":c',
    {
      isRepeatable: true,
    },
  ),
  option(
    '--fill <column=sql>',
    'What existing rows get in a new NOT NULL column: users.level=0, users.slug=lower(name)',
    { isRepeatable: true },
  ),
  option('--drop-unmanaged <table>', 'Drop a table that no model claims', { isRepeatable: true }),
  option('--partial', 'Go on, without drops, although a model failed to load'),
  option('--edit', 'Open the script in $VISUAL or $EDITOR afterwards'),
  option('--plan', 'Show what would be written; write nothing'),
]

const MIGRATE: CommandSpec = {
  name: 'migrate',
  group: 'Write revisions',
  summary: 'Write a revision from what changed in the models',
  description:
    'Compares the models with the database and writes a revision script that takes the database from the one to the other. Nothing runs: review the script, then upgrade. At a terminal it asks where something may be a rename or a value is needed; elsewhere --rename and --fill answer.',
  arguments: [],
  options: WRITE_OPTIONS,
  examples: [
    { line: 'migrate -m "add email to users"', says: 'compare, and write what changed' },
    { line: 'migrate --plan', says: 'look first' },
    {
      line: 'migrate -m "full name" --rename users.name:full_name',
      says: 'a rename keeps the values',
    },
    { line: 'migrate -m level --fill users.level=0', says: 'a value for the rows that exist' },
  ],
  exits: [{ code: 3, when: 'there are several heads to choose from' }],
}

const REVISION: CommandSpec = {
  name: 'revision',
  group: 'Write revisions',
  summary: 'Write an empty revision to fill in by hand',
  description:
    'Writes a revision script with an empty up and down. With --autogenerate it is filled from the models, as migrate does; --sql, --plan, --rename, --fill, --drop-unmanaged and --partial need that.',
  arguments: [],
  options: [option('--autogenerate', 'Fill it from what changed in the models'), ...WRITE_OPTIONS],
  examples: [
    { line: 'revision -m "fill the slugs"', says: 'a script for data' },
    { line: 'revision -m audit --head base --splice --branch-label audit', says: 'start a branch' },
  ],
  exits: [{ code: 3, when: 'there are several heads to choose from' }],
}

const EDIT: CommandSpec = {
  name: 'edit',
  group: 'Write revisions',
  summary: 'Open a revision script in your editor',
  description:
    'Opens the script in $VISUAL or $EDITOR, waits for the editor to end, and reads the script again to say whether it still holds.',
  arguments: [argument('rev', 'Which revision', { default: 'head' })],
  options: [],
  examples: [
    { line: 'edit', says: 'the newest' },
    { line: 'edit 3f9a', says: 'by the beginning of its id' },
  ],
  exits: [{ code: 3, when: 'there are several heads to choose from' }],
}

const MERGE: CommandSpec = {
  name: 'merge',
  group: 'Write revisions',
  summary: 'Join heads with a revision that follows all of them',
  description:
    'Two people added a revision to the same parent: now there are two heads. The merge revision follows both and changes nothing itself.',
  arguments: [argument('revs', 'Which revisions', { default: 'heads', isVariadic: true })],
  options: [
    option('-m, --message <text>', 'What the revision is for'),
    option('--branch-label <label>', 'A name for the joined branch'),
    option('--rev-id <id>', 'The id of the revision', { default: 'a random one' }),
    option('--splice', 'Allow parents that are no heads'),
  ],
  examples: [
    { line: 'merge -m "join audit and users"', says: 'all heads' },
    { line: 'merge 3f9a 44ad', says: 'these two' },
  ],
  exits: [],
}

export const WRITE_COMMANDS: readonly CommandSpec[] = [MIGRATE, REVISION, EDIT, MERGE]
