/** The public API: the same calls as the commands, with the same documents. */
import path from 'node:path'
import { loadProject } from './project/load-project.js'
import type { Project } from './project/project.js'
import type {
  CurrentDocument,
  ComparisonDocument,
  InspectDocument,
  RevisionDocument,
  RunDocument,
  ShowDocument,
  StampDocument,
  VerifyDocument,
  WrittenDocument,
} from './workflows/documents.js'
import { MIGRATE_DEFAULTS, RUN_DEFAULTS } from './workflows/default-options.js'
import type { Io } from './workflows/io.js'
import type {
  HeadsOptions,
  HistoryOptions,
  MergeOptions,
  MigrateOptions,
  RevisionOptions,
  RunOptions,
  StampOptions,
} from './workflows/options.js'

export type { Config, ConfigFunction } from './project/config.js'
export { MigrateError } from './errors.js'
export type * from './workflows/documents.js'
export type { Ask, Io, RunEvent } from './workflows/io.js'
export type { TableExtras } from './vocabulary/reading/extras.js'

/** Which project, and who hears of it while it works. */
export interface OpenProjectOptions {
  /** The folder to look for a configuration from, upward; the working directory unless given. */
  readonly cwd?: string
  readonly config?: string
  readonly database?: string
  readonly env?: string
  readonly x?: Readonly<Record<string, string>>
  /** Questions, events and warnings; without it nothing is asked and nothing is printed. */
  readonly io?: Partial<Io>
}

/** A project: one method a command. */
export interface OpenProject {
  current(): Promise<CurrentDocument>
  heads(options?: Partial<HeadsOptions>): Promise<readonly RevisionDocument[]>
  branches(options?: Partial<HeadsOptions>): Promise<readonly RevisionDocument[]>
  history(options?: Partial<HistoryOptions>): Promise<readonly RevisionDocument[]>
  show(revision?: string): Promise<ShowDocument>
  check(): Promise<ComparisonDocument>
  diff(): Promise<ComparisonDocument>
  inspect(what: 'models' | 'database'): Promise<InspectDocument>
  migrate(options?: Partial<MigrateOptions>): Promise<WrittenDocument>
  revision(options?: Partial<RevisionOptions>): Promise<WrittenDocument>
  merge(options?: Partial<MergeOptions>): Promise<WrittenDocument>
  upgrade(target?: string, options?: Partial<RunOptions>): Promise<RunDocument>
  downgrade(target?: string, options?: Partial<RunOptions>): Promise<RunDocument>
  stamp(revisions?: readonly string[], options?: Partial<StampOptions>): Promise<StampDocument>
  verify(): Promise<VerifyDocument>
  close(): Promise<void>
}

/**
 * Opens a project as the command line does. Each call opens the database for itself, so there is
 * nothing to release but for `close` being the place for it.
 * @throws MigrateError exit 2 where the configuration is missing or wrong
 */
export async function openProject(options: OpenProjectOptions = {}): Promise<OpenProject> {
  const project = await loadProject({
    cwd: path.resolve(options.cwd ?? '.'),
    config: options.config ?? null,
    database: options.database ?? null,
    environment: options.env ?? null,
    variables: options.x ?? {},
  })
  return methodsOf(project, { ...silentIo(), ...options.io })
}

function silentIo(): Io {
  const ignore = (): void => undefined
  return { ask: null, event: ignore, signal: new AbortController().signal, warn: ignore }
}

function methodsOf(project: Project, io: Io): OpenProject {
  const heads: HeadsOptions = { verbose: false, resolveDependencies: false }
  return {
    current: async () =>
      (await import('./workflows/current.js')).current(
        project,
        { verbose: false, checkHeads: false },
        io,
      ),
    heads: async (options) =>
      (await import('./workflows/heads.js')).heads(project, { ...heads, ...options }, io),
    branches: async (options) =>
      (await import('./workflows/branches.js')).branches(project, { ...heads, ...options }, io),
    history: async (options) =>
      (await import('./workflows/history.js')).history(
        project,
        { range: null, verbose: false, indicateCurrent: false, graph: false, ...options },
        io,
      ),
    show: async (revision = 'head') =>
      (await import('./workflows/show.js')).show(project, { revision }, io),
    check: async () =>
      (await import('./workflows/check.js')).check(project, { statements: true }, io),
    diff: async () => (await import('./workflows/diff.js')).diff(project, {}, io),
    inspect: async (what) =>
      (await import('./workflows/inspect.js')).inspect(project, { what }, io),
    migrate: async (options) =>
      (await import('./workflows/migrate.js')).migrate(
        project,
        { ...MIGRATE_DEFAULTS, ...options },
        io,
      ),
    revision: async (options) =>
      (await import('./workflows/revision.js')).revision(
        project,
        { ...MIGRATE_DEFAULTS, autogenerate: false, ...options },
        io,
      ),
    merge: async (options) =>
      (await import('./workflows/merge.js')).merge(
        project,
        {
          revisions: ['heads'],
          message: null,
          branchLabel: null,
          revId: null,
          splice: false,
          ...options,
        },
        io,
      ),
    upgrade: async (target = 'head', options = {}) =>
      (await import('./workflows/upgrade.js')).upgrade(
        project,
        { ...RUN_DEFAULTS, ...options, target },
        io,
      ),
    downgrade: async (target = '-1', options = {}) =>
      (await import('./workflows/downgrade.js')).downgrade(
        project,
        { ...RUN_DEFAULTS, ...options, target },
        io,
      ),
    stamp: async (revisions = ['head'], options = {}) =>
      (await import('./workflows/stamp.js')).stamp(
        project,
        { sql: false, tag: null, purge: false, ...options, revisions },
        io,
      ),
    verify: async () => (await import('./workflows/verify.js')).verify(project, {}, io),
    close: () => Promise.resolve(),
  }
}
