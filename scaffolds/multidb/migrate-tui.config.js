/**
 * Two databases. Say which one with --database: migrate-tui upgrade --database audit
 *
 * @type {import('migrate-tui').Config}
 */
export default {
  databases: {
    main: {
      knex: {
        client: 'better-sqlite3',
        connection: { filename: process.env.MAIN_FILE ?? './main.sqlite3' },
        useNullAsDefault: true,
      },
      models: './models/main',
      migrations: './migrations/main',
    },
    audit: {
      knex: {
        client: 'better-sqlite3',
        connection: { filename: process.env.AUDIT_FILE ?? './audit.sqlite3' },
        useNullAsDefault: true,
      },
      models: './models/audit',
      migrations: './migrations/audit',
      // Work that loses data asks for the database's name first.
      protected: true,
    },
  },
}
