/** What a revision is to the graph: its id, what it follows, and what people call it. */

export type RevisionId = string

export interface Revision {
  readonly id: RevisionId
  /** The revisions it follows: none at a base, several at a merge point. */
  readonly parents: readonly RevisionId[]
  /** Ids or branch labels of revisions that must be applied first, as written. */
  readonly dependsOn: readonly string[]
  /** The labels written in it; `labelsByRevision` tells how far they reach. */
  readonly branchLabels: readonly string[]
  readonly message: string
  /** ISO 8601; null where the script does not say. */
  readonly createdAt: string | null
  /** Absolute; null where a migration source holds it. */
  readonly path: string | null
  /** A Knex migration without our exports: its id is its file name and may hold any character. */
  readonly plain: boolean
}

/** The characters that mean something in a revision argument, as in Alembic. */
const GRAMMAR = /[@+:-]/

/** Words of the grammar that can be no name. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(['head', 'heads', 'base', 'current'])

/** An id as it is typed in a revision argument: in quotes where it would read as something else. */
export function typedId(id: RevisionId): string {
  if (!GRAMMAR.test(id) && !RESERVED_WORDS.has(id)) return id
  return id.includes('"') ? `'${id}'` : `"${id}"`
}

/** What the history tables of every database can hold. */
const LONGEST_NAME = 255

/**
 * Why `name` can be neither an id nor a branch label; null when it can. Alembic refuses the
 * characters of its grammar; quotes, white space at the ends and control characters could not be
 * typed either.
 */
export function nameProblem(name: string): string | null {
  if (name === '') return 'it is empty'
  if (RESERVED_WORDS.has(name)) return `${name} is a word of the revision grammar`
  const [bad] = /[@+:"'\p{Cc}-]/u.exec(name) ?? []
  if (bad !== undefined) return `it has the character ${JSON.stringify(bad)}`
  if (name.length > LONGEST_NAME) return `it is longer than ${LONGEST_NAME} characters`
  return name.trim() === name ? null : 'it begins or ends with white space'
}
