/**
 * Real database servers for the whole test run: each starts when the first test file asks for it, all
 * files share it, and all end with the run. Test files ask through a socket, since they are processes
 * of their own.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface TestServer {
  readonly url: string
  stop(): Promise<void>
}

/** What a server needs is loaded when it is wanted: most runs want none. */
const STARTERS: Readonly<Record<string, () => Promise<TestServer>>> = {
  'postgres-15': async () => (await import('./postgres.js')).startPostgres(15),
  'postgres-18': async () => (await import('./postgres.js')).startPostgres(18),
  mariadb: async () => (await import('./mariadb.js')).startMariadb(),
}

/** Vitest runs this before the first test file, and what it returns after the last one. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-tui-servers-'))
  const started = new Map<string, Promise<TestServer>>()
  const broker = createServer((socket) => {
    void answer(socket, started)
  })
  const path = join(folder, 'broker')
  broker.listen(path)
  await once(broker, 'listening')
  process.env.MIGRATE_TUI_TEST_SERVERS = path
  return async () => {
    broker.close()
    const servers = await Promise.allSettled(started.values())
    for (const server of servers) {
      if (server.status === 'fulfilled') await server.value.stop()
    }
    await rm(folder, { recursive: true, force: true })
  }
}

/** One question, the name of a server and a line break; one answer, `{url}` or `{error}`. */
async function answer(socket: Socket, started: Map<string, Promise<TestServer>>): Promise<void> {
  socket.on('error', () => undefined)
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  const name = chunk.toString().trim()
  const start = STARTERS[name]
  try {
    if (start === undefined) throw new Error(`no server is called ${name}`)
    const server = started.get(name) ?? start()
    started.set(name, server)
    socket.end(JSON.stringify({ url: (await server).url }))
  } catch (thrown) {
    socket.end(JSON.stringify({ error: wordsOf(thrown) }))
  }
}

function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause === undefined ? thrown.message : `${thrown.message}: ${wordsOf(thrown.cause)}`
}
