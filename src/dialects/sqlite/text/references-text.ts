/** The clauses that column and table constraints share: REFERENCES, ON CONFLICT, DEFERRABLE. */
import type { Deferrable, ReferentialAction } from '../../../schema/table.js'
import type { Reader } from './reader.js'
import { take, takeName, takeSign, takeWords } from './reader.js'

export interface References {
  readonly table: string
  /** Empty where the text leaves them to the parent's primary key. */
  readonly columns: readonly string[]
  readonly onDelete: ReferentialAction | null
  readonly onUpdate: ReferentialAction | null
  readonly deferrable: Deferrable | null
}

/** Reads what follows the word REFERENCES. */
export function readReferences(reader: Reader): References {
  const table = takeName(reader)
  const columns: string[] = []
  if (takeSign(reader, '(')) {
    do columns.push(takeName(reader))
    while (takeSign(reader, ','))
    takeSign(reader, ')')
  }
  let onDelete: ReferentialAction | null = null
  let onUpdate: ReferentialAction | null = null
  for (;;) {
    if (takeWords(reader, 'on', 'delete')) onDelete = readAction(reader)
    else if (takeWords(reader, 'on', 'update')) onUpdate = readAction(reader)
    else if (takeWords(reader, 'on', 'insert')) readAction(reader)
    else if (takeWords(reader, 'match')) takeName(reader)
    else break
  }
  return { table, columns, onDelete, onUpdate, deferrable: readDeferrable(reader)?.value ?? null }
}

/** Reads `[not] deferrable [initially …]`; null where it does not come next. */
export function readDeferrable(reader: Reader): { readonly value: Deferrable | null } | null {
  if (takeWords(reader, 'not', 'deferrable')) {
    for (const when of ['deferred', 'immediate']) takeWords(reader, 'initially', when)
    return { value: null }
  }
  if (!takeWords(reader, 'deferrable')) return null
  if (takeWords(reader, 'initially', 'deferred')) return { value: 'deferred' }
  takeWords(reader, 'initially', 'immediate')
  return { value: 'immediate' }
}

/** Reads `on conflict …`; null where it does not come next. */
export function readConflict(reader: Reader): string | null {
  return takeWords(reader, 'on', 'conflict') ? take(reader).text.toLowerCase() : null
}

function readAction(reader: Reader): ReferentialAction | null {
  if (takeWords(reader, 'set', 'null')) return 'set null'
  if (takeWords(reader, 'set', 'default')) return 'set default'
  if (takeWords(reader, 'cascade')) return 'cascade'
  if (takeWords(reader, 'restrict')) return 'restrict'
  takeWords(reader, 'no', 'action')
  return null
}
