/** Keys, checks and indexes out of catalog rows. */
import type {
  Check,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  ReferentialAction,
  Unique,
} from '../../../schema/table.js'
import type { Row } from '../../connection.js'
import { automaticName, joinName } from '../names.js'
import { flag, number, numbers, text, textOrNull, texts, textsOrNulls } from './rows.js'
import { bareExpression, withoutSchema } from './schema-text.js'

export function readPrimaryKey(row: Row, columns: readonly string[], bare: string): PrimaryKey {
  const name = text(row, 'name')
  return { name: name === automaticName(bare, null, 'pkey') ? null : name, columns }
}

export function readUnique(row: Row, columns: readonly string[]): Unique {
  return {
    name: text(row, 'name'),
    columns,
    deferrable: readDeferrable(row),
    nullsNotDistinct: flag(row, 'nulls_not_distinct'),
  }
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  c: 'cascade',
  n: 'set null',
  d: 'set default',
  r: 'restrict',
}

export function readForeignKey(
  row: Row,
  columns: readonly string[],
  defaultSchema: string,
): ForeignKey {
  return {
    name: text(row, 'name'),
    columns,
    refTable: joinName(text(row, 'ref_schema'), text(row, 'ref_table'), defaultSchema),
    refColumns: texts(row, 'ref_columns'),
    onDelete: ACTIONS[text(row, 'on_delete')] ?? null,
    onUpdate: ACTIONS[text(row, 'on_update')] ?? null,
    deferrable: readDeferrable(row),
  }
}

function readDeferrable(row: Row): 'immediate' | 'deferred' | null {
  if (!flag(row, 'is_deferrable')) return null
  return flag(row, 'is_deferred') ? 'deferred' : 'immediate'
}

export function readCheck(row: Row, defaultSchema: string): Check {
  const sql = bareExpression(withoutSchema(text(row, 'expression'), defaultSchema))
  return { name: text(row, 'name'), sql }
}

export function readIndex(
  row: Row,
  columnName: (at: number) => string,
  defaultSchema: string,
): Index {
  const keys = numbers(row, 'keys')
  const count = number(row, 'key_count')
  const options = numbers(row, 'options')
  const expressions = texts(row, 'expressions')
  const [opclasses, collations] = [textsOrNulls(row, 'opclasses'), textsOrNulls(row, 'collations')]
  const method = text(row, 'method')
  const predicate = textOrNull(row, 'predicate')
  const parts = keys.slice(0, count).map((key, at): IndexPart => {
    const option = options[at] ?? 0
    const order = (option & 1) === 1 ? 'desc' : 'asc'
    const nulls = (option & 2) === 2 ? 'first' : 'last'
    const expression = withoutSchema(expressions[at] ?? '', defaultSchema)
    return {
      on: key === 0 ? { sql: bareExpression(expression) } : { column: columnName(key) },
      order,
      nulls: nulls === (order === 'asc' ? 'last' : 'first') ? null : nulls,
      collation: collations[at] ?? null,
      opclass: opclasses[at] ?? null,
      prefix: null,
    }
  })
  return {
    name: text(row, 'name'),
    unique: flag(row, 'is_unique'),
    parts: method === 'btree' ? parts : parts.map((part) => ({ ...part, nulls: null })),
    where: predicate === null ? null : bareExpression(withoutSchema(predicate, defaultSchema)),
    method: method === 'btree' ? null : method,
    include: keys.slice(count).map(columnName),
    nullsNotDistinct: flag(row, 'nulls_not_distinct'),
  }
}
