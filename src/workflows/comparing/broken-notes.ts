/** What the database keeps although a change breaks it. */
import type { Operation } from '../../operations/operation.js'
import type { Note } from '../../schema/desired.js'
import type { RawStatement } from '../../vocabulary/call.js'
import type { Session } from '../session.js'

/**
 * A note for each thing that operations drop or rename and something else goes on naming. What a
 * statement of `raw` names is seen to by the script.
 */
export async function brokenNotes(
  { dialect, connection }: Session,
  operations: readonly Operation[],
  raw: readonly RawStatement[] = [],
): Promise<readonly Note[]> {
  if (connection === null || dialect.breaks === undefined) return []
  const found = await dialect.breaks(connection, operations)
  const users = new Map<string, Set<string>>()
  for (const { object, user } of found) {
    const name = user.slice(user.indexOf(' ') + 1)
    if (raw.some(({ sql }) => sql.includes(name))) continue
    users.set(object, (users.get(object) ?? new Set()).add(user))
  }
  return [...users].map(([object, names]) => brokenNote(object, [...names]))
}

function brokenNote(object: string, users: readonly string[]): Note {
  const isOne = users.length === 1
  return {
    code: 'BREAKS_USERS',
    message: `${object} is used by ${users.join(', ')}: the database keeps ${isOne ? 'it, and it fails' : 'them, and they fail'} from then on. Drop ${isOne ? 'it' : 'them'} in the script, or make ${isOne ? 'it' : 'them'} anew there.`,
    where: object,
  }
}
