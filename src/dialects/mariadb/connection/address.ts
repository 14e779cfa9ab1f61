/** Where a database is and how its driver is asked for it, read from what Knex calls `connection`. */

/** The driver's own options, as an object. */
export type DriverOptions = Readonly<Record<string, unknown>>

export interface Address {
  /** `host:port`, or the path of the socket. */
  readonly place: string
  readonly database: string | null
  readonly user: string | null
}

/** Keys of Knex's, and the URL that is read here. */
const NOT_THE_DRIVERS = new Set(['uri', 'expirationChecker'])

/** The options in a URL or an object; a URL's are read as Knex reads them. */
export function driverOptions(connection: unknown): DriverOptions {
  if (typeof connection === 'string') return fromUrl(connection)
  if (typeof connection !== 'object' || connection === null) return {}
  const own = Object.entries(connection).filter(
    ([key, value]) => value !== undefined && !NOT_THE_DRIVERS.has(key),
  )
  const uri: unknown = Reflect.get(connection, 'uri')
  const given = Object.fromEntries(own) as DriverOptions // pairs of a name and a value
  return typeof uri === 'string' ? { ...fromUrl(uri), ...given } : given
}

/** Whether a connection that is a text is a URL. */
export function isReadable(connection: unknown): boolean {
  const text: unknown =
    typeof connection === 'object' && connection !== null
      ? Reflect.get(connection, 'uri')
      : connection
  return typeof text !== 'string' || (URL_START.test(text) && parsedUrl(text) !== null)
}

/** `localhost:3306/app` would be a URL too, of a scheme `localhost`. */
const URL_START = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:mysql|mariadb):)/i

/** Where the options lead. */
export function addressOf(options: DriverOptions): Address {
  const word = (key: string): string | null => {
    const value = options[key]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const port = options.port
  const number = typeof port === 'number' || typeof port === 'string' ? port : 3306
  return {
    place: word('socketPath') ?? `${word('host') ?? 'localhost'}:${number}`,
    database: word('database'),
    user: word('user'),
  }
}

function fromUrl(text: string): DriverOptions {
  const url = parsedUrl(text)
  if (url === null) return {}
  const database = decoded(url.pathname.replace(/^\//, ''))
  const own = {
    host: decoded(url.hostname),
    port: url.port === '' ? '' : Number(url.port),
    user: decoded(url.username),
    password: decoded(url.password),
    database,
  }
  const said = Object.entries(own).filter(([, value]) => value !== '')
  const asked = [...url.searchParams].map(([key, value]) => [key, parsedJson(value)])
  return Object.fromEntries([...said, ...asked]) as DriverOptions // pairs of a name and a value
}

function parsedUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** `true`, `5` and `{"rejectUnauthorized":false}` are values, everything else is text. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
