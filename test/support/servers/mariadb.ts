/** A real MariaDB for the tests: the machine's own `mariadbd`, unprivileged, in a folder of its own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  access,
  chown,
  cp,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
} from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

export interface TestServer {
  /** For a client: root without a password, no database chosen. */
  readonly url: string
  stop(): Promise<void>
}

/** What stands in front of the server's folders; ones that a killed run left behind are swept away. */
const PREFIX = 'migrate-tui-mariadb-'

const PLACES = [
  '/usr/sbin',
  '/usr/libexec',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
]

/** The server refuses to run as root; `nobody` has this number on every Linux. */
const NOBODY = 65534

/** How to start a process that root hands to an unprivileged user. */
const IDENTITY = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** Ends the server as soon as the standard input ends: with this process, however that ends. */
const WATCHED =
  'exec 3<&0; "$@" < /dev/null 3<&- & server=$!; (cat <&3 > /dev/null; kill -KILL $server) 2> /dev/null & wait $server'

/**
 * A server that ends with this process, or the one that `MYSQL_URL` names. `options` are more
 * arguments for `mariadbd`.
 * @throws Error naming what is missing on this machine
 */
export async function startMariadb(options: readonly string[] = []): Promise<TestServer> {
  const given = process.env.MYSQL_URL
  if (given !== undefined && given !== '') return { url: given, stop: () => Promise.resolve() }
  const program = await findServer()
  const template = await templateFolder(program)
  const base = await baseFolder()
  await sweep(base)
  const folder = await mkdtemp(join(base, PREFIX))
  await cp(template, folder, { recursive: true })
  await giveAway(folder)
  const socket = join(folder, 's')
  const log = await open(join(folder, 'server.log'), 'w')
  const child = spawn(
    '/bin/sh',
    ['-c', WATCHED, 'sh', program, ...serverArguments(folder, socket), ...options],
    { ...IDENTITY, cwd: folder, stdio: ['pipe', log.fd, log.fd] },
  )
  await log.close()
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    // Nothing in the folder is wanted again, so there is nothing to flush.
    child.stdin?.end()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilItAnswers(child, socket)
  } catch (thrown) {
    const said = await readFile(join(folder, 'server.log'), 'utf8')
    await stop()
    throw new Error(`MariaDB did not start: ${said.split('\n').slice(-8).join('\n')}`, {
      cause: thrown,
    })
  }
  return { url: `mysql://root@localhost/?socketPath=${encodeURIComponent(socket)}`, stop }
}

function serverArguments(folder: string, socket: string): readonly string[] {
  return [
    '--no-defaults',
    `--datadir=${folder}/data`,
    `--socket=${socket}`,
    `--pid-file=${folder}/pid`,
    `--ssl-cert=${folder}/cert.pem`,
    `--ssl-key=${folder}/key.pem`,
    '--skip-networking',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_general_ci',
    '--innodb-flush-method=fsync',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=64M',
    '--innodb-doublewrite=0',
    '--max-connections=200',
    '--performance-schema=off',
    '--skip-log-bin',
    '--skip-name-resolve',
  ]
}

async function findServer(): Promise<string> {
  const folders = [...(process.env.PATH ?? '').split(':'), ...PLACES]
  for (const folder of folders) {
    const path = join(folder, 'mariadbd')
    if (folder !== '' && (await exists(path))) return path
  }
  throw new Error(
    "MariaDB: no mariadbd on this machine. Install Debian's mariadb-server-core, or name a server in MYSQL_URL.",
  )
}

/** Where a server's files go: in memory where there is such a place, since the tests are all DDL. */
async function baseFolder(): Promise<string> {
  return (await exists('/dev/shm')) ? '/dev/shm' : tmpdir()
}

/** Folders of servers whose process is gone. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith(PREFIX)) continue
    const pid = await readFile(join(base, name, 'pid'), 'utf8').catch(() => null)
    if (pid !== null && !(await exists(`/proc/${pid.trim()}`))) {
      await rm(join(base, name), { recursive: true, force: true })
    }
  }
}

/** A data folder with the system tables and a certificate, made once for a version of the server. */
async function templateFolder(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['--no-defaults', '--version'])
  const version = /Ver (\S+)/.exec(stdout)?.[1] ?? 'unknown'
  const cache = join(import.meta.dirname, '../../../node_modules/.cache/migrate-tui')
  const template = join(cache, `mariadb-${version}`)
  if (await exists(template)) return template
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}template-`))
  try {
    await mkdir(join(folder, 'data'))
    await makeCertificate(folder)
    await giveAway(folder)
    await makeSystemTables(program, join(folder, 'data'))
    await mkdir(cache, { recursive: true })
    const copy = await mkdtemp(join(cache, 'new-'))
    await cp(folder, copy, { recursive: true })
    // Another run may have been faster; then its folder is as good.
    await rename(copy, template).catch(() => rm(copy, { recursive: true, force: true }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return template
}

async function makeCertificate(folder: string): Promise<void> {
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=localhost'],
    ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
  ])
}

/** What `mariadb-install-db` does, without the client programs that it needs. */
async function makeSystemTables(program: string, data: string): Promise<void> {
  const share = (await exists('/usr/share/mariadb/mariadb_system_tables.sql'))
    ? '/usr/share/mariadb/mariadb'
    : '/usr/share/mysql/mysql'
  const parts = await Promise.all(
    ['system_tables', 'performance_tables', 'system_tables_data'].map((name) =>
      readFile(`${share}_${name}.sql`, 'utf8'),
    ),
  )
  const child = spawn(
    program,
    [
      '--no-defaults',
      '--bootstrap',
      `--datadir=${data}`,
      '--innodb-log-file-size=4M',
      '--innodb-buffer-pool-size=16M',
    ],
    { ...IDENTITY, cwd: data, stdio: ['pipe', 'ignore', 'pipe'] },
  )
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const start = [
    'create database mysql;',
    'use mysql;',
    'set @auth_root_socket=NULL;',
    'set @skip_auth_anonymous=1;',
  ]
  child.stdin.end([...start, ...parts].join('\n'))
  const [code] = (await once(child, 'exit')) as readonly unknown[]
  if (code !== 0)
    throw new Error(`MariaDB could not make its system tables: ${said.join('').slice(-800)}`)
}

async function giveAway(path: string): Promise<void> {
  if (!('uid' in IDENTITY)) return
  await chown(path, NOBODY, NOBODY)
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    await chown(join(entry.parentPath, entry.name), NOBODY, NOBODY)
  }
}

async function untilItAnswers(child: ChildProcess, socket: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (child.exitCode === null && Date.now() < deadline) {
    if (await answers(socket)) return
    await sleep(10)
  }
  throw new Error(
    child.exitCode === null ? 'it did not answer in 30 s' : `it ended with ${child.exitCode}`,
  )
}

/** Whether a server greets at the socket. */
async function answers(socket: string): Promise<boolean> {
  const connection = createConnection(socket)
  try {
    await once(connection, 'data')
    return true
  } catch {
    return false
  } finally {
    connection.destroy()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
