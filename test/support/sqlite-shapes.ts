/** Random databases around one table that is hard to alter. */
import fc from 'fast-check'

const NAMES = ['parent', 'order', 'it"s', 'Mixed', 'sqliteman', 'ä b', '-- no', 'a`b', 'x]']
const FIELDS = ['a', 'b', 'Team', 'x y', 'select', 'rowid', 'check', 'a`b', 'semi;', "it's", '/* c']

export const q = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** What a database around one table is made of. */
export const shapes = fc.record({
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

/** The statements that make it: the table, a child, a log, a trigger, views, and rows. */
export function statementsOf(shape: Shape): readonly string[] {
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
