/**
 * Every setting is explained where your editor shows its type.
 *
 * @type {import('migrate-tui').Config}
 */
export default {
  // A Knex configuration. With a knexfile: knex: './knexfile.js'
  knex: {
    client: 'better-sqlite3',
    connection: { filename: process.env.DATABASE_FILE ?? './dev.sqlite3' },
    useNullAsDefault: true,
  },
  models: './models',
  migrations: './migrations',
}
