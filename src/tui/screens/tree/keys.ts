/** The keys of the tree. */
import type { Binding } from '../../keys/binding.js'
import { binding } from '../../keys/binding.js'
import type { AppState } from '../../state.js'
import { whyNoHead } from './new-revision.js'
import { selectedRevision } from './rows.js'
import { unreadFile } from './unread-file.js'
import { upgradeTarget } from './upgrade-target.js'

export type TreeAction =
  | 'upgrade'
  | 'downgrade'
  | 'generate'
  | 'diff'
  | 'edit'
  | 'filter'
  | 'copy'
  | 'merge'
  | 'stamp'
  | 'newRevision'
  | 'databases'
  | 'init'
  | 'open'
  | 'pane'
  | 'zoom'
  | 'toCurrent'
  | 'toParent'
  | 'toChild'
  | 'tabScript'
  | 'tabSql'
  | 'tabEffect'
  | 'tabInfo'
  | 'nextTab'
  | 'previousTab'

export const TREE_KEYS: readonly Binding<TreeAction>[] = [
  binding(
    'upgrade',
    ['u'],
    'Plan an upgrade to the selected revision, or from an applied one to the head; nothing runs yet',
    {
      short: 'upgrade',
      unavailable: whyNoUpgrade,
    },
  ),
  binding(
    'downgrade',
    ['d'],
    'Plan a downgrade to the selected revision, or by one; nothing runs yet',
    {
      short: 'downgrade',
      unavailable: whyNoDowngrade,
    },
  ),
  binding('generate', ['g'], 'Compare the models with the database and review a new revision', {
    short: 'migrate',
    unavailable: (app) => whyReadOnly(app) ?? whyFailed(app),
  }),
  binding('diff', ['D'], 'See models and database side by side', {
    short: 'diff',
    unavailable: whyFailed,
  }),
  binding('edit', ['e'], 'Open the script in your editor, or the file that does not load', {
    short: 'edit',
    unavailable: (app) => whyReadOnly(app) ?? whyNoFile(app),
  }),
  binding('filter', ['/'], 'Show only revisions that match: id, message, file, label or state', {
    short: 'filter',
    unavailable: whyUnread,
  }),
  binding('copy', ['y'], 'Copy the id, the path, the SQL or the command line', {
    short: 'copy',
    unavailable: whyNoneSelected,
  }),
  binding('merge', ['m'], 'Join the heads with a merge revision', { unavailable: whyNoMerge }),
  binding('stamp', ['S'], 'Say that the database is at the selected revision, without running it', {
    unavailable: (app) => whyReadOnly(app) ?? whyNoneSelected(app),
  }),
  binding('newRevision', ['n'], 'Write an empty revision to fill in by hand', {
    unavailable: (app) => whyReadOnly(app) ?? whyFailed(app) ?? whyNoHead(app),
  }),
  binding('databases', ['b'], 'Look at another database of the configuration', {
    short: 'databases',
    isRare: true,
    unavailable: whyNoOther,
  }),
  binding('init', ['i'], 'Set a project up in this folder', {
    short: 'set up',
    isRare: true,
    unavailable: (app) =>
      whyReadOnly(app) ?? (isWithoutProject(app) ? null : 'There is a project here already.'),
  }),
  binding('open', ['enter', 'right', 'l'], 'Go to the detail of the selected revision'),
  binding('pane', ['tab', 'shift+tab', 'left', 'h'], 'Go to the other pane'),
  binding('zoom', ['+', 'z'], 'Give the pane the whole width, and back'),
  binding('toCurrent', ['c'], 'Jump to where the database is', { unavailable: whyUnread }),
  binding('toParent', ['J'], 'Jump to the revision that this one follows', {
    unavailable: whyUnread,
  }),
  binding('toChild', ['K'], 'Jump to the revision that follows this one', {
    unavailable: whyUnread,
  }),
  binding('tabScript', ['1'], 'The script'),
  binding('tabSql', ['2'], 'Its SQL for this database'),
  binding('tabEffect', ['3'], 'What it does, and what it puts at risk'),
  binding('tabInfo', ['4'], 'Who, when, checksum, duration'),
  binding('nextTab', [']'], 'The next of these'),
  binding('previousTab', ['['], 'The one before'),
]

/** Whether no configuration was found, so that a project can be set up here. */
export function isWithoutProject({ overview }: AppState): boolean {
  const { value, failure } = overview
  // One that was named, or that names a knexfile, is a mistake in a project.
  return value === null && failure?.code === 'CONFIG_MISSING' && !('path' in failure.details)
}

/** Why nothing may be changed; null where it may. */
export function whyReadOnly(app: AppState): string | null {
  return app.start.readOnly ? 'Started with --read-only: nothing is changed.' : null
}

/** The databases that the configuration names, as far as that is known. */
export function databaseNames({ overview }: AppState): readonly string[] {
  if (overview.value !== null) return overview.value.databases
  const names = overview.failure?.details.databases
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}

/** Why nothing is known of the project, once reading it failed; null where it did not. */
function whyFailed(app: AppState): string | null {
  const { value, failure } = app.overview
  if (value !== null || failure === null) return null
  if (isWithoutProject(app)) return 'There is no project here yet: i sets one up.'
  return databaseNames(app).length > 0
    ? 'No database of the configuration is chosen: b lists them.'
    : 'The project could not be read: see the error.'
}

function whyUnread(app: AppState): string | null {
  return whyFailed(app) ?? (app.overview.value === null ? 'The project is being read.' : null)
}

function whyNoOther(app: AppState): string | null {
  const names = databaseNames(app)
  if (app.overview.value === null) return names.length > 0 ? null : whyUnread(app)
  return names.length < 2 ? 'The configuration names one database.' : null
}

function whyNoneSelected(app: AppState): string | null {
  if (selectedRevision(app) !== null) return null
  return whyUnread(app) ?? 'There is no revision yet: g writes the first from the models.'
}

function whyNoUpgrade(app: AppState): string | null {
  const { value } = app.overview
  if (value === null) return whyUnread(app)
  if (value.revisions.length === 0) return whyNoneSelected(app)
  if (value.pending === 0) return 'Nothing is pending: the database is at its heads.'
  return upgradeTarget(app) === null
    ? 'The selected revision is applied already: select a pending one.'
    : null
}

function whyNoDowngrade(app: AppState): string | null {
  const { value } = app.overview
  if (value === null) return whyUnread(app)
  if (value.current.length === 0) return 'Nothing is applied.'
  const revision = selectedRevision(app)
  if (revision !== null && !revision.applied) {
    return 'The selected revision is not applied: select the one to go down to.'
  }
  return null
}

function whyNoFile(app: AppState): string | null {
  if (unreadFile(app) !== null) return null
  const revision = selectedRevision(app)
  if (revision === null) return whyNoneSelected(app)
  return revision.path === null ? 'This revision has no file here.' : null
}

function whyNoMerge(app: AppState): string | null {
  const heads = app.overview.value?.heads.length ?? 0
  return (
    whyReadOnly(app) ?? whyUnread(app) ?? (heads < 2 ? 'There is one head: nothing to join.' : null)
  )
}
