/** Commands that change the database or what is recorded of it. */
import { argument, option } from '../command-spec.js'
import type { CommandSpec, OptionSpec } from '../command-spec.js'

const SQL = option('--sql', 'Print the statements instead of running them; no database is needed')

const TAG = option('--tag <text>', 'A text that scripts can read')

const LOSS_EXIT = {
  code: 3,
  when: 'the plan loses data and nobody agreed, or there are several heads to choose from',
}

const RUN_OPTIONS: readonly OptionSpec[] = [
  SQL,
  TAG,
  option('--dry-run', 'Show statements and what would be lost; change nothing'),
  option('--step', 'Commit after every revision, and ask before each at a terminal'),
  option('--allow-destructive', 'Agree to every loss of this run'),
  option('--allow-destructive-rev <rev>', 'Agree to the losses of this revision', {
    isRepeatable: true,
  }),
  option('--no-backup', 'Make no copy of the database before a step that loses data'),
  option('--lock-timeout <time>', 'How long to wait for a lock: 500ms, 3s, 1m', {
    default: 'lockTimeout of the configuration, else 3s',
  }),
]

const UPGRADE: CommandSpec = {
  name: 'upgrade',
  group: 'Run revisions',
  summary: 'Bring the database up to a revision',
  description:
    'Runs the up of every revision that is not applied yet, parents first, each wholly or not at all. A step that loses data says what and how many rows, and needs consent: a typed answer at a terminal, --allow-destructive elsewhere.',
  arguments: [
    argument(
      'target',
      'Where to: head, heads, an id or its beginning, +2, label@head, a:b with --sql',
      {
        default: 'head',
      },
    ),
  ],
  options: RUN_OPTIONS,
  examples: [
    { line: 'upgrade', says: 'all that is pending' },
    { line: 'upgrade +1', says: 'one revision' },
    { line: 'upgrade --dry-run', says: 'see statements and losses first' },
    { line: 'upgrade base:head --sql > schema.sql', says: 'a script for somebody else to run' },
  ],
  exits: [LOSS_EXIT],
}

const DOWNGRADE: CommandSpec = {
  name: 'downgrade',
  group: 'Run revisions',
  summary: 'Take the database back to a revision',
  description:
    'Runs the down of every applied revision after the target, children first, with the same care as upgrade.',
  arguments: [
    argument('target', 'Where to: -1, base, an id or its beginning, label@-1, a:b with --sql', {
      default: '-1',
    }),
  ],
  options: RUN_OPTIONS,
  examples: [
    { line: 'downgrade', says: 'one revision back' },
    { line: 'downgrade base', says: 'all the way' },
    { line: 'downgrade head:-1 --sql', says: 'print the statements' },
  ],
  exits: [{ code: 3, when: `${LOSS_EXIT.when}, or a revision does not undo itself` }],
}

const STAMP: CommandSpec = {
  name: 'stamp',
  group: 'Run revisions',
  summary: 'Write down where the database is, without running anything',
  description:
    'Sets the recorded revision, for a database that got there by other means. No script runs.',
  arguments: [argument('revs', 'Which revisions', { default: 'head', isVariadic: true })],
  options: [SQL, TAG, option('--purge', 'Forget everything that is recorded first')],
  examples: [
    { line: 'stamp head', says: 'the database is as the newest revision leaves it' },
    { line: 'stamp base', says: 'nothing is applied' },
  ],
  exits: [{ code: 3, when: 'there are several heads to choose from' }],
}

export const RUN_COMMANDS: readonly CommandSpec[] = [UPGRADE, DOWNGRADE, STAMP]
