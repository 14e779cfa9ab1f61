/** A comparison asks a server as little about many changed tables as about few: each question is a way there and back. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH, type ServerEngine } from '../../support/server-project.js'

const models = (count: number, columns: string): string =>
  Array.from(
    { length: count },
    (_, i) => `exports.T${i} = class T${i} extends Model {
  static tableName = 't_${i}'
  static defineTable(table) {
    table.increments()
    table.string('name', 80)
    table.index(['name'], 'ix_${i}')
    ${columns}
  }
}`,
  ).join('\n')

/** What sends a question, whoever asks it: our own hold on to `query` of mysql2. */
const SENDS = { pg: 'query', mysql2: 'addCommand' } as const

const COUNTING = ({ client }: ServerEngine, url: string): string => `
let sent = 0
process.on('exit', () => require('node:fs').writeFileSync(__dirname + '/sent.txt', String(sent)))
module.exports = {
  client: '${client}',
  connection: ${JSON.stringify(url)},
  pool: {
    afterCreate(connection, done) {
      const { ${SENDS[client]}: send } = connection
      connection.${SENDS[client]} = function (...all) {
        sent += 1
        return send.apply(this, all)
      }
      done(null, connection)
    },
  },
}
`

/** How many questions a command asks that compares so many tables, each with another column. */
async function questionsAbout(engine: ServerEngine, count: number): Promise<number> {
  const { project, database, writeModels } = await makeServerProject(engine, {
    models: models(count, ''),
  })
  await project.ok('migrate', '-m', 'first')
  await project.ok('upgrade')
  writeModels(models(count, `table.integer('age')`))
  project.write('knexfile.js', COUNTING(engine, database.url))
  expect(await project.ok('migrate', '-m', 'more', '--plan')).toContain(`${count} changes`)
  return Number(project.read('sent.txt'))
}

test.each(ONE_OF_EACH)('on $name ten changed tables are asked about as two are', async (engine) => {
  const few = await questionsAbout(engine, 2)
  expect(few).toBeGreaterThan(5)
  expect(await questionsAbout(engine, 10)).toBe(few)
})
