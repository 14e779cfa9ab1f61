/** Settings that the driver would throw over, or wait on for ever, told before it sees them. */
import { MigrateError } from '../../../errors.js'
import type { Address } from './address.js'

/** What the driver takes for `ssl` as a text; another would be read as an object. */
const SSL_TEXTS = ['true', 'no-verify']

/** @throws MigrateError `CONNECT_SETTINGS` that names the setting of a connection that cannot be meant */
export function requireUsable(connection: unknown, { port }: Address): void {
  const given = typeof connection === 'object' && connection !== null ? connection : {}
  const host: unknown = Reflect.get(given, 'host')
  if (host != null && typeof host !== 'string') {
    throw unusable('host', host, 'a name, an address or the folder of a socket, as a text')
  }
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    const said: unknown = Reflect.get(given, 'port') ?? process.env.PGPORT
    throw unusable('port', said, 'a whole number from 1 to 65535')
  }
  const ssl: unknown = Reflect.get(given, 'ssl')
  const isMeant = typeof ssl === 'string' ? SSL_TEXTS.includes(ssl) : typeof ssl !== 'number'
  if (!isMeant) throw unusable('ssl', ssl, 'true, false or an object such as { ca }')
}

function unusable(setting: string, value: unknown, allowed: string): MigrateError {
  const said = typeof value === 'string' ? `'${value}'` : String(value)
  return new MigrateError(
    'CONNECT_SETTINGS',
    2,
    `The ${setting} of the connection in the configuration is ${said}.`,
    { fix: `Make it ${allowed}.`, state: 'No connection was made: nothing was touched.' },
  )
}
