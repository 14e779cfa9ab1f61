/** Whole projects as people write them; what is read of each stands beside its files. */
import { cpSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { setAside } from '../../src/models/set-aside.js'
import type { ColumnType } from '../../src/schema/column.js'
import type { DesiredTable, LoadedModels } from '../../src/schema/desired.js'
import type { Index } from '../../src/schema/table.js'
import { modelProject } from '../support/models.js'
import type { ModelProject } from '../support/models.js'

const FIXTURES = fileURLToPath(new URL('../fixtures/models', import.meta.url))

function projectLike(name: string): ModelProject {
  const project = modelProject({})
  cpSync(path.join(FIXTURES, name), project.folder, { recursive: true })
  return project
}

async function expectToBe(loaded: LoadedModels, name: string): Promise<void> {
  expect(loaded.failures).toEqual([])
  const notes = loaded.notes.map(({ code, where }) => `${code} ${where}`)
  const tables = [...loaded.tables]
    .sort((one, other) => (one.table.name < other.table.name ? -1 : 1))
    .map(describeTable)
  const text = `${[...tables, ...notes].join('\n\n')}\n`
  await expect(text).toMatchFileSnapshot(path.join(FIXTURES, name, 'expected.txt'))
}

function describeTable(desired: DesiredTable): string {
  const { table, source, models } = desired
  const lines = [
    ...table.columns.map(({ name, type, nullable, default: value, generated }) =>
      [
        name,
        describeType(type),
        nullable ? null : 'not null',
        value === null ? null : `default ${JSON.stringify(value)}`,
        generated === null ? null : `generated ${generated.sql}`,
        desired.createOnly?.includes(name) === true ? '(only to create)' : null,
      ]
        .filter((word) => word !== null)
        .join(' '),
    ),
    ...(table.primaryKey === null ? [] : [`primary key ${table.primaryKey.columns.join(', ')}`]),
    ...table.uniques.map(({ name, columns }) => `unique ${name} (${columns.join(', ')})`),
    ...table.indexes.map(describeIndex),
    ...table.foreignKeys.map(
      ({ name, columns, refTable, refColumns, onDelete }) =>
        `foreign key ${name} (${columns.join(', ')}) -> ${refTable} (${refColumns.join(', ')})${onDelete === null ? '' : ` on delete ${onDelete}`}`,
    ),
    ...table.checks.map(({ name, sql }) => `check ${name} (${sql})`),
    ...(table.comment === null ? [] : [`comment ${table.comment}`]),
    ...desired.expectations.map((expected) =>
      expected.kind === 'relation'
        ? `expects ${expected.where} -> ${expected.refTable}`
        : `expects ${expected.column} of ${expected.jsonTypes.join('|')}`,
    ),
    ...Object.entries(desired.offeredValues).map(
      ([column, value]) => `offers ${column} ${JSON.stringify(value)}`,
    ),
    ...desired.assumed.map((sentence) => `assumed ${sentence}`),
  ]
  const from = models.map(({ model, file }) => `${model} in ${file}`).join(', ')
  return [`${table.name}: ${source}, ${from}`, ...lines.map((line) => `  ${line}`)].join('\n')
}

function describeIndex({ name, parts, where, method }: Index): string {
  const on = parts.map((part) => ('column' in part.on ? part.on.column : part.on.sql)).join(', ')
  return [
    `index ${name} (${on})`,
    method === null ? '' : ` using ${method}`,
    where === null ? '' : ` where ${where}`,
  ].join('')
}

function describeType(type: ColumnType): string {
  const { kind, ...rest } = type
  const words = Object.values(rest).filter((value) => value !== null && value !== false)
  return words.length === 0 ? kind : `${kind}(${words.map(String).join(' ')})`
}

const VIEW = { code: 'MODEL_ON_VIEW', what: 'the view ticket_stats' }

test('a CommonJS application with paths for classes, mixins, a polymorphic table and a view', async () => {
  const loaded = await projectLike('helpdesk').load()

  await expectToBe(
    setAside(loaded, (table) => (table === 'ticket_stats' ? VIEW : null)),
    'helpdesk',
  )
})

test('a TypeScript application with decorators, path aliases, circles and camel-case properties', async () => {
  const loaded = await projectLike('shop').load({ paths: ['src/**/*.model.ts'] })

  await expectToBe(loaded, 'shop')
})

test('ES modules that declare their tables, with mixins, mappers of Knex and shared tables', async () => {
  const project = projectLike('academy')
  const config = {
    file: path.join(project.folder, 'knexfile.ts'),
    steps: ['development'],
    context: {},
  }
  const loaded = await project.load({
    knex: { client: 'better-sqlite3', folder: project.folder, config },
  })

  await expectToBe(loaded, 'academy')
})
