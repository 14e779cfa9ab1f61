/** What uses tables and columns, so that the server takes neither away: which of it stands in the way. */
import { MigrateError } from '../../../errors.js'
import type { Operation } from '../../../operations/operation.js'
import type { TableName } from '../../../schema/table.js'

/** One object that uses a table, or something of one. */
export interface Use {
  readonly table: TableName
  /** The columns of the table that it uses; none where it uses the table as a whole. */
  readonly columns: readonly string[]
  /** The index, constraint or sequence of the table that it rests on; null where on none. */
  readonly key: string | null
  /** The object in full: `view adults`, `function oldest()`. */
  readonly user: string
  /** The table that it belongs to and goes with; null where it belongs to none. */
  readonly owner: TableName | null
  /** Its name where it is a foreign key of `owner`. */
  readonly foreignKey: string | null
  /** Its name where it is a view. */
  readonly view: TableName | null
  /** Whether it can be put aside while the type of a column changes. */
  readonly isMovable: boolean
}

/** What uses a table, or something of it. */
export type UsesOf = (table: TableName) => readonly Use[]

/** The name of the primary key's constraint of a table; null where nobody knows it. */
export type KeyName = (table: TableName) => string | null

/** Whether an operation takes something away that may be used elsewhere. */
export function takes({ kind }: Operation): boolean {
  return TAKING.has(kind)
}

const TAKING: ReadonlySet<Operation['kind']> = new Set([
  'dropTable',
  'dropColumn',
  'dropUnique',
  'dropIndex',
  'alterPrimaryKey',
])

/** Refuses an operation that takes away what something else uses. @throws MigrateError `STILL_USED` */
export function refuseTaking(operation: Operation, usesOf: UsesOf, keyName: KeyName): void {
  switch (operation.kind) {
    case 'dropTable': {
      const { name } = operation.table
      const users = usesOf(name).filter(({ owner }) => owner !== name)
      refuse(`${name} cannot be dropped`, users)
      return
    }
    case 'dropColumn': {
      const { table, column } = operation
      const users = ofColumn(usesOf(table), column.name)
      refuse(`${table}.${column.name} cannot be dropped`, users)
      return
    }
    case 'dropUnique':
      refuseKey(usesOf, operation.table, operation.unique.name)
      return
    case 'dropIndex':
      refuseKey(usesOf, operation.table, operation.index.name)
      return
    case 'alterPrimaryKey':
      if (operation.from !== null) refuseKey(usesOf, operation.table, keyName(operation.table))
      return
    default:
      return
  }
}

/**
 * Refuses that a column gets another type or is made anew where something uses it that cannot be put
 * aside meanwhile, or uses a view that would be. @throws MigrateError `STILL_USED`
 */
export function refuseChange(table: TableName, column: string, usesOf: UsesOf): void {
  const users = ofColumn(usesOf(table), column).filter(
    ({ key, foreignKey }) => key === null && foreignKey === null,
  )
  const seen = new Set<TableName>()
  const views = users.flatMap(({ view }) => view ?? [])
  const inTheWay = users.filter(({ isMovable }) => !isMovable)
  for (let view = views.pop(); view !== undefined; view = views.pop()) {
    const name = view
    if (seen.has(name)) continue
    seen.add(name)
    for (const use of usesOf(name).filter(({ owner }) => owner !== name)) {
      if (use.view !== null) views.push(use.view)
      else if (!use.user.startsWith('rule '))
        inTheWay.push({ ...use, user: `${use.user}, through the view ${name},` })
    }
  }
  refuse(`${table}.${column} cannot be changed`, inTheWay)
}

function ofColumn(uses: readonly Use[], column: string): readonly Use[] {
  return uses.filter(({ columns }) => columns.includes(column))
}

function refuseKey(usesOf: UsesOf, table: TableName, key: string | null): void {
  const users = key === null ? [] : usesOf(table).filter((use) => use.key === key)
  refuse(`${table}.${key ?? ''} cannot be dropped`, users)
}

function refuse(what: string, uses: readonly Use[]): void {
  const users = [...new Set(uses.map(({ user }) => user))]
  if (users.length === 0) return
  const isOne = users.length === 1
  throw new MigrateError(
    'STILL_USED',
    1,
    `${what}: ${users.join(', ')} ${isOne ? 'uses' : 'use'} it.`,
    {
      fix: `Drop ${isOne ? 'it' : 'them'} first, in the script before that call; make again what is still wanted.`,
      details: { users },
    },
  )
}
