/** Where a database is, read from what Knex calls `connection`. */

export interface Address {
  readonly host: string
  readonly port: number
  readonly database: string | null
  readonly user: string | null
}

/** The address in a URL, an object as the driver takes it, or the PG… variables of the environment. */
export function addressOf(connection: unknown): Address {
  const given = typeof connection === 'string' ? fromText(connection) : fromObject(connection)
  const user = given.user ?? process.env.PGUSER ?? process.env.USER ?? null
  return {
    host: given.host ?? process.env.PGHOST ?? 'localhost',
    port: Number(given.port ?? process.env.PGPORT ?? 5432),
    database: given.database ?? process.env.PGDATABASE ?? user,
    user,
  }
}

/** Whether a connection that is a text is a URL, or the path of a socket: the driver takes any text for a host. */
export function isReadable(connection: unknown): boolean {
  const text: unknown =
    typeof connection === 'object' && connection !== null
      ? Reflect.get(connection, 'connectionString')
      : connection
  if (typeof text !== 'string') return true
  return text.startsWith('/') || (URL_START.test(text) && parsedUrl(text) !== null)
}

/** `localhost:5432/app` would be a URL too, of a scheme `localhost`. */
const URL_START = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:postgres|postgresql|pg|socket):)/i

/** `host:port`, or the folder of the socket. */
export function placeOf({ host, port }: Address): string {
  return host.startsWith('/') ? `${host} (port ${port})` : `${host}:${port}`
}

interface Given {
  readonly host?: string | undefined
  readonly port?: string | undefined
  readonly database?: string | undefined
  readonly user?: string | undefined
}

function fromObject(connection: unknown): Given {
  if (typeof connection !== 'object' || connection === null) return {}
  const text: unknown = Reflect.get(connection, 'connectionString')
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(connection, name)
    return typeof value === 'string' || typeof value === 'number'
      ? filled(String(value))
      : undefined
  }
  const said = {
    host: field('host'),
    port: field('port'),
    database: field('database'),
    user: field('user'),
  }
  if (typeof text !== 'string') return said
  const inText = fromText(text)
  return {
    host: inText.host ?? said.host,
    port: inText.port ?? said.port,
    database: inText.database ?? said.database,
    user: inText.user ?? said.user,
  }
}

/** `postgres://user@host:5432/name?host=/socket`, or `/socket name` as the driver also takes it. */
function fromText(text: string): Given {
  if (text.startsWith('/')) {
    const [host, database] = text.split(' ')
    return { host, database }
  }
  const url = parsedUrl(text)
  if (url === null) return {}
  const isSocket = url.protocol === 'socket:'
  const path = decodeURIComponent(url.pathname)
  return {
    host:
      filled(url.searchParams.get('host')) ??
      (isSocket ? path : filled(decodeURIComponent(url.hostname))),
    port: filled(url.searchParams.get('port')) ?? filled(url.port),
    database: isSocket ? filled(url.searchParams.get('db')) : filled(path.replace(/^\//, '')),
    user: filled(decodeURIComponent(url.username)),
  }
}

function parsedUrl(text: string): URL | null {
  // No host between `@` and `/` (a socket is named behind) is none of the URL standard's forms.
  for (const form of [text, text.replace(/^([^/]+:\/\/[^/]*@)\//, '$1localhost/')]) {
    try {
      return new URL(form)
    } catch {
      continue
    }
  }
  return null
}

function filled(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : text
}
