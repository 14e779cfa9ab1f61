/** What each command was asked to do: its options and arguments, parsed, with their defaults in place. */

/** `--rename users.name:full_name` (a column) or `--rename users:people` (`column` is null). */
export interface RenameAnswer {
  readonly table: string
  readonly column: string | null
  readonly to: string
}

/** `--fill users.level=<sql expression>`: the value of existing rows in a new NOT NULL column. */
export interface FillAnswer {
  readonly table: string
  readonly column: string
  readonly sql: string
}

export interface InitOptions {
  /** `typescript`, `javascript` or `multidb`; null chooses as the project is written. */
  readonly template: string | null
  /** Where the migrations go, relative to the working directory; null is `migrations`. */
  readonly directory: string | null
}

/** Null is "not given" throughout. */
export interface MigrateOptions {
  readonly message: string | null
  /** Prints the statements; writes nothing. */
  readonly sql: boolean
  /** The revision to build upon: `head` unless given. */
  readonly head: string
  readonly splice: boolean
  readonly branchLabel: string | null
  readonly versionPath: string | null
  readonly revId: string | null
  readonly dependsOn: readonly string[]
  readonly renames: readonly RenameAnswer[]
  readonly fills: readonly FillAnswer[]
  readonly dropUnmanaged: readonly string[]
  /** Goes on without drops although a model failed to load. */
  readonly partial: boolean
  /** Opens the script in the editor after it was written. */
  readonly edit: boolean
  /** Shows what would be written; writes nothing. */
  readonly plan: boolean
  /** Whether the changes come with their statements; with `plan` they do. */
  readonly statements: boolean
}

export interface RevisionOptions extends MigrateOptions {
  readonly autogenerate: boolean
}

export interface EditOptions {
  readonly revision: string
}

export interface MergeOptions {
  /** Revision names as typed; `heads` unless given. */
  readonly revisions: readonly string[]
  readonly message: string | null
  readonly branchLabel: string | null
  readonly revId: string | null
  readonly splice: boolean
}

/** `upgrade` and `downgrade`. */
export interface RunOptions {
  /** As typed: `head`, `+2`, `-1`, `label@head`; a range `from:to` with `--sql`. */
  readonly target: string
  /** Prints the statements; touches no database. */
  readonly sql: boolean
  /** Free text that reaches scripts. */
  readonly tag: string | null
  /** Shows statements and hazards; changes nothing. */
  readonly dryRun: boolean
  /** Commits after each revision, and asks before each at a terminal. */
  readonly step: boolean
  /** Commits after each revision: somebody looks on, and may stop behind any of them. */
  readonly commitsEach: boolean
  readonly allowDestructive: boolean
  readonly allowDestructiveRevisions: readonly string[]
  /** False with `--no-backup`. */
  readonly backup: boolean
  /** Milliseconds; null takes the configuration's. */
  readonly lockTimeout: number | null
  /** Runs only the first steps of the plan, so many; null runs all. */
  readonly limit: number | null
  /** The revisions that the person saw and means, in order; null takes whatever the plan has. */
  readonly expected: readonly string[] | null
}

export type UpgradeOptions = RunOptions
export type DowngradeOptions = RunOptions

export interface StampOptions {
  readonly revisions: readonly string[]
  readonly sql: boolean
  readonly tag: string | null
  /** Removes every row of the history first. */
  readonly purge: boolean
}

export interface CurrentOptions {
  readonly verbose: boolean
  /** Ends with exit code 3 when the database is not at the heads. */
  readonly checkHeads: boolean
}

/** `heads` and `branches`. */
export interface HeadsOptions {
  readonly verbose: boolean
  readonly resolveDependencies: boolean
}

export type BranchesOptions = HeadsOptions

export interface HistoryOptions {
  /** `a:b` as typed; null is everything. */
  readonly range: string | null
  readonly verbose: boolean
  readonly indicateCurrent: boolean
  readonly graph: boolean
}

export interface ShowOptions {
  readonly revision: string
}

export interface CheckOptions {
  /** Whether each change comes with its statements, both ways. */
  readonly statements: boolean
}

export type DiffOptions = Readonly<Record<string, never>>

export interface InspectOptions {
  readonly what: 'models' | 'database'
}

export type VerifyOptions = Readonly<Record<string, never>>
export type ListTemplatesOptions = Readonly<Record<string, never>>
