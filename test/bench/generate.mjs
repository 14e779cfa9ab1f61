/** The schemas and histories that the benchmark measures: written from one neutral description each. */
import fs from 'node:fs'
import path from 'node:path'

export const pad = (i) => String(i).padStart(5, '0')

export function write(folder, file, text) {
  const full = path.join(folder, file)
  fs.mkdirSync(path.dirname(full), { recursive: true })
  fs.writeFileSync(full, text)
}

/** The earlier table that each but the first has a key to. */
export const parentOf = (i) => (i % 2 ? i - 1 : Math.floor(i / 2))

/** Every table has ten columns, a unique, an index, and a key to an earlier table. */
function modelText(i, { exported, typed }) {
  const table = `t_${pad(i)}`
  const parent = `t_${pad(parentOf(i))}`
  const args = typed ? 'table: Knex.CreateTableBuilder, knex: Knex' : 'table, knex'
  return `${exported}class T${pad(i)} extends Model {
  static ${typed ? 'override ' : ''}tableName = '${table}'
  static defineTable(${args}) {
    table.increments('id')
    table.string('name', 120).notNullable()
    table.string('code', 40).notNullable()
    table.text('body')
    table.decimal('price', 12, 2).notNullable().defaultTo(0)
    table.boolean('active').notNullable().defaultTo(true)
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
    table.json('meta')
    table.integer('qty').notNullable()
    table.integer('ref_id')
    table.unique(['code'], { indexName: 'uq_${table}_code' })
    table.index(['qty'], 'ix_${table}_qty')
${i === 0 ? '' : `    table.foreign('ref_id', 'fk_${table}_ref').references('id').inTable('${parent}').onDelete('CASCADE')\n`}  }
}
`
}

const knexfile = (extra = '') => `module.exports = {
  client: process.env.DB_CLIENT ?? 'better-sqlite3',
  connection: process.env.DB_URL ?? { filename: process.env.DB_FILE ?? './dev.sqlite3' },
  useNullAsDefault: true,
  migrations: { directory: './migrations' },
${extra}}
`

/** A project whose models stand in one CommonJS file. */
export function commonJsModels(folder, tables) {
  const classes = Array.from({ length: tables }, (_, i) =>
    modelText(i, { exported: '', typed: false }),
  )
  const names = Array.from({ length: tables }, (_, i) => `T${pad(i)}`)
  write(folder, 'package.json', '{"name":"bench","type":"commonjs"}\n')
  write(
    folder,
    'models/index.js',
    `const { Model } = require('objection')\n${classes.join('\n')}\nmodule.exports = { ${names.join(', ')} }\n`,
  )
  write(
    folder,
    'migrate-tui.config.cjs',
    `module.exports = { knex: './knexfile.js', models: ['./models'], migrations: './migrations' }\n`,
  )
  write(folder, 'knexfile.js', knexfile())
}

/** Gives the first models of such a project a column more. */
export function oneMoreColumn(folder, tables) {
  const file = path.join(folder, 'models/index.js')
  let left = tables
  const text = fs.readFileSync(file, 'utf8').replace(/^ *table\.json\('meta'\)\n/gm, (line) => {
    left -= 1
    return left < 0 ? line : `${line}${line.replace("json('meta')", "string('extra', 20)")}`
  })
  fs.writeFileSync(file, text)
}

/** A project with one TypeScript file for each model. */
export function typeScriptModels(folder, tables) {
  write(folder, 'package.json', '{"name":"bench","type":"module"}\n')
  write(
    folder,
    'tsconfig.json',
    '{"compilerOptions":{"target":"es2022","module":"nodenext","strict":true}}\n',
  )
  for (let i = 0; i < tables; i += 1) {
    write(
      folder,
      `models/t-${pad(i)}.ts`,
      `import type { Knex } from 'knex'\nimport { Model } from 'objection'\n\n${modelText(i, { exported: 'export ', typed: true })}`,
    )
  }
  write(
    folder,
    'migrate-tui.config.cjs',
    `module.exports = { knex: './knexfile.cjs', models: ['./models'], migrations: './migrations' }\n`,
  )
  write(folder, 'knexfile.cjs', knexfile())
}

/** What each of `count` linear revisions does: every tenth creates a table, the others add a column to it. */
export function history(count) {
  const revisions = []
  let table = ''
  for (let i = 0; i < count; i += 1) {
    if (i % 10 === 0) table = `r_${pad(i)}`
    revisions.push(i % 10 === 0 ? { table } : { table, column: `c_${i % 10}` })
  }
  return revisions
}

export const revisionId = (i) => (i + 1).toString(16).padStart(12, '0')

function knexBody({ table, column }) {
  return column === undefined
    ? {
        up: `knex.schema.createTable('${table}', t => { t.increments('id'); t.string('name', 100).notNullable() })`,
        down: `knex.schema.dropTable('${table}')`,
      }
    : {
        up: `knex.schema.alterTable('${table}', t => { t.string('${column}', 50).nullable() })`,
        down: `knex.schema.alterTable('${table}', t => { t.dropColumn('${column}') })`,
      }
}

/** A history for stock Knex. */
export function knexHistory(folder, count) {
  write(folder, 'package.json', '{"name":"bench","type":"commonjs"}\n')
  write(folder, 'knexfile.js', knexfile())
  history(count).forEach((revision, i) => {
    const { up, down } = knexBody(revision)
    write(
      folder,
      `migrations/${20240101000000 + i}_step_${i}.js`,
      `exports.up = knex => ${up}\nexports.down = knex => ${down}\n`,
    )
  })
}

/** The same history as revision scripts of ours. */
export function revisionHistory(folder, count) {
  write(folder, 'package.json', '{"name":"bench","type":"commonjs"}\n')
  write(folder, 'knexfile.js', knexfile())
  history(count).forEach((revision, i) => {
    const { up, down } = knexBody(revision)
    const parent = i === 0 ? 'null' : `'${revisionId(i - 1)}'`
    write(
      folder,
      `migrations/${20240101000000 + i}_${revisionId(i)}_step_${i}.js`,
      `/** step ${i} */\nexports.revision = '${revisionId(i)}'\nexports.createdAt = '2024-01-01T00:00:00Z'\nexports.downRevision = ${parent}\nexports.branchLabels = []\nexports.dependsOn = []\n\nexports.up = async function up(knex) {\n  await ${up}\n}\nexports.down = async function down(knex) {\n  await ${down}\n}\n`,
    )
  })
}
