/** What stands inside the callback of an `alterTable` call. */
import type { Operation } from '../../operations/operation.js'
import type { Index, TableName } from '../../schema/table.js'
import { automaticName, baseCheckName } from '../names.js'
import { isCounter } from '../reading/read-type.js'
import type { Call, Source } from './source-text.js'
import { call, chain, string, strings } from './source-text.js'
import type { Chained } from './write-chained.js'
import {
  chainCheck,
  chainForeignKey,
  chainFront,
  chainIndex,
  chainPrimary,
  chainUnique,
} from './write-chained.js'
import { addedColumn, alteredColumn, isNullabilityOnly } from './write-column.js'
import {
  addedCheckCall,
  foreignCalls,
  indexCall,
  isPlainPart,
  primaryCall,
  uniqueCall,
} from './write-index.js'
import type { FoundExtras, WrittenBody } from './write-table.js'
import { chainsOf, extrasOf, forget } from './write-table.js'

/** The operations that one `alterTable` call can hold. */
export type Alteration = Extract<Operation, { readonly table: TableName }>

type OfKind<K extends Alteration['kind']> = Extract<Alteration, { readonly kind: K }>

/** The body that makes alterations, which must stand in the order in which Knex runs them. */
export function alterBody(
  alterations: readonly Alteration[],
  creates: ReadonlySet<string>,
): WrittenBody {
  const extras: FoundExtras = { columns: new Map(), indexes: new Map() }
  const added = alterations.filter((each) => each.kind === 'addColumn')
  const altered = alterations.filter(isWholeAlter)
  const rest = alterations.filter((each) => each.kind !== 'addColumn' && !isWholeAlter(each))
  const { checks, others } = chainedRest(added, rest)
  const chained = [...checks, ...others]
  const left = new Set(creates)
  const columns = added.map(({ column }) => {
    const written = addedColumn(column, { isKey: true, creates: left })
    forget(left, column)
    if (written.extras !== null) extras.columns.set(column.name, written.extras)
    return chain('table', ...written.calls, ...chainsOf(chained, column.name))
  })
  const options = alterations.find((each) => each.kind === 'alterOptions')
  return {
    statements: [
      ...columns,
      ...[...altered, ...rest.slice(chained.length)].flatMap((each) =>
        statementsOf(each, { extras, creates: left }),
      ),
    ],
    extras: extrasOf(extras, options?.to ?? null),
  }
}

/** Whether a column is stated whole, by `.alter()`; Knex runs those behind the added columns. */
export function isWholeAlter(alteration: Alteration): boolean {
  return alteration.kind === 'alterColumn' && !isNullabilityOnly(alteration.from, alteration.to)
}

/** What of the rest can stand on the added columns: first checks, then keys and indexes. */
function chainedRest(
  added: readonly OfKind<'addColumn'>[],
  rest: readonly Alteration[],
): { readonly checks: readonly Chained[]; readonly others: readonly Chained[] } {
  const columns = added.map(({ column }) => column)
  const names = columns.map((column) => column.name)
  const counters = new Set(
    columns.filter(({ type }) => isCounter(type)).map((column) => column.name),
  )
  const counts = (column: string): boolean => counters.has(column)
  const checks = chainFront(rest, names, (each) =>
    each.kind === 'addCheck'
      ? chainCheck(columns, each.check, (over) => {
          return each.check.name === baseCheckName(each.table, each.check.sql, over)
        })
      : null,
  )
  const others = chainFront(rest.slice(checks.count), names, (each) => {
    switch (each.kind) {
      case 'alterPrimaryKey':
        return each.from === null && each.to !== null ? chainPrimary(each.to, counts) : null
      case 'addUnique':
        return chainUnique(each.table, each.unique, counts)
      case 'addForeignKey':
        return chainForeignKey(each.table, each.foreignKey)
      case 'addIndex':
        return chainIndex(each.table, each.index, counts)
      default:
        return null
    }
  })
  return { checks: checks.chained, others: others.chained }
}

interface Writing {
  readonly extras: FoundExtras
  readonly creates: Set<string>
}

function statementsOf(alteration: Alteration, { extras, creates }: Writing): readonly Source[] {
  const one = (...calls: readonly Call[]): readonly Source[] => [chain('table', ...calls)]
  const { table } = alteration
  switch (alteration.kind) {
    case 'alterColumn': {
      const { from, to } = alteration
      if (isNullabilityOnly(from, to)) {
        return one(call(to.nullable ? 'setNullable' : 'dropNullable', string(to.name)))
      }
      const written = alteredColumn(from, to, { isKey: true, creates })
      forget(creates, to)
      if (written.extras !== null) extras.columns.set(to.name, written.extras)
      return one(...written.calls)
    }
    case 'dropColumn':
      return one(call('dropColumn', string(alteration.column.name)))
    case 'renameColumn':
      return one(call('renameColumn', string(alteration.from), string(alteration.to)))
    case 'addIndex': {
      const written = indexCall(table, alteration.index)
      if (written.extras !== null) extras.indexes.set(alteration.index.name, written.extras)
      return one(written.call)
    }
    case 'addUnique': {
      const written = uniqueCall(table, alteration.unique)
      if (written.extras !== null) extras.indexes.set(alteration.unique.name, written.extras)
      return one(written.call)
    }
    case 'addForeignKey':
      return one(...foreignCalls(table, alteration.foreignKey))
    case 'addCheck':
      return one(addedCheckCall(alteration.check))
    case 'dropIndex':
      return one(dropIndexCall(table, alteration.index))
    case 'dropUnique': {
      const { name, columns } = alteration.unique
      return one(dropCall('dropUnique', { table, name, columns, suffix: 'unique' }))
    }
    case 'dropForeignKey': {
      const { name, columns } = alteration.foreignKey
      return one(dropCall('dropForeign', { table, name, columns, suffix: 'foreign' }))
    }
    case 'dropCheck':
      return one(call('dropChecks', string(alteration.check.name)))
    case 'alterPrimaryKey':
      return primaryStatements(alteration)
    case 'alterComment':
      return one(call('comment', string(alteration.to ?? '')))
    // Columns are written before, options stand in the extras.
    case 'addColumn':
    case 'alterOptions':
      return []
  }
}

function primaryStatements({ from, to }: OfKind<'alterPrimaryKey'>): readonly Source[] {
  const drop = call('dropPrimary', ...(from?.name == null ? [] : [string(from.name)]))
  return [
    ...(from === null ? [] : [chain('table', drop)]),
    ...(to === null ? [] : [chain('table', primaryCall(to))]),
  ]
}

function dropIndexCall(table: TableName, { name, parts }: Index): Call {
  const columns = parts.map((part) => ('column' in part.on ? part.on.column : ''))
  return parts.every(isPlainPart)
    ? dropCall('dropIndex', { table, name, columns, suffix: 'index' })
    : call('dropIndex', strings([]), string(name))
}

interface Drop {
  readonly table: TableName
  readonly name: string
  readonly columns: readonly string[]
  readonly suffix: 'unique' | 'index' | 'foreign'
}

/** The columns stand in a drop for the reader; the name is what finds it. */
function dropCall(method: string, { table, name, columns, suffix }: Drop): Call {
  const isAutomatic = name === automaticName(table, columns, suffix)
  const [column = '', ...others] = columns
  const isOne = suffix === 'foreign' && columns.length > 0 && others.length === 0
  const over = isOne ? string(column) : strings(columns)
  return call(method, over, ...(isAutomatic ? [] : [string(name)]))
}
