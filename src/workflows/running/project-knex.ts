/** The project's own Knex, as scripts are given it. */
import type { ProjectKnex } from '../../plan/perform.js'
import { loadKnex } from '../../project/connection.js'
import type { Session } from '../session.js'

/**
 * Loads the project's Knex ahead of its use, which takes a tenth of a second, while something else
 * is waited for; one that does not load is said where it is used.
 */
export function preloadKnex({ database }: Pick<Session, 'database'>): void {
  try {
    loadKnex(database)
  } catch {
    return
  }
}

/** The project's Knex with its whole configuration; `knex.userParams` tells scripts `x` and `tag`. */
export function knexOf(
  { project, database }: Pick<Session, 'project' | 'database'>,
  tag: string | null = null,
): ProjectKnex {
  const { userParams, ...config } = database.knexConfig
  const given = typeof userParams === 'object' ? userParams : {}
  return {
    knexModule: loadKnex(database),
    config: { ...config, userParams: { ...given, x: project.variables, tag } },
  }
}
