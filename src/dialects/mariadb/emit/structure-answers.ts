/** The questions that Knex itself asks about tables, answered from what is known of them. */
import type { TableName } from '../../../schema/table.js'
import type { Row } from '../../connection.js'
import type { PhysicalTable } from '../catalog/physical.js'
import { unquoted } from '../expression/tokens.js'
import { typeText } from '../types.js'

const HAS_TABLE =
  /^select \* from information_schema\.tables where table_name = \?(?: and table_schema = (?:\?|database\(\)))?$/i
const COLUMN_INFO =
  /^select \* from information_schema\.columns where table_name = \? and table_schema = \?$/i
const SHOW_COLUMNS = /^show (?:full )?(?:columns|fields) from (`(?:[^`]|``)+`)$/i

/**
 * The rows of the answer to `hasTable`, `hasColumn` or `columnInfo`; null for any other question.
 * `lookup` gives a table as the statements so far leave it.
 */
export async function answerStructure(
  sql: string,
  bindings: readonly unknown[],
  lookup: (name: TableName) => Promise<PhysicalTable | null>,
): Promise<readonly Row[] | null> {
  const question = sql.trim().replaceAll(/\s+/g, ' ')
  const shown = SHOW_COLUMNS.exec(question)?.[1]
  if (shown !== undefined) {
    const table = await lookup(unquoted(shown))
    return (table?.columns ?? []).map(({ column }) => ({
      Field: column.name,
      Type: typeText(column.type),
      Null: column.nullable ? 'YES' : 'NO',
      Key: '',
      Default: null,
      Extra: '',
    }))
  }
  const name = bindings[0]
  if (typeof name !== 'string') return null
  if (HAS_TABLE.test(question)) {
    const table = await lookup(name)
    return table === null ? [] : [{ TABLE_NAME: name }]
  }
  if (!COLUMN_INFO.test(question)) return null
  const table = await lookup(name)
  return (table?.columns ?? []).map(({ column }) => ({
    COLUMN_NAME: column.name,
    COLUMN_DEFAULT: null,
    DATA_TYPE: typeText(column.type).replace(/\W.*$/, ''),
    CHARACTER_MAXIMUM_LENGTH: column.type.kind === 'string' ? column.type.length : null,
    IS_NULLABLE: column.nullable ? 'YES' : 'NO',
  }))
}
