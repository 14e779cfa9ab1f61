/** Random alterations of a table, as operations. */
import fc from 'fast-check'
import type { Operation } from '../../src/operations/operation.js'
import type { Column, ColumnType } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { PLAIN_COLUMN } from './schema-arbitraries.js'
import { q } from './sqlite-shapes.js'

const types: fc.Arbitrary<ColumnType> = fc.constantFrom<ColumnType>(
  { kind: 'text', size: 'text' },
  { kind: 'integer', unsigned: false },
  { kind: 'string', length: 30 },
  { kind: 'enum', values: ['x', "it's"], native: null },
)

/** What is done to the table, one after the other. */
export const verbs = fc.array(
  fc.record({
    verb: fc.constantFrom(
      'alter',
      'alter',
      'drop',
      'add',
      'rename',
      'index',
      'check',
      'key',
      'primary',
      'dropIndex',
    ),
    place: fc.nat({ max: 8 }),
    type: types,
    nullable: fc.boolean(),
    flag: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)

type Verb = typeof verbs extends fc.Arbitrary<readonly (infer T)[]> ? T : never

/** An operation on the table as it will be then, as far as names go; some will be refused. */
export function operationOf(
  verb: Verb,
  at: number,
  table: Table,
  columns: Column[],
): Operation | null {
  const own = { table: table.name } as const
  const plain = columns.filter((column) => column.name !== 'id' && column.generated === null)
  const column = plain[verb.place % plain.length]
  if (column === undefined) return null
  const name = `new ${at}`
  switch (verb.verb) {
    case 'alter':
      return {
        kind: 'alterColumn',
        ...own,
        from: column,
        to: {
          ...column,
          type: verb.flag ? verb.type : column.type,
          nullable: verb.nullable,
          collation: verb.flag ? column.collation : 'rtrim',
          default: null,
        },
      }
    case 'drop':
      columns.splice(columns.indexOf(column), 1)
      return { kind: 'dropColumn', ...own, column }
    case 'add': {
      const added: Column = {
        ...PLAIN_COLUMN,
        name,
        type: verb.type,
        default: verb.flag ? { kind: 'now', precision: null } : null,
      }
      columns.push(added)
      return { kind: 'addColumn', ...own, column: added }
    }
    case 'rename':
      columns.splice(columns.indexOf(column), 1, { ...column, name })
      return { kind: 'renameColumn', ...own, from: column.name, to: name }
    case 'index': {
      const part = {
        on: { column: column.name },
        order: 'desc',
        nulls: null,
        collation: null,
        opclass: null,
        prefix: null,
      } as const
      return {
        kind: 'addIndex',
        ...own,
        index: {
          name: `ix ${at}`,
          unique: false,
          parts: [part],
          where: `${q(column.name)} is not null`,
          method: null,
          include: [],
          nullsNotDistinct: false,
        },
      }
    }
    case 'check':
      return {
        kind: 'addCheck',
        ...own,
        check: { name: `ck ${at}`, sql: `${q(column.name)} is not 'impossible'` },
      }
    case 'key':
      return {
        kind: 'addForeignKey',
        ...own,
        foreignKey: {
          name: `fk ${at}`,
          columns: [column.name],
          refTable: verb.flag ? 'log' : table.name,
          refColumns: ['id'],
          onDelete: 'cascade',
          onUpdate: null,
          deferrable: null,
        },
      }
    case 'primary':
      return {
        kind: 'alterPrimaryKey',
        ...own,
        from: table.primaryKey,
        to:
          table.primaryKey === null
            ? { name: 'pk', columns: ['id', column.name] }
            : { name: null, columns: [...table.primaryKey.columns, column.name] },
      }
    case 'dropIndex': {
      const [index] = table.indexes
      return index === undefined || at > 0 ? null : { kind: 'dropIndex', ...own, index }
    }
  }
}
