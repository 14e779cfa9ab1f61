import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { format } from 'prettier'
import ts from 'typescript'
import { expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { stringText } from '../../src/vocabulary/writing/source-text.js'
import { indexOfUnique } from '../../src/vocabulary/reading/extras.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { arbitrarySchema } from '../support/arbitraries.js'
import { arbitraryOperations } from '../support/arbitrary-operations.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../support/schema-arbitraries.js'

const id: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false }
const name: Column = { ...PLAIN_COLUMN, name: 'name', type: { kind: 'string', length: 255 } }
const email: Column = {
  ...name,
  name: 'email',
  type: { kind: 'string', length: 120 },
  nullable: false,
}
const team: Column = { ...PLAIN_COLUMN, name: 'team_id' }
const created: Column = {
  ...PLAIN_COLUMN,
  name: 'created_at',
  type: { kind: 'timestamp', tz: true, precision: null },
  nullable: false,
  default: { kind: 'now', precision: null },
}

const plain = { deferrable: null, nullsNotDistinct: false }

const byTeam = {
  ...indexOfUnique({ ...plain, name: 'users_team_id_index', columns: ['team_id'] }),
  unique: false,
}

const teamKey = {
  name: 'users_team_id_foreign',
  columns: ['team_id'],
  refTable: 'teams',
  refColumns: ['id'],
  onDelete: 'set null' as const,
  onUpdate: null,
  deferrable: null,
}

const users: Table = {
  ...EMPTY_TABLE,
  name: 'users',
  columns: [
    id,
    name,
    email,
    team,
    { ...PLAIN_COLUMN, name: 'level', default: { kind: 'literal', value: 1 } },
    created,
  ],
  primaryKey: { name: null, columns: ['id'] },
  uniques: [
    { ...plain, name: 'users_email_unique', columns: ['email'] },
    { ...plain, name: 'users_name_team_id_unique', columns: ['name', 'team_id'] },
  ],
  indexes: [
    byTeam,
    {
      ...byTeam,
      name: 'users_email_lower',
      parts: [
        {
          ...indexOfUnique({ ...plain, name: '', columns: [''] }).parts[0],
          on: { sql: 'lower("email")' },
        },
      ] as Table['indexes'][number]['parts'],
      where: '"level" > 0',
    },
  ],
  foreignKeys: [teamKey],
  checks: [
    { name: 'users_level_check', sql: '"level" > 0' },
    { name: 'users_check', sql: '"level" < "team_id"' },
  ],
  comment: `it's people`,
}

function written(...operations: readonly Operation[]): string {
  return writeOperations(operations).lines.join('\n')
}

test('a new table reads as a person would have written it', () => {
  expect(written({ kind: 'createTable', table: users })).toBe(
    `
await knex.schema.createTable('users', (table) => {
  table.increments('id')
  table.string('name')
  table.string('email', 120).notNullable().unique()
  table.integer('team_id').references('teams.id').onDelete('SET NULL').index()
  table.integer('level').defaultTo(1).checkPositive()
  table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
  table.unique(['name', 'team_id'])
  table.index([knex.raw('lower(??)', ['email'])], 'users_email_lower', {
    predicate: knex.whereRaw('?? > 0', ['level']),
  })
  table.check('?? < ??', ['level', 'team_id'])
  table.comment("it's people")
})`.trim(),
  )
})

test('a default of a boolean that is neither true nor false keeps its value', () => {
  const type = { kind: 'boolean' } as const
  const columns: readonly Column[] = [
    { ...PLAIN_COLUMN, name: 'a', type, default: { kind: 'literal', value: 'text' } },
    { ...PLAIN_COLUMN, name: 'b', type, default: { kind: 'literal', value: 2 } },
    { ...PLAIN_COLUMN, name: 'c', type, default: { kind: 'literal', value: false } },
  ]
  expect(written({ kind: 'createTable', table: { ...EMPTY_TABLE, name: 't', columns } })).toBe(
    `
await knex.schema.createTable('t', (table) => {
  table.boolean('a').defaultTo(knex.raw('?', ['text']))
  table.boolean('b').defaultTo(knex.raw('?', [2]))
  table.boolean('c').defaultTo(false)
})`.trim(),
  )
})

test('operations on one table share a call as long as Knex keeps their order', () => {
  const table = 'users'
  const level: Column = { ...PLAIN_COLUMN, name: 'level' }
  expect(
    written(
      { kind: 'addColumn', table, column: team },
      { kind: 'addColumn', table, column: level },
      { kind: 'alterColumn', table, from: email, to: { ...email, comment: 'where' } },
      { kind: 'addForeignKey', table, foreignKey: teamKey },
      { kind: 'addIndex', table, index: byTeam },
      { kind: 'dropColumn', table, column: name },
      { kind: 'renameColumn', table, from: 'email', to: 'mail' },
      { kind: 'addColumn', table, column: name },
      { kind: 'alterPrimaryKey', table, from: { name: null, columns: ['id'] }, to: null },
      { kind: 'dropTable', table: { ...users, name: 'teams' } },
      { kind: 'renameTable', from: 'app.users', to: 'app.people' },
    ),
  ).toBe(
    `
await knex.schema.alterTable('users', (table) => {
  table.integer('team_id').references('teams.id').onDelete('SET NULL').index()
  table.integer('level')
  table.string('email', 120).notNullable().comment('where').alter()
  table.dropColumn('name')
})

await knex.schema.alterTable('users', (table) => {
  table.renameColumn('email', 'mail')
})

await knex.schema.alterTable('users', (table) => {
  table.string('name')
  table.dropPrimary()
})

await knex.schema.dropTable('teams')
await knex.schema.withSchema('app').renameTable('users', 'people')`.trim(),
  )
})

test('what Knex has no word for is imported', () => {
  const table = 'users'
  const index = { ...byTeam, include: ['email'], nullsNotDistinct: true }
  const enums = { kind: 'createEnum', enum: { name: 'mood', values: ['ok', `it's`] } } as const
  const script = writeOperations([
    { kind: 'addIndex', table, index },
    {
      kind: 'addColumn',
      table,
      column: { ...created, generated: { sql: '"a"', stored: true }, default: null },
    },
    enums,
    {
      kind: 'alterEnum',
      name: 'mood',
      from: ['ok', `it's`],
      to: ['fine'],
      renamed: { ok: 'fine' },
    },
    { kind: 'dropEnum', enum: { name: 'mood', values: ['fine'] } },
  ])
  expect(script.imports).toEqual(['alterEnum', 'createEnum', 'dropEnum', 'tableExtras'])
  expect(script.lines.join('\n')).toBe(
    `
await knex.schema.alterTable('users', (table) => {
  table.index(['team_id'])
  tableExtras(table, {
    indexes: { users_team_id_index: { include: ['email'], nullsNotDistinct: true } },
  })
})

await knex.schema.alterTable('users', (table) => {
  table.timestamp('created_at').notNullable()
  tableExtras(table, { columns: { created_at: { generated: { sql: '"a"', stored: true } } } })
})

await createEnum(knex, 'mood', ['ok', "it's"])
await alterEnum(knex, 'mood', { from: ['ok', "it's"], to: ['fine'], renamed: { ok: 'fine' } })
await dropEnum(knex, 'mood', ['fine'])`.trim(),
  )
})

test('an enum that is created for a table is said on its column', () => {
  const mood: Column = {
    ...PLAIN_COLUMN,
    name: 'mood',
    type: { kind: 'enum', values: ['ok'], native: 'app.mood' },
  }
  const script = writeOperations([
    { kind: 'createEnum', enum: { name: 'app.mood', values: ['ok'] } },
    { kind: 'createTable', table: { ...EMPTY_TABLE, columns: [mood, { ...mood, name: 'other' }] } },
  ])
  expect(script.imports).toEqual([])
  expect(script.lines.join('\n')).toBe(
    `
await knex.schema.createTable('t', (table) => {
  table.enu('mood', ['ok'], { useNative: true, enumName: 'mood', schemaName: 'app' })
  table.enu('other', ['ok'], {
    useNative: true,
    enumName: 'mood',
    schemaName: 'app',
    existingType: true,
  })
})`.trim(),
  )
})

test('nothing to do is no line', () => {
  expect(writeOperations([])).toEqual({ lines: [], imports: [] })
})

test.each([
  [`plain`, `'plain'`],
  [`it's`, `"it's"`],
  [`it's "so"`, `'it\\'s "so"'`],
  ['${x} `y`', "'${x} `y`'"],
  ['back\\slash\n', `'back\\\\slash\\n'`],
  ['\u2028\u202e\u0000', `'\\u2028\\u202e\\u0000'`],
  ['\ud800', `'\\ud800'`],
  ['\u{e0041}', `'\\u{e0041}'`],
  ['名前', `'名前'`],
])('the text %j is a literal without anything that hides', (value, literal) => {
  expect(stringText(value)).toBe(literal)
})

test('every text is the value of its literal, in one line of plain characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const literal = stringText(value)
      expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      // The literal is what is under test, so it is evaluated.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      expect((new Function(`return ${literal}`) as () => unknown)()).toBe(value)
    }),
  )
})

test('prettier changes nothing in what is written', async () => {
  const cases = arbitrarySchema.chain((schema) => arbitraryOperations(schema, 3))
  await fc.assert(
    fc.asyncProperty(cases, async (operations) => {
      const text = scriptOf(operations, 'async function up(knex) {')
      // Prettier counts wide characters as two.
      fc.pre(/^[\x20-\x7e\n]*$/.test(text))
      const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 100 }
      expect(await format(text, options)).toBe(text)
    }),
    { numRuns: 60, maxSkipsPerRun: 100 },
  )
})

test('what is written typechecks strictly in a project', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const folder = join(root, 'test', 'vocabulary', '.written')
  const schemas = fc.sample(
    arbitrarySchema.chain((schema) => arbitraryOperations(schema, 6)),
    12,
  )
  await mkdir(folder, { recursive: true })
  try {
    const files = await Promise.all(
      schemas.map(async (operations, at) => {
        const file = join(folder, `script-${at}.ts`)
        const head = [
          `import type { Knex } from 'knex'`,
          `import { alterEnum, createEnum, dropEnum, tableExtras } from '../../../src/vocabulary/functions.js'`,
          'void [alterEnum, createEnum, dropEnum, tableExtras]',
          'export async function up(knex: Knex): Promise<void> {',
        ].join('\n')
        await writeFile(file, scriptOf(operations, head))
        return file
      }),
    )
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    })
    const messages = files.flatMap((file) => {
      const source = program.getSourceFile(file)
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ].map(
        ({ messageText, start = 0 }) =>
          `${ts.flattenDiagnosticMessageText(messageText, '\n')}: ${source?.text.slice(start, start + 80)}`,
      )
    })
    expect(messages).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

function scriptOf(operations: readonly Operation[], head: string): string {
  const { lines } = writeOperations(operations)
  return [head, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}', ''].join('\n')
}
