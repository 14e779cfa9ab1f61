/** Reverts revisions down to a target. */
import type { Project } from '../project/project.js'
import type { RunDocument } from './documents.js'
import type { Io } from './io.js'
import { offlineRun } from './running/offline-run.js'
import type { DowngradeOptions } from './options.js'
import { run } from './running/run.js'

/**
 * Reverts what is applied beyond the target; with `sql` writes the statements instead.
 * @throws MigrateError, see `run` and `offlineRun`
 */
export function downgrade(
  project: Project,
  options: DowngradeOptions,
  io: Io,
): Promise<RunDocument> {
  return options.sql ? offlineRun(project, 'down', options, io) : run(project, 'down', options, io)
}
