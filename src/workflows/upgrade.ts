/** Applies revisions up to a target. */
import type { Project } from '../project/project.js'
import type { RunDocument } from './documents.js'
import type { Io } from './io.js'
import { offlineRun } from './running/offline-run.js'
import type { UpgradeOptions } from './options.js'
import { run } from './running/run.js'

/**
 * Applies what is pending up to the target; with `sql` writes the statements instead.
 * @throws MigrateError, see `run` and `offlineRun`
 */
export function upgrade(project: Project, options: UpgradeOptions, io: Io): Promise<RunDocument> {
  return options.sql ? offlineRun(project, 'up', options, io) : run(project, 'up', options, io)
}
