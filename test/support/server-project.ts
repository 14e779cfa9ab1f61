/** Throw-away projects on real servers: the same project on each engine, in a database of its own. */
import { onTestFinished } from 'vitest'
import { makeMariadbDatabase } from './mariadb.js'
import { makePostgresDatabase, POSTGRES_SERVERS } from './postgres.js'
import { makeProject, modelsFile, type TestProject } from './project.js'
import { add, type Script } from './revision-line.js'

type Rows = readonly Readonly<Record<string, unknown>>[]

export interface ServerDatabase {
  readonly url: string
  /** Runs SQL, several statements at once; the rows of one that reads. */
  sql(text: string): Promise<Rows>
  drop(): Promise<void>
}

export interface ServerEngine {
  readonly name: string
  /** Knex's name of the client. */
  readonly client: 'pg' | 'mysql2'
  open(): Promise<ServerDatabase>
}

export const POSTGRES: readonly ServerEngine[] = POSTGRES_SERVERS.map((name) => ({
  name,
  client: 'pg',
  async open() {
    const made = await makePostgresDatabase(name)
    return {
      url: made.url,
      sql: async (text) => (await made.exec(text)).rows as Rows,
      drop: () => made.drop(),
    } // as the driver makes them
  },
}))

const MARIADB: ServerEngine = {
  name: 'mariadb',
  client: 'mysql2',
  async open() {
    const made = await makeMariadbDatabase()
    return {
      url: made.url,
      sql: async (text) => (await made.exec(text)) as Rows,
      drop: () => made.drop(),
    } // as the driver makes them
  },
}

/** Every server of the test run. */
export const SERVER_ENGINES: readonly ServerEngine[] = [...POSTGRES, MARIADB]

/** One server of each engine, for what does not depend on its version. */
export const ONE_OF_EACH: readonly ServerEngine[] = [...POSTGRES.slice(-1), MARIADB]

export interface ServerProject {
  readonly project: TestProject
  readonly database: ServerDatabase
  /** The tables that are not ours, by name. */
  readonly tables: () => Promise<readonly unknown[]>
  /** The applied revisions in the order recorded. */
  readonly applied: () => Promise<readonly unknown[]>
  /** Writes the models anew; statements that assign to `exports`. */
  readonly writeModels: (text: string) => void
}

/** What a project is made of. */
export interface ServerProjectParts {
  readonly scripts?: readonly Script[]
  readonly models?: string
  /** Keys of the configuration, as the text of an object's inside. */
  readonly config?: string
  /** Knex's `connection`, as text; the database's URL where it is not given. */
  readonly connection?: string
}

/** A project on a fresh database, both gone when the test is over. */
export async function makeServerProject(
  engine: ServerEngine,
  { scripts = [], models = '', config = '', connection }: ServerProjectParts = {},
): Promise<ServerProject> {
  const database = await engine.open()
  onTestFinished(() => database.drop())
  const project = makeProject({
    'package.json': '{"name":"shop","type":"commonjs"}\n',
    'knexfile.js': knexfileText(engine, connection ?? JSON.stringify(database.url)),
    'migrate-tui.config.js': `module.exports = {
  knex: './knexfile.js',
  models: ['./models'],
  migrations: './migrations',
  ${config}
}
`,
    'models/index.js': modelsFile(models),
  })
  for (const one of scripts) add(project, one)
  const names = async (sql: string): Promise<readonly unknown[]> =>
    (await database.sql(sql)).map((row) => row.name)
  return {
    project,
    database,
    tables: () =>
      names(
        `select table_name as name from information_schema.tables where table_schema = ${engine.client === 'pg' ? `'public'` : 'database()'}
          and table_name not like 'migrate%tui%' order by table_name`,
      ),
    applied: () => names('select revision as name from migrate_tui_revisions order by position'),
    writeModels: (text) => {
      project.write('models/index.js', modelsFile(text))
    },
  }
}

/** A knexfile for an engine. */
export function knexfileText({ client }: ServerEngine, connection: string): string {
  return `module.exports = { client: '${client}', connection: ${connection} }\n`
}
