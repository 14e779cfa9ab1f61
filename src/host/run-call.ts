/** Runs one call: each loads its workflow when it is first asked for. */
import type { Project } from '../project/project.js'
import { MIGRATE_DEFAULTS, RUN_DEFAULTS } from '../workflows/default-options.js'
import type { Io } from '../workflows/io.js'
import type { RunOptions } from '../workflows/options.js'
import type { CallName, HostCalls, RunRequest } from './calls.js'

type Runner<Name extends CallName> = (
  project: Project,
  given: HostCalls[Name]['given'],
  io: Io,
) => Promise<HostCalls[Name]['answer']>

/** The tree of each project as it was read last. */
const seen = new WeakMap<Project, HostCalls['overview']['answer']>()

const RUNNERS: { readonly [Name in CallName]: Runner<Name> } = {
  overview: async (project) => {
    const document = await (await import('../workflows/screens/overview.js')).overview(project)
    seen.set(project, document)
    return document
  },
  script: async (project, { revision }) => {
    const inTree = seen.get(project)?.revisions.find((one) => one.revision === revision)
    const seenAt = inTree?.path ?? null
    return (await import('../workflows/screens/script-view.js')).scriptView(project, {
      revision,
      seenAt,
    })
  },
  syntax: async (_project, given) =>
    (await import('../workflows/screens/syntax-view.js')).syntaxView(given),
  effect: async (project, given) =>
    (await import('../workflows/screens/effect-view.js')).effectView(project, given),
  compare: async (project, given) =>
    (await import('../workflows/screens/review.js')).review(project, given),
  write: async (project, given, io) =>
    (await import('../workflows/screens/write-review.js')).writeReview(project, given, io),
  samples: async (project, given) =>
    (await import('../workflows/screens/samples.js')).samples(project, given),
  plan: async (project, given, io) =>
    (await import('../workflows/screens/plan-view.js')).planView(project, given, io),
  run: async (project, given, io) =>
    (await import('../workflows/running/run.js')).run(
      project,
      given.direction,
      runOptions(given),
      io,
    ),
  backUp: async (project, _given, io) =>
    (await import('../workflows/screens/back-up-now.js')).backUpNow(project, io),
  merge: async (project, given, io) =>
    (await import('../workflows/merge.js')).merge(project, given, io),
  revision: async (project, given, io) =>
    (await import('../workflows/revision.js')).revision(
      project,
      { ...MIGRATE_DEFAULTS, autogenerate: false, ...given },
      io,
    ),
  stamp: async (project, given, io) =>
    (await import('../workflows/stamp.js')).stamp(project, given, io),
  edited: async (project, given) =>
    (await import('../workflows/screens/edited-script.js')).editedScript(project, given),
  pulse: async (project) => (await import('../workflows/screens/pulse.js')).pulse(project),
}

/** What a call answers; `given` is what its sender says it is. */
export async function runCall<Name extends CallName>(
  name: Name,
  project: Project,
  given: HostCalls[Name]['given'],
  io: Io,
): Promise<HostCalls[Name]['answer']> {
  return await RUNNERS[name](project, given, io)
}

function runOptions({ target, expected, backup }: RunRequest): RunOptions {
  return { ...RUN_DEFAULTS, target, backup, limit: expected.length, expected, commitsEach: true }
}
