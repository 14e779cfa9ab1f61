/** Extras as a model or a script gives them: plain data of unknown shape, checked once. */
import { MigrateError } from '../../errors.js'
import type { Generated } from '../../schema/column.js'
import type { ColumnExtras, IndexExtras, TableExtras } from './extras.js'
import { isRecord } from '../knex/knex-fields.js'

/**
 * Extras as a model or script gives them, checked.
 * @throws MigrateError `TABLE_EXTRAS` that names what is wrong and what is allowed
 */
export function readExtras(value: unknown, table: string): TableExtras {
  const extras = recordAt(value, { table, path: 'tableExtras' }, ['indexes', 'columns', 'options'])
  const indexes = entriesAt(extras.indexes, { table, path: 'indexes' }, checkIndex)
  const columns = entriesAt(extras.columns, { table, path: 'columns' }, checkColumn)
  const options = entriesAt(extras.options, { table, path: 'options' }, checkText)
  return {
    ...(indexes === null ? {} : { indexes }),
    ...(columns === null ? {} : { columns }),
    ...(options === null ? {} : { options }),
  }
}

interface Place {
  readonly table: string
  readonly path: string
}

function checkIndex(value: unknown, place: Place): IndexExtras {
  const { method, include, opclass, nullsNotDistinct } = recordAt(value, place, [
    'method',
    'include',
    'opclass',
    'nullsNotDistinct',
  ])
  const isList = Array.isArray(include) && include.every((name) => typeof name === 'string')
  if (include !== undefined && !isList) throw wrong(place, 'include', 'a list of column names')
  if (nullsNotDistinct !== undefined && typeof nullsNotDistinct !== 'boolean') {
    throw wrong(place, 'nullsNotDistinct', 'true or false')
  }
  return {
    ...(method === undefined ? {} : { method: checkText(method, inside(place, 'method')) }),
    ...(isList ? { include: include.map(String) } : {}),
    ...(opclass === undefined ? {} : { opclass: checkOpclass(opclass, inside(place, 'opclass')) }),
    ...(nullsNotDistinct === undefined ? {} : { nullsNotDistinct }),
  }
}

function checkOpclass(value: unknown, place: Place): string | Readonly<Record<string, string>> {
  return typeof value === 'string' ? value : (entriesAt(value, place, checkText) ?? {})
}

function checkColumn(value: unknown, place: Place): ColumnExtras {
  const { generated, identity } = recordAt(value, place, ['generated', 'identity'])
  if (![undefined, null, 'always', 'byDefault'].some((allowed) => allowed === identity)) {
    throw wrong(place, 'identity', `'always', 'byDefault' or null`)
  }
  return {
    ...(generated === undefined ? {} : { generated: checkGenerated(generated, place) }),
    ...(identity === 'always' || identity === 'byDefault' || identity === null ? { identity } : {}),
  }
}

function checkGenerated(value: unknown, place: Place): Generated | null {
  if (value === null) return null
  const { sql, stored } = recordAt(value, inside(place, 'generated'), ['sql', 'stored'])
  if (typeof sql !== 'string' || typeof stored !== 'boolean') {
    throw wrong(place, 'generated', `{ sql: '…', stored: true }`)
  }
  return { sql, stored }
}

function checkText(value: unknown, place: Place): string {
  if (typeof value === 'string') return value
  throw new MigrateError('TABLE_EXTRAS', 1, `${place.path} of table ${place.table} is no text.`, {
    fix: 'Give a text there.',
  })
}

function recordAt(
  value: unknown,
  place: Place,
  allowed: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) {
    throw wrong(place, null, `an object with ${allowed.join(', ')}`)
  }
  const strange = Object.keys(value).find((key) => !allowed.includes(key))
  if (strange !== undefined) throw wrong(place, strange, `one of ${allowed.join(', ')}`)
  return value
}

/** Each entry of a record, checked; null where there is no record. */
function entriesAt<T>(
  value: unknown,
  place: Place,
  check: (value: unknown, place: Place) => T,
): Readonly<Record<string, T>> | null {
  if (value === undefined) return null
  if (!isRecord(value)) throw wrong(place, null, 'an object by name')
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, check(each, inside(place, name))]),
  )
}

function inside(place: Place, key: string): Place {
  return { table: place.table, path: `${place.path}.${key}` }
}

function wrong(place: Place, key: string | null, allowed: string): MigrateError {
  const path = key === null ? place.path : `${place.path}.${key}`
  return new MigrateError(
    'TABLE_EXTRAS',
    1,
    `${path} in the tableExtras of table ${place.table} is not what is expected there.`,
    { fix: `Allowed is ${allowed}.`, details: { table: place.table, path } },
  )
}
