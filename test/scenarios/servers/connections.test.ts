/** What a person is told when a server cannot be had, with no secret in it. */
import { describe, expect, test } from 'vitest'
import { errorOf, line } from '../../support/revision-line.js'
import { knexfileText, makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const SECRET = 'c0rrect-horse'

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const isPostgres = engine.client === 'pg'

  test('a wrong password, a database or a server that is not there, an unknown user', async () => {
    const { project, database } = await makeServerProject(engine, { scripts: line('aaa') })
    const user = `u_${new URL(database.url).pathname.slice(1)}`
    await database.sql(
      isPostgres
        ? `create role ${user} login password 'other'; grant migrate_tui_password to ${user}`
        : `create user ${user} identified by 'other'`,
    )
    const as = (change: (url: URL) => void): string => {
      const url = new URL(database.url)
      url.password = SECRET
      change(url)
      return url.href
    }
    const cases = [
      [
        as((url) => {
          url.username = user
        }),
        'CONNECT_PASSWORD',
        user,
      ],
      [
        as((url) => {
          url.pathname = '/nowhere_at_all'
          if (!isPostgres) url.password = ''
        }),
        'CONNECT_NO_DATABASE',
        'nowhere_at_all',
      ],
      [
        as((url) => {
          url.search = ''
          url.host = '127.0.0.1:1'
        }),
        'CONNECT_UNREACHABLE',
        '127.0.0.1:1',
      ],
    ] as const
    try {
      for (const [url, code, named] of cases) {
        project.write('knexfile.js', knexfileText(engine, JSON.stringify(url)))
        const [plain, verbose, json] = await Promise.all([
          project.run(['current']),
          project.run(['upgrade', '--verbose']),
          project.run(['upgrade', '--json']),
        ])
        expect([plain.code, verbose.code, json.code]).toEqual([1, 1, 1])
        expect(errorOf(json)).toMatchObject({ code })
        expect(plain.stderr).toContain(named)
        const said = [plain, verbose, json].map(({ stdout, stderr }) => stdout + stderr).join('')
        expect(said).not.toContain(SECRET)
      }
    } finally {
      await database.sql(isPostgres ? `drop role ${user}` : `drop user ${user}`)
    }
  })
})
