/** Runs the commands that change the database or what is recorded of it. */
import { planLines } from '../present/plan-lines.js'
import { runLines, stampLines } from '../present/run-lines.js'
import type { Project } from '../project/project.js'
import type { RunDocument } from '../workflows/documents.js'
import type { Io } from '../workflows/io.js'
import type { RunOptions } from '../workflows/options.js'
import { runOptions, stampOptions } from './given-options.js'
import type { CommandContext, CommandRunner, Outcome } from './outcome.js'
import { outcome, scriptOutcome } from './outcome.js'

export const runUpgrade: CommandRunner = async (context) => {
  const { upgrade } = await import('../workflows/upgrade.js')
  return runSteps(context, runOptions(context.line, 'head'), upgrade)
}

export const runDowngrade: CommandRunner = async (context) => {
  const { downgrade } = await import('../workflows/downgrade.js')
  return runSteps(context, runOptions(context.line, '-1'), downgrade)
}

export const runStamp: CommandRunner = async ({ line, io, project }) => {
  const { stamp } = await import('../workflows/stamp.js')
  const document = await stamp(await project(), stampOptions(line), io)
  return document.sql === null
    ? outcome(document, () => stampLines(document))
    : scriptOutcome(document, document.sql)
}

type RunWorkflow = (project: Project, options: RunOptions, io: Io) => Promise<RunDocument>

async function runSteps(
  { io, project, planned }: CommandContext,
  options: RunOptions,
  workflow: RunWorkflow,
): Promise<Outcome> {
  const document = await workflow(await project(), options, io)
  if (document.sql !== null) return scriptOutcome(document, document.sql)
  if (options.dryRun) {
    return outcome(document, (look) => planLines(planned(), look))
  }
  return outcome(document, (look) => runLines(document, look), io.signal.aborted ? 130 : 0)
}
