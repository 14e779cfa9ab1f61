/** Operations as PostgreSQL's statements, on the database as it stands. */
import { isCounter } from '../../../operations/counter.js'
import type { Operation } from '../../../operations/operation.js'
import type { Column } from '../../../schema/column.js'
import type { PrimaryKey, TableName } from '../../../schema/table.js'
import type { Connection } from '../../connection.js'
import type { Statement } from '../../dialect.js'
import { catalogSurvey } from '../catalog/catalog-survey.js'
import { postgresConnection } from '../connection/session.js'
import { textOf } from '../defaults.js'
import { automaticName, besideTable, keptName, quote, quoteName, splitName } from '../names.js'
import { alterColumnTexts } from './alter-column.js'
import { alterEnumTexts } from './alter-enum.js'
import { columnText, enumCheckText } from './column-text.js'
import {
  checkText,
  createIndexText,
  foreignKeyText,
  primaryKeyText,
  uniqueText,
} from './constraint-text.js'
import type { EmitContext } from './context.js'
import { readContext } from './context.js'
import { columnCommentTexts, createTableTexts, tableCommentText } from './create-table.js'
import {
  dropCheckTexts,
  dropForeignKeyTexts,
  dropIndexTexts,
  dropUniqueTexts,
} from './drop-texts.js'
import { alterOptionsTexts } from './options-text.js'
import { createEnumText, replaceEnumTexts } from './replace-enum.js'

/**
 * The statements of operations, in order. It reads what it needs to know, and writes nothing.
 * @throws MigrateError `POSTGRES_REFUSED`, `ENUM_VALUES_IN_USE`; on a sketch `STILL_USED`
 */
export async function emit(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly Statement[]> {
  const session = postgresConnection(connection)
  // A server says it by itself.
  await session.sketch?.requireUnused(operations)
  const survey = session.sketch ?? catalogSurvey(session)
  const context = await readContext(survey, operations)
  const texts: string[] = []
  for (const operation of operations) {
    texts.push(...(await textsOf(context, operation)))
    context.done(operation)
  }
  if (session.sketch === null) session.recent.expect(texts, operations)
  else await session.sketch.expect(texts, operations)
  return texts.map((sql) => ({ sql }))
}

async function textsOf(context: EmitContext, operation: Operation): Promise<readonly string[]> {
  const { version } = context.survey
  switch (operation.kind) {
    case 'createTable': {
      const enums = await enumTexts(context, operation.table.columns)
      return [...enums, ...createTableTexts(operation.table, version)]
    }
    case 'dropTable':
      return [`drop table ${quoteName(operation.table.name)}`]
    case 'renameTable':
      return renameTableTexts(context, operation)
    case 'addColumn':
      return [
        ...(await enumTexts(context, [operation.column])),
        ...addColumnTexts(context, operation.table, operation.column),
      ]
    case 'dropColumn':
      return [
        `alter table ${quoteName(operation.table)} drop column ${quote(operation.column.name)}`,
      ]
    case 'alterColumn':
      return [
        ...(await enumTexts(context, [operation.to])),
        ...(await alterColumnTexts(context, operation)),
      ]
    case 'renameColumn':
      return [
        `alter table ${quoteName(operation.table)} rename column ${quote(operation.from)} to ${quote(operation.to)}`,
      ]
    case 'addIndex':
      return [
        ...dropInvalid(context, operation.table, operation.index.name),
        createIndexText(operation.table, operation.index, version),
      ]
    case 'dropIndex':
      return dropIndexTexts(context, operation.table, operation.index)
    case 'addUnique':
      return [
        ...dropInvalid(context, operation.table, operation.unique.name),
        `alter table ${quoteName(operation.table)} add ${uniqueText(operation.unique, version)}`,
      ]
    case 'dropUnique':
      return dropUniqueTexts(context, operation.table, operation.unique)
    case 'addForeignKey':
      return [
        `alter table ${quoteName(operation.table)} add ${foreignKeyText(operation.foreignKey)}`,
      ]
    case 'dropForeignKey':
      return dropForeignKeyTexts(context, operation.table, operation.foreignKey)
    case 'addCheck':
      return [`alter table ${quoteName(operation.table)} add ${checkText(operation.check)}`]
    case 'dropCheck':
      return dropCheckTexts(context, operation.table, operation.check)
    case 'alterPrimaryKey':
      return alterPrimaryKeyTexts(context, operation)
    case 'createEnum':
      return [createEnumText(operation.enum.name, operation.enum.values)]
    case 'dropEnum':
      return [`drop type ${quoteName(operation.enum.name)}`]
    case 'alterEnum':
      return alterEnumTexts(context.survey, operation)
    case 'alterComment':
      return [tableCommentText(operation.table, operation.to)]
    case 'alterOptions':
      return alterOptionsTexts(operation)
  }
}

/**
 * Creates the enum types of columns that are not there yet, and makes usable what this transaction
 * added: a default of such a value would be refused, unless the type itself is new.
 */
async function enumTexts(
  context: EmitContext,
  columns: readonly Column[],
): Promise<readonly string[]> {
  const texts: string[] = []
  for (const { type, default: value } of columns) {
    if (type.kind !== 'enum' || type.native === null) continue
    if (!context.hasEnum(type.native)) {
      texts.push(createEnumText(type.native, type.values))
      context.done({ kind: 'createEnum', enum: { name: type.native, values: type.values } })
    } else if (value?.kind === 'literal') {
      const fresh = await context.survey.freshValues(type.native)
      if (fresh.includes(textOf(value.value))) {
        texts.push(...(await replaceEnumTexts(context.survey, type.native, type.values)))
      }
    }
  }
  return texts
}

function addColumnTexts(context: EmitContext, table: TableName, column: Column): readonly string[] {
  const live = context.table(table)
  const taken = new Set(live?.checks.map(({ name }) => name))
  const check = enumCheckText(table, column, taken)
  const text = columnText(column, context.survey.version)
  // A counting column is the key of a table that has none.
  const key = isCounter(column) && live?.primaryKey === null ? ' primary key' : ''
  return [
    `alter table ${quoteName(table)} add column ${text}${key}${check === null ? '' : ` ${check}`}`,
    ...columnCommentTexts(table, column),
  ]
}

/** Its own name first, then its schema: both may change. Indexes and keys follow and keep their names. */
async function renameTableTexts(
  context: EmitContext,
  { from, to }: { readonly from: TableName; readonly to: TableName },
): Promise<readonly string[]> {
  const [before, after] = [splitName(from), splitName(to)]
  const between =
    before.schema === null ? quote(after.bare) : `${quote(before.schema)}.${quote(after.bare)}`
  const renames =
    before.bare === after.bare
      ? []
      : [`alter table ${quoteName(from)} rename to ${quote(after.bare)}`]
  if (before.schema === after.schema) return renames
  const schema = after.schema ?? (await context.survey.defaultSchema())
  return [...renames, `alter table ${between} set schema ${quote(schema)}`]
}

/** An index that a failed `create index concurrently` left invalid would be in the way. */
function dropInvalid(context: EmitContext, table: TableName, name: string): readonly string[] {
  const isThere = context.live(table)?.invalidIndexes.includes(keptName(name)) === true
  return isThere ? [`drop index ${besideTable(table, name)}`] : []
}

function alterPrimaryKeyTexts(
  context: EmitContext,
  operation: {
    readonly table: TableName
    readonly from: PrimaryKey | null
    readonly to: PrimaryKey | null
  },
): readonly string[] {
  const { table, from, to } = operation
  const alter = `alter table ${quoteName(table)}`
  const before = context.table(table)
  const now = before === null ? from : before.primaryKey
  const live = context.live(table)
  const own = live !== null && live.table.primaryKey === now ? live.primaryKeyName : null
  const name = own ?? now?.name ?? automaticName(splitName(table).bare, null, 'pkey')
  return [
    ...(now === null ? [] : [`${alter} drop constraint ${quote(name)}`]),
    ...(to === null ? [] : [`${alter} add ${primaryKeyText(to)}`]),
  ]
}
