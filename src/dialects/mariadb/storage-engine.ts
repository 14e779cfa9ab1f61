/** What the storage engine of a table can hold. */
import type { TableOptions } from '../../schema/table.js'

/** The engine that options name, as they spell it; null where they name none. */
export function engineOf(options: TableOptions): string | null {
  const found = Object.entries(options).find(([key]) => key.toLowerCase() === 'engine')
  return found === undefined || found[1] === '' ? null : found[1]
}

/** Whether an engine keeps foreign keys: the others take the words, and make an index. */
export function holdsForeignKeys(engine: string): boolean {
  return /^(?:innodb|ndb(?:cluster)?)$/i.test(engine)
}
