/** The numbers that AUTOINCREMENT gave last: they never go back. */
import type { Connection } from '../../connection.js'
import type { GuardRecord } from './record.js'
import { isDropped, nameAfter } from './record.js'
import type { KnownSchema } from '../catalog/known-schema.js'
import { lastNumber } from '../catalog/last-number.js'

/** By the folded name of the table: null where none was given yet. */
export type Sequences = Map<string, Promise<number | null>>

/** Asks for the number of a table that counts, before anything changes it. */
export function readSequence(
  connection: Connection,
  schema: KnownSchema,
  table: string,
  into: Sequences,
): void {
  const row = schema.groups.get(table)?.find((each) => each.type === 'table')
  if (into.has(table) || !/\bautoincrement\b/i.test(row?.sql ?? '')) return
  const asked = lastNumber(connection, table)
  // Only `verify` awaits it, which may never come: its failure must end no process.
  asked.catch(() => undefined)
  into.set(table, asked)
}

/** Tables that still count and whose number went back or is gone. */
export async function lostSequences(
  connection: Connection,
  before: Sequences,
  record: GuardRecord,
): Promise<readonly string[]> {
  const lost: string[] = []
  for (const [table, asked] of before) {
    const was = await asked
    if (was === null || isMeant(record, table)) continue
    const name = nameAfter(record, table)
    const [row] = await connection.query(
      `select name, sql from sqlite_master where type = 'table' and name = ? collate nocase`,
      [name],
    )
    if (row === undefined || !/\bautoincrement\b/i.test(String(row.sql))) continue
    const now = await lastNumber(connection, name)
    if (now !== null && now >= was) continue
    lost.push(
      `the last number of ${String(row.name)} went from ${was} ${now === null ? 'away' : `back to ${now}`}`,
    )
  }
  return lost
}

/** Whether the script set the number itself, or dropped the table and put no other in its place. */
function isMeant(record: GuardRecord, table: string): boolean {
  if (isDropped(record, table)) return true
  if (record.raw.some((raw) => raw.names.has('sqlite_sequence'))) return true
  const isRawDrop = record.raw.some((raw) => raw.dropped.includes(table))
  return isRawDrop && !record.raw.some((raw) => raw.renamedTo.includes(table))
}
