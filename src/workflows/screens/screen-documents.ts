/** What the screens show beyond the documents that commands print. All of it is plain data: it crosses from another process. */
import type { TableComparison } from '../../compare/comparison.js'
import type { PlannedStep } from '../../runner/events.js'
import type { LoadFailure, Note } from '../../schema/desired.js'
import type { ComparisonDocument, RecordedDocument, RevisionDocument } from '../documents.js'
import type { FillQuestion } from '../io.js'
import type { FillAnswer, RenameAnswer } from '../options.js'

/** `fileMissing`: the history has it and no file provides it. `stamped` counts as applied. */
export type TreeState = 'applied' | 'current' | 'pending' | 'failed' | 'partial' | 'fileMissing'

/** A revision as a row of the tree. */
export interface TreeRevision extends RevisionDocument {
  readonly state: TreeState
  /** Whether its script still has a place to fill in. */
  readonly fillIn: boolean
}

/** What the tree shows, and the header over every screen. */
export interface OverviewDocument {
  readonly project: {
    readonly name: string
    /** Absolute. */
    readonly root: string
    readonly environment: string
    /** Absolute. */
    readonly configPath: string
    /** Keys of the UI by action, as the configuration gives them. */
    readonly keys: Readonly<Record<string, readonly string[]>>
  }
  readonly database: {
    /** As `--database` names it. */
    readonly name: string
    /** A path, `host:port/name`; never a secret. */
    readonly described: string
    readonly dialect: string
    readonly protection: 'none' | 'ask' | 'refuse'
    /** Whether it is not there yet. */
    readonly isMissing: boolean
    /** Whether it is one file that can be copied before a loss, and copies are not turned off. */
    readonly canBackUp: boolean
  }
  /** Every database of the configuration, by name. */
  readonly databases: readonly string[]
  /** Newest first, each before all that it follows or depends on; those without a file come first. */
  readonly revisions: readonly TreeRevision[]
  readonly current: readonly string[]
  readonly heads: readonly string[]
  readonly pending: number
  /** The last position in our log: it moves when any process upgrades, downgrades or stamps. */
  readonly position: number
  /** Absolute paths whose change makes this document or a comparison stale. */
  readonly watched: {
    readonly config: readonly string[]
    readonly migrations: readonly string[]
    /** Folders, files or globs. */
    readonly models: readonly string[]
  }
}

/** The script of one revision, read as text: no code runs. */
export interface ScriptDocument {
  readonly revision: string
  /** Absolute; null where a migration source holds it, or it is missing. */
  readonly path: string | null
  /** Relative to the project. */
  readonly file: string | null
  readonly text: string | null
  readonly checksum: string | null
  readonly recorded: RecordedDocument | null
  /** Whether the checksum that was recorded is the file's; null where nothing was recorded. */
  readonly isUnchanged: boolean | null
}

/** Scripts that do not parse. */
export interface SyntaxDocument {
  readonly broken: readonly SyntaxProblem[]
}

/** The first place of a script that is no syntax. */
export interface SyntaxProblem {
  /** Absolute. */
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly message: string
}

/** What one revision does on this database, both ways. */
export interface EffectDocument {
  readonly revision: string
  readonly up: EffectSide
  readonly down: EffectSide
}

export interface EffectSide {
  /** One sentence each. */
  readonly operations: readonly string[]
  readonly statements: readonly string[]
  /** Without counts: they are taken when it is planned. */
  readonly hazards: readonly { readonly object: string; readonly message: string }[]
  /** Why more may happen than is listed; null when nothing is open. */
  readonly unforeseen: string | null
  /** Whether it does nothing: an empty `down` cannot undo anything. */
  readonly empty: boolean
}

/** What was answered so far in a review. */
export interface ReviewAnswers {
  readonly renames: readonly RenameAnswer[]
  /** Pairs that are no rename: the one is dropped, the other added. */
  readonly apart: readonly RenameAnswer[]
  readonly dropUnmanaged: readonly string[]
}

/** Models and database compared, for the diff and the review. */
export interface ReviewDocument extends ComparisonDocument {
  /** Every table that differs or has undeclared columns, and every unmanaged one. */
  readonly tables: readonly TableComparison[]
  /** Which model each table comes from; paths relative to the project. */
  readonly models: readonly {
    readonly table: string
    readonly model: string
    readonly file: string
    /** `defineTable` says the whole table, inference part of it; null where the table was not read. */
    readonly source: 'declared' | 'inferred' | null
  }[]
  /** Models that could not be read; no drop is among the changes then. */
  readonly failures: readonly LoadFailure[]
  /** New NOT NULL columns whose rows have no value yet. */
  readonly fills: readonly FillQuestion[]
  /** The line to paste into `defineTable` for every column that no model declares. */
  readonly declarations: readonly {
    readonly table: string
    readonly column: string
    readonly text: string
  }[]
}

/** One revision to write: its changes by id, in the order in which they are to run. */
export interface ReviewPart {
  /** Null takes one from the changes. */
  readonly message: string | null
  readonly changes: readonly string[]
}

/** What to write from a review; several parts become revisions that follow each other. */
export interface ReviewToWrite {
  readonly answers: ReviewAnswers
  readonly parts: readonly ReviewPart[]
  readonly fills: readonly FillAnswer[]
  /** Goes on without drops although a model failed to load. */
  readonly partial: boolean
}

export interface ReviewWritten {
  readonly written: readonly { readonly revision: string; readonly path: string }[]
}

/** A step of a plan, as it is shown before it runs. */
export interface PlanViewStep extends PlannedStep {
  /** Relative to the project. */
  readonly file: string | null
  readonly path: string | null
  /** Whether it runs in a transaction, so that a failure leaves nothing of it. */
  readonly isAtomic: boolean
  /** What each operation says, one sentence each. */
  readonly operations: readonly string[]
  /** What the way back cannot bring back; empty where it brings back all. */
  readonly notUndone: readonly string[]
  /** What other sessions wait for while it runs: one sentence a table; empty where nobody waits. */
  readonly locks: readonly string[]
  /** Rows that stop it: it is refused until they are mended. */
  readonly isBlocked: boolean
  /** The target that a command would be given to run this step after those before it. */
  readonly target: string
}

export interface PlanDocument {
  readonly direction: 'up' | 'down'
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** Where it goes, as it is said later as well: a revision in place of steps such as `-1`. */
  readonly target: string
  readonly steps: readonly PlanViewStep[]
  /** Whether each step is undone whole when it fails on this engine. */
  readonly isTransactional: boolean
}

/** A look at values, on request. */
export interface SampleDocument {
  /** Rows whose value is not null. */
  readonly values: number
  readonly rows: number
  /** At most five, as text. */
  readonly samples: readonly string[]
}

/** A script after the person edited it. */
export interface EditedDocument {
  readonly revision: string
  readonly isChanged: boolean
  readonly notes: readonly Note[]
}
