/** Random tables with rows, children, triggers and views, altered at random: what is not named stays. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection, Row } from '../../../src/dialects/dialect.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { MigrateError } from '../../../src/errors.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Column, ColumnType } from '../../../src/schema/column.js'
import type { Table } from '../../../src/schema/table.js'
import { PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { inMemory, run, schemaTexts, tableIn } from '../../support/sqlite.js'

const NAMES = ['parent', 'order', 'it"s', 'Mixed', 'sqliteman', 'dots', 'ä b']
const FIELDS = ['a', 'b', 'c', 'select', 'x y', 'Team']

const q = (name: string): string => `"${name.replaceAll('"', '""')}"`

const shapes = fc.record({
  name: fc.constantFrom(...NAMES),
  fields: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...FIELDS),
      type: fc.constantFrom('text', 'integer', 'blob', 'real'),
      notNull: fc.boolean(),
      default: fc.boolean(),
      unique: fc.boolean(),
      collate: fc.boolean(),
      check: fc.boolean(),
      comment: fc.boolean(),
    }),
    { selector: (field) => field.name, minLength: 2, maxLength: 5 },
  ),
  key: fc.constantFrom('counter', 'alias', 'text', 'composite', 'none'),
  withoutRowid: fc.boolean(),
  strict: fc.boolean(),
  generated: fc.constantFrom('none', 'stored', 'virtual'),
  composite: fc.boolean(),
  selfKey: fc.constantFrom(
    '',
    'on delete cascade',
    'on delete set null deferrable initially deferred',
  ),
  index: fc.constantFrom('none', 'partial', 'expression', 'desc', 'unique'),
  trigger: fc.boolean(),
  view: fc.boolean(),
  child: fc.constantFrom('on delete cascade', 'on delete set null', 'on update cascade', ''),
  rows: fc.integer({ min: 0, max: 6 }),
})

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never

/** The key's columns and what stands for them in the table's text. */
function keyOf(shape: Shape): { readonly column: string; readonly table: string } {
  switch (shape.key) {
    case 'counter':
      return { column: 'id integer primary key autoincrement', table: '' }
    case 'alias':
      return { column: 'id integer primary key', table: '' }
    case 'text':
      return { column: 'id text not null primary key', table: '' }
    case 'composite':
      return {
        column: 'id integer not null, k2 integer not null default 7',
        table: ', primary key (id, k2 desc)',
      }
    case 'none':
      return { column: 'id integer', table: ', unique (id) on conflict abort' }
  }
}

function statementsOf(shape: Shape): readonly string[] {
  const t = q(shape.name)
  const key = keyOf(shape)
  const [first, second] = shape.fields
  const names = shape.fields.map((field) => q(field.name))
  const fields = shape.fields.map((field) =>
    [
      q(field.name),
      field.type,
      field.notNull ? 'not null' : '',
      field.default || field.notNull
        ? `default ${field.type === 'blob' ? "x'00'" : field.type === 'text' ? "'d'" : '0'}`
        : '',
      field.unique ? 'constraint "u u" unique on conflict abort' : '',
      field.collate ? 'collate nocase' : '',
      field.check ? `check (${q(field.name)} is not 'never' /* ), */)` : '',
      field.comment ? `-- about ${field.name}, really\n` : '',
    ].join(' '),
  )
  const isRowless = shape.withoutRowid && shape.key !== 'counter' && shape.key !== 'none'
  const tail = [...(isRowless ? ['without rowid'] : []), ...(shape.strict ? ['strict'] : [])]
  const more = [
    shape.generated === 'none'
      ? ''
      : `, g ${shape.strict ? 'text' : 'varchar(9)'} as (id || '!') ${shape.generated}`,
    `, parent_id ${shape.key === 'text' ? 'text' : 'integer'}`,
    shape.selfKey === '' || shape.key === 'composite'
      ? ''
      : ` references ${t} (id) ${shape.selfKey}`,
    key.table,
    shape.composite
      ? `, constraint both check (${names[0] ?? ''} is not ${names[1] ?? ''} or 1)`
      : '',
  ]
  const indexes = {
    none: [],
    partial: [`create index ix on ${t} (${names[0] ?? ''}) where ${names[0] ?? ''} > 5`],
    expression: [`create index ix on ${t} (lower(${names[0] ?? ''}), parent_id)`],
    desc: [`create index ix on ${t} (${names[0] ?? ''} collate nocase desc, ${names[1] ?? ''})`],
    unique: [`create unique index ix on ${t} (id, ${names[0] ?? ''})`],
  }[shape.index]
  const value = (field: Shape['fields'][number], row: number): string =>
    field.type === 'text' ? `'v${row}'` : field.type === 'blob' ? `x'0${row}'` : String(row)
  const rows = Array.from({ length: shape.rows }, (_, i) => {
    const id = shape.key === 'text' ? `'k${i}'` : String(i * 2 + 1)
    const values = shape.fields.map((field) => value(field, i))
    return `insert into ${t} (id, parent_id, ${names.join(', ')}) values (${id}, null, ${values.join(', ')})`
  })
  const unique =
    shape.key === 'composite' ? ['create unique index parent_id_ix on ' + t + ' (id)'] : []
  const use = first === undefined ? 'id' : q(first.name)
  return [
    `create table ${t} (${key.column}, ${fields.join(', ')}${more.join('')}) ${tail.join(', ')}`,
    ...unique,
    ...indexes,
    'create table log (what)',
    `create table child (id integer primary key, p references ${t} (id) ${shape.child})`,
    ...(shape.trigger
      ? [
          `create trigger tr after update of ${use} on ${t} begin insert into log values (new.id); end`,
        ]
      : []),
    ...(shape.view
      ? [
          `create view v as select id, ${use} as used from ${t}`,
          'create view w as select used from v',
        ]
      : []),
    ...rows,
    `insert into child (p) select id from ${t}`,
    'insert into child (p) values (null)',
    ...(shape.rows > 2
      ? [
          `delete from child where p in (select max(id) from ${t})`,
          `delete from ${t} where id in (select max(id) from ${t})`,
        ]
      : []),
    ...(second === undefined ? [] : ["insert into log values ('kept')"]),
  ]
}

const types: fc.Arbitrary<ColumnType> = fc.constantFrom<ColumnType>(
  { kind: 'text', size: 'text' },
  { kind: 'integer', unsigned: false },
  { kind: 'string', length: 30 },
  { kind: 'enum', values: ['x', "it's"], native: null },
)

const verbs = fc.array(
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
function operationOf(verb: Verb, at: number, table: Table, columns: Column[]): Operation | null {
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

/** Rows of the other tables, the numbers given, and the rows of the table by what did not change. */
async function kept(connection: Connection, name: string): Promise<readonly unknown[]> {
  const hasRowid = await connection.query(`select rowid as r from ${q(name)} limit 0`).then(
    () => true,
    () => false,
  )
  return [
    await connection.query('select * from child order by id'),
    await connection.query('select * from log'),
    await connection.query(
      `select id${hasRowid ? ', rowid as r' : ''}, parent_id from ${q(name)} order by id`,
    ),
    (await connection.query("select name from sqlite_master where name = 'sqlite_sequence'"))
      .length > 0
      ? await connection.query('select * from sqlite_sequence')
      : [],
  ]
}

/** Texts of everything that is not the table or an index on it. */
async function others(connection: Connection, name: string): Promise<readonly Row[]> {
  return (await schemaTexts(connection)).filter(
    (row) => row.tbl_name !== name || row.type === 'trigger' || row.type === 'view',
  )
}

/** Codes with which a change may be refused, all of them before anything is lost. */
const REFUSALS = new Set([
  'SQLITE_COLUMN_IN_USE',
  'SQLITE_REFUSED',
  'OBJECT_MISSING',
  'ROWS_VIOLATE',
  'FOREIGN_KEYS_VIOLATED',
  'SQLITE_BROKEN_OBJECT',
])

const outcomes = new Map<string, number>()

test('a rebuild changes no row and no object that is not named', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, verbs, (shape, list) =>
      inMemory(async (connection) => {
        await run(connection, statementsOf(shape))
        const { frame } = sqlite
        await frame.enter(connection)
        await frame.begin(connection, 0)
        const table = await tableIn(connection, shape.name)
        const columns = [...table.columns]
        const operations = list.flatMap((verb, i) => operationOf(verb, i, table, columns) ?? [])
        const renames = operations.some((operation) => operation.kind === 'renameColumn')
        const before = await kept(connection, shape.name)
        const texts = await others(connection, shape.name)
        await frame.savepoint(connection, 'revision')
        const guard = await frame.guard(connection)
        let outcome = 'done'
        try {
          guard.named(operations)
          await run(
            connection,
            (await sqlite.emit(connection, operations)).map((each) => each.sql),
          )
          await guard.verify()
        } catch (thrown) {
          if (!(thrown instanceof MigrateError) || !REFUSALS.has(thrown.code)) throw thrown
          outcome = thrown.code
          await frame.rollbackTo(connection, 'revision')
        }
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        await frame.release(connection, 'revision')
        await frame.commit(connection)
        await frame.leave(connection)
        const isIdKept =
          !operations.some(
            (operation) => operation.kind === 'renameColumn' && operation.from === 'parent_id',
          ) && columns.some((column) => column.name === 'parent_id')
        if (outcome !== 'done' || isIdKept)
          expect(await kept(connection, shape.name)).toEqual(before)
        if (outcome !== 'done' || !renames)
          expect(await others(connection, shape.name)).toEqual(texts)
        expect(await connection.query('pragma integrity_check')).toEqual([
          { integrity_check: 'ok' },
        ])
        expect(await connection.query('select id, p from child order by id')).toEqual(before[0])
      }),
    ),
    { numRuns: 1000 },
  )
  // Refusals are few enough that the rest says something.
  expect(outcomes.get('done') ?? 0).toBeGreaterThan(400)
})
