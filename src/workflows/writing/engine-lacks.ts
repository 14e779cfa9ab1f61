/** What each engine has no counterpart of, without the engines themselves. */
import { lacks as mariadb } from '../../dialects/mariadb/counterparts.js'
import { lacks as postgres } from '../../dialects/postgres/counterparts.js'
import { lacks as sqlite } from '../../dialects/sqlite/counterparts.js'
import type { Lack } from '../../operations/lacks.js'
import type { Stated } from '../../operations/stated.js'

/** An engine, and what it has no counterpart of. */
export interface EngineLacks {
  /** As `Dialect.name`. */
  readonly name: string
  /** As people write it. */
  readonly title: string
  readonly lacks: (stated: Stated) => readonly Lack[]
}

/** Every engine, in the order in which they are listed. */
export const ENGINE_LACKS: readonly EngineLacks[] = [
  { name: 'sqlite', title: 'SQLite', lacks: sqlite },
  { name: 'postgres', title: 'PostgreSQL', lacks: postgres },
  { name: 'mariadb', title: 'MariaDB', lacks: mariadb },
]
