/** What the options of a workflow are where none is given. */
import type { MigrateOptions, RunOptions } from './options.js'

/** `migrate` and `revision` without any option. */
export const MIGRATE_DEFAULTS: MigrateOptions = {
  message: null,
  sql: false,
  head: 'head',
  splice: false,
  branchLabel: null,
  versionPath: null,
  revId: null,
  dependsOn: [],
  renames: [],
  fills: [],
  dropUnmanaged: [],
  partial: false,
  edit: false,
  plan: false,
  statements: true,
}

/** `upgrade` and `downgrade` without any option, to the heads. */
export const RUN_DEFAULTS: RunOptions = {
  target: 'head',
  sql: false,
  tag: null,
  dryRun: false,
  step: false,
  commitsEach: false,
  allowDestructive: false,
  allowDestructiveRevisions: [],
  backup: true,
  lockTimeout: null,
  limit: null,
  expected: null,
}
