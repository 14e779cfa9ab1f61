/** One session of the driver, mysql2 or mysql, with promises and with bindings that know quotes. */
import type { Binding, Connection, Row } from '../../connection.js'
import type { Address, DriverOptions } from './address.js'
import { connectFailure, connectionLost, settingsRefused } from './connect-error.js'
import { isLost } from './driver-error.js'
import { literal, type StringSpelling, USUAL_SPELLING } from '../quote.js'
import { createRecentTables, type RecentTables } from './recent-tables.js'
import { explainServerError } from './server-error.js'
import { commitsItself } from './statements.js'
import { tokensOf } from '../expression/tokens.js'

type Callback = (error: Error | null, answer: unknown) => void

/** What both drivers' connections do. */
interface DriverConnection {
  connect(callback: (error: Error | null) => void): void
  query(options: Readonly<Record<string, unknown>>, callback: Callback): unknown
  end(callback: (error: Error | null) => void): void
  destroy(): void
  on(event: 'error', listener: (error: Error) => void): unknown
}

interface Driver {
  createConnection(options: DriverOptions): DriverConnection
}

export interface Session extends Connection {
  /** Another session to the same place. */
  openSibling(): Promise<Session>
  /** Tells how the server reads strings; it is not known before the first answer. */
  readStringsAs(spelling: StringSpelling): void
  /** What is known of tables without asking again. */
  readonly recent: RecentTables
}

const sessions = new WeakMap<object, Session>()

/** The session of a connection that `openSession` made. */
export function sessionOf(connection: Connection): Session {
  const { handle } = connection
  const session = typeof handle === 'object' && handle !== null ? sessions.get(handle) : undefined
  if (session === undefined) throw new Error('The connection is none of MariaDB.')
  return session
}

/** What sessions are opened with. */
export interface Opening {
  readonly driver: unknown
  readonly options: DriverOptions
  readonly address: Address
  /** What is done with each session before it is used. */
  readonly ready: (session: Session) => Promise<void>
}

/** @throws MigrateError with a code that starts with `CONNECT_` */
export async function openSession(opening: Opening): Promise<Session> {
  const { driver, options, address } = opening
  const handle = createHandle(driver, options)
  // An error between two statements is met again by the next one.
  handle.on('error', () => undefined)
  try {
    await promised((done) => {
      handle.connect((error) => {
        done(error, null)
      })
    })
  } catch (thrown) {
    handle.destroy()
    throw connectFailure(thrown, address)
  }
  const session = sessionWith(handle, address, () => openSession(opening))
  sessions.set(handle, session)
  try {
    await opening.ready(session)
  } catch (thrown) {
    await session.close()
    throw thrown
  }
  return session
}

function createHandle(driver: unknown, options: DriverOptions): DriverConnection {
  try {
    // One statement a text: a second one in it would neither be shown nor counted.
    return driverIn(driver).createConnection({ ...options, multipleStatements: false })
  } catch (thrown) {
    throw settingsRefused(thrown)
  }
}

function driverIn(driver: unknown): Driver {
  if (typeof driver === 'object' && driver !== null) {
    if ('createConnection' in driver) return driver as Driver // the module that the client names
    if ('default' in driver) return driverIn(driver.default)
  }
  throw new Error('The driver is neither mysql2 nor mysql')
}

function sessionWith(
  handle: DriverConnection,
  address: Address,
  openSibling: () => Promise<Session>,
): Session {
  let spelling = USUAL_SPELLING
  const recent = createRecentTables()
  const query = watchedQuery(handle, () => {
    recent.forget()
  })
  const send = async (sql: string, bindings: readonly Binding[]): Promise<unknown> => {
    const options = { ...PLAIN, sql: withBindings(sql, bindings, spelling) }
    try {
      return await promised((done) => query(options, done))
    } catch (thrown) {
      recent.forget()
      if (isLost(thrown)) throw connectionLost(thrown, address)
      throw explainServerError(thrown) ?? thrown
    }
  }
  return {
    handle,
    async openSibling() {
      const sibling = await openSibling()
      sibling.readStringsAs(spelling)
      return sibling
    },
    recent,
    readStringsAs: (told) => {
      spelling = told
    },
    async query(sql, bindings = []) {
      const answer = await send(sql, bindings)
      return Array.isArray(answer) ? (answer as readonly Row[]) : [] // rows as the driver makes them
    },
    async execute(sql, bindings = []) {
      const answer = await send(sql, bindings)
      recent.ran(sql)
      return commitsItself(sql) ? 0 : affectedRows(answer)
    },
    async close() {
      // A session that is gone already cannot say goodbye.
      await promised((done) => {
        handle.end((error) => {
          done(error, null)
        })
      }).catch(() => {
        handle.destroy()
      })
    },
  }
}

/** The driver's own `query`; what others send through the handle, as Knex does, is told of first. */
function watchedQuery(handle: DriverConnection, onForeign: () => void): DriverConnection['query'] {
  const query = handle.query.bind(handle)
  handle.query = (...args) => {
    onForeign()
    return query(...args)
  }
  return query
}

/** Whatever the project sets for all its queries does not hold for ours. */
const PLAIN = {
  typeCast: (_field: unknown, next: () => unknown): unknown => next(),
  rowsAsArray: false,
  nestTables: false,
  namedPlaceholders: false,
}

/** The statement with its bindings written into it; as it stands where there are none. */
function withBindings(sql: string, bindings: readonly Binding[], spelling: StringSpelling): string {
  if (bindings.length === 0) return sql
  let used = 0
  return tokensOf(sql)
    .map(({ kind, text }) =>
      kind === 'sign' && text === '?' ? literal(bindings[used++] ?? null, spelling) : text,
    )
    .join('')
}

function affectedRows(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('affectedRows' in answer)) return 0
  return typeof answer.affectedRows === 'number' ? answer.affectedRows : 0
}

function promised(run: (done: Callback) => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    run((error, answer) => {
      if (error === null) resolve(answer)
      else reject(error)
    })
  })
}
