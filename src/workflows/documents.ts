/** The documents that commands print with `--json` and that the API returns. Shapes are a contract: additions only. */
import type { OperationKind } from '../operations/operation.js'
import type { Note } from '../schema/desired.js'
import type { EnumType } from '../schema/schema.js'
import type { Table } from '../schema/table.js'

export interface HazardDocument {
  readonly code: string
  readonly message: string
  /** Rows counted live; null where there is nothing to count. */
  readonly rows: number | null
}

export interface ChangeDocument {
  readonly id: string
  readonly kind: OperationKind
  readonly table: string | null
  /** The object's own name: a column, an index, a constraint, the table itself. */
  readonly name: string
  readonly summary: string
  readonly destructive: boolean
  readonly hazards: readonly HazardDocument[]
  readonly up: readonly string[]
  readonly down: readonly string[]
}

export interface CurrentDocument {
  readonly database: string
  readonly dialect: string
  readonly current: readonly string[]
  readonly heads: readonly string[]
  readonly pending: number
  /** Those that are applied and that no file provides. */
  readonly missing: readonly string[]
  /** Whether nothing is pending and no file is missing. */
  readonly atHead: boolean
  /** What speaks against building on this history, and what failed half-way. */
  readonly notes: readonly Note[]
}

/** Where a database stands, without what there is to say of it. */
export type StandDocument = Omit<CurrentDocument, 'notes'>

/** A run that failed and after which its revision was not done yet. */
export interface FailedRunDocument {
  readonly direction: 'up' | 'down'
  /** Whether statements of it stand, or may. */
  readonly isHalfDone: boolean
  /** Whether its end was recorded: else it runs still, or its process or its session is gone. */
  readonly hasEnded: boolean
  /** When it ended or, where that is not known, began; ISO 8601 in UTC. */
  readonly at: string
  /** What went wrong and, below it, the statements that stood. */
  readonly error: string
}

export interface RevisionDocument {
  readonly revision: string
  readonly downRevision: readonly string[]
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  readonly message: string
  readonly createdAt: string | null
  readonly path: string | null
  readonly applied: boolean
  readonly head: boolean
  readonly current: boolean
  /** Whether it is applied and no file provides it: what is known of it is what was recorded. */
  readonly missing: boolean
  /** Its last run, where that failed; one that left something half done goes before later ones. */
  readonly failed: FailedRunDocument | null
}

/** What the history recorded of an applied revision. */
export interface RecordedDocument {
  readonly state: 'applied' | 'failed' | 'partial' | 'stamped'
  readonly appliedAt: string
  readonly durationMs: number | null
  readonly checksum: string | null
  readonly toolVersion: string
  readonly by: string
  readonly hazards: readonly string[]
}

export interface ShowDocument extends RevisionDocument {
  /** One sentence each. */
  readonly operations: readonly string[]
  readonly statements: { readonly up: readonly string[]; readonly down: readonly string[] }
  /** Why the statements are not known, or not all of them; null where they are. */
  readonly unforeseen: { readonly up: string | null; readonly down: string | null }
  /** Empty where no file holds it. */
  readonly checksum: string
  readonly recorded: RecordedDocument | null
}

export interface RenameQuestion {
  readonly kind: 'table' | 'column'
  /** `users.name` or `users`. */
  readonly from: string
  readonly to: string
  /** 0 to 1. */
  readonly score: number
  readonly evidence: readonly string[]
  /** The option that answers yes: `--rename users.name:full_name`. */
  readonly flag: string
}

export interface ComparisonDocument {
  readonly database: string
  readonly dialect: string
  readonly upToDate: boolean
  readonly changes: readonly ChangeDocument[]
  readonly undeclared: readonly {
    readonly table: string
    readonly column: string
    readonly type: string
  }[]
  readonly unmanaged: readonly string[]
  readonly notes: readonly Note[]
  /** Rename candidates that nobody answered yet. */
  readonly renames: readonly RenameQuestion[]
  /** What was compared: so that "no change" can be believed. */
  readonly compared: {
    readonly models: number
    readonly tables: number
    readonly heads: readonly string[]
    readonly current: readonly string[]
  }
}

export interface WrittenDocument {
  readonly revision: string | null
  readonly path: string | null
  readonly changes: readonly ChangeDocument[]
}

/** What `migrate` answers: with what was compared, so that "nothing to do" can be believed. */
export type MigrateDocument = WrittenDocument &
  Omit<ComparisonDocument, 'changes' | 'upToDate'> & {
    /** What the revision's `up` sends, with `--sql`; else null. */
    readonly sql: readonly string[] | null
  }

export interface StepDocument {
  readonly revision: string
  readonly direction: 'up' | 'down'
  readonly status: 'applied' | 'reverted' | 'planned' | 'failed'
  readonly durationMs: number
  readonly statements: number
}

export interface RunDocument {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly steps: readonly StepDocument[]
  /** What the steps took together, with their checks, history and commits: more than each by itself. */
  readonly durationMs: number
  readonly backup: string | null
  /** The statements, with `--sql`; null otherwise. */
  readonly sql: readonly string[] | null
  /** What a person should hear of before going on from this history; a database that was made. */
  readonly notes: readonly Note[]
}

export interface StampDocument {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** The statements, with `--sql`; null otherwise. */
  readonly sql: readonly string[] | null
}

export interface InspectDocument {
  readonly dialect: string
  readonly tables: readonly Table[]
  readonly enums: readonly EnumType[]
}

export interface InitDocument {
  readonly written: readonly string[]
  readonly notes: readonly string[]
}

export interface VerifyDocument {
  readonly ok: boolean
  readonly findings: readonly {
    readonly code: string
    readonly revision: string
    readonly message: string
    readonly fix: string
  }[]
  /** What could not be judged, and why. */
  readonly notes: readonly Note[]
}

export interface FailureDocument {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hint: string
    readonly state: string | null
  }
}

/** A template that `init` can copy. */
export interface TemplateDocument {
  readonly name: string
  readonly description: string
}
