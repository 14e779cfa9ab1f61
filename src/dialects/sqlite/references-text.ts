/** The clauses that column and table constraints share: REFERENCES, ON CONFLICT, DEFERRABLE. */
import type { Deferrable, ReferentialAction } from '../../schema/table.js'
import type { Reader } from './reader.js'

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
  const table = reader.name()
  const columns: string[] = []
  if (reader.sign('(')) {
    do columns.push(reader.name())
    while (reader.sign(','))
    reader.sign(')')
  }
  let onDelete: ReferentialAction | null = null
  let onUpdate: ReferentialAction | null = null
  for (;;) {
    if (reader.words('on', 'delete')) onDelete = readAction(reader)
    else if (reader.words('on', 'update')) onUpdate = readAction(reader)
    else if (reader.words('on', 'insert')) readAction(reader)
    else if (reader.words('match')) reader.name()
    else break
  }
  return { table, columns, onDelete, onUpdate, deferrable: readDeferrable(reader)?.value ?? null }
}

/** Reads `[not] deferrable [initially …]`; null where it does not come next. */
export function readDeferrable(reader: Reader): { readonly value: Deferrable | null } | null {
  if (reader.words('not', 'deferrable')) {
    for (const when of ['deferred', 'immediate']) reader.words('initially', when)
    return { value: null }
  }
  if (!reader.words('deferrable')) return null
  if (reader.words('initially', 'deferred')) return { value: 'deferred' }
  reader.words('initially', 'immediate')
  return { value: 'immediate' }
}

/** Reads `on conflict …`; null where it does not come next. */
export function readConflict(reader: Reader): string | null {
  return reader.words('on', 'conflict') ? reader.next().text.toLowerCase() : null
}

function readAction(reader: Reader): ReferentialAction | null {
  if (reader.words('set', 'null')) return 'set null'
  if (reader.words('set', 'default')) return 'set default'
  if (reader.words('cascade')) return 'cascade'
  if (reader.words('restrict')) return 'restrict'
  reader.words('no', 'action')
  return null
}
