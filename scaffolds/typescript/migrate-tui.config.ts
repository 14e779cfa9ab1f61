import type { Config } from 'migrate-tui'

// Every setting is explained where your editor shows its type.
export default {
  // A Knex configuration. With a knexfile: knex: './knexfile.ts'
  knex: {
    client: 'better-sqlite3',
    connection: { filename: process.env.DATABASE_FILE ?? './dev.sqlite3' },
    useNullAsDefault: true,
  },
  models: './src/models',
  migrations: './migrations',
} satisfies Config
