/** Runs the main job on a sample project with embedded SQLite: real commands on real files, shown as they run. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-demo-'))
fs.mkdirSync(path.join(folder, 'node_modules'))
for (const name of ['knex', 'objection', 'better-sqlite3']) {
  fs.symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name))
}
fs.symlinkSync(root, path.join(folder, 'node_modules', 'migrate-tui'))

const title = (text) => {
  console.log(`\n# ${text}`)
}

function run(...args) {
  console.log(
    `$ migrate-tui ${args.map((arg) => (/\s/.test(arg) ? JSON.stringify(arg) : arg)).join(' ')}`,
  )
  const result = spawnSync(process.execPath, [path.join(root, 'bin/migrate-tui.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

function model(columns) {
  fs.writeFileSync(
    path.join(folder, 'models', 'user.js'),
    `const { Model } = require('objection')

class User extends Model {
  static tableName = 'users'

  static defineTable(table, knex) {
    table.increments()
    table.string('name', 80).notNullable()
${columns.map((column) => `    ${column}`).join('\n')}
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now())
  }
}

module.exports = { User }
`,
  )
}

fs.writeFileSync(path.join(folder, 'package.json'), '{ "name": "sample", "type": "commonjs" }\n')
console.log(`A sample project in ${folder}`)
title('Set the project up')
run('init', '--template', 'javascript')
title('A model says what its table is; the tool writes the script, and applies it')
fs.mkdirSync(path.join(folder, 'models'), { recursive: true })
model(["table.string('email', 120).notNullable().unique()"])
run('migrate', '-m', 'create users')
run('upgrade')
title('Two more columns and an index')
model([
  "table.string('email', 120).notNullable().unique()",
  "table.integer('level').notNullable().defaultTo(1).index()",
  "table.text('about')",
])
run('diff')
run('migrate', '-m', 'levels')
run('show')
run('upgrade')
run('check')
title('One step back: what would be lost is said, counted and copied first')
run('downgrade', '-1', '--allow-destructive')
run('upgrade')
run('history', '--indicate-current')
console.log(
  `\nThe project stays in ${folder}: look at its migrations, change the model, and go on.`,
)
