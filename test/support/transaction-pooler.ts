/** A pooler in transaction mode before a real PostgreSQL: a client has a session of the server from one idle moment to the next. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** `SSLRequest` (manual, message formats). */
const SSL_REQUEST = 80877103

interface Lent {
  readonly socket: Socket
  /** What the server said of itself at the start, for every client. */
  readonly greeting: Buffer
  borrower: Client | null
}

interface Client {
  readonly socket: Socket
  /** What was sent while no session was had, or awaits its turn. */
  waiting: Buffer[]
  session: Lent | null
  isBorrowing: boolean
  inTransaction: boolean
  /** Answers that the server still owes. */
  owed: number
}

/** The port of a pooler before the server at `url`, for the user and database that its first client names. */
export async function startTransactionPooler(
  url: URL,
): Promise<{ readonly port: number; stop(): void }> {
  const idle: Lent[] = []
  const sockets = new Set<Socket>()

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const client: Client = {
      socket,
      waiting: [],
      session: null,
      isBorrowing: false,
      inTransaction: false,
      owed: 0,
    }
    let startup: Buffer | null = null
    let rest = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      if (startup === null) {
        if (rest.length < 8 || rest.length < rest.readInt32BE(0)) return
        const first = rest.subarray(0, rest.readInt32BE(0))
        rest = rest.subarray(first.length)
        if (first.readInt32BE(4) === SSL_REQUEST) {
          socket.write('N')
          return
        }
        startup = first
        void greet(client, first)
        return
      }
      for (let frame = frameOf(rest); frame !== null; frame = frameOf(rest)) {
        rest = rest.subarray(frame.length)
        client.waiting.push(frame)
      }
      void forward(client, startup)
    })
  })

  async function greet(client: Client, startup: Buffer): Promise<void> {
    const session = idle.pop() ?? (await lend(startup))
    client.socket.write(session.greeting)
    idle.push(session)
  }

  async function forward(client: Client, startup: Buffer): Promise<void> {
    if (client.session === null) {
      if (client.waiting.length === 0 || client.isBorrowing) return
      client.isBorrowing = true
      const session = idle.pop() ?? (await lend(startup))
      client.isBorrowing = false
      client.session = session
      session.borrower = client
    }
    for (const frame of client.waiting.splice(0)) {
      const kind = String.fromCharCode(frame[0] ?? 0)
      if (kind === 'X') {
        // One that is not done with its transaction takes the session along.
        if (client.owed === 0 && !client.inTransaction) giveBack(client)
        else client.session.socket.destroy()
        client.socket.end()
        return
      }
      if (kind === 'Q' || kind === 'S') client.owed += 1
      client.session.socket.write(frame)
    }
  }

  function giveBack(client: Client): void {
    if (client.session === null) return
    client.session.borrower = null
    idle.push(client.session)
    client.session = null
  }

  async function lend(startup: Buffer): Promise<Lent> {
    const socket = connect(Number(url.port), url.hostname)
    sockets.add(socket)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(startup)
    const greeting: Buffer[] = []
    let lent: Lent | null = null
    let rest = Buffer.alloc(0)
    return await new Promise((resolve) => {
      socket.on('data', (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk])
        for (let frame = frameOf(rest); frame !== null; frame = frameOf(rest)) {
          rest = rest.subarray(frame.length)
          const isReady = frame[0] === 'Z'.charCodeAt(0)
          if (lent === null) {
            greeting.push(frame[0] === 'K'.charCodeAt(0) ? madeUpKey(frame) : frame)
            if (!isReady) continue
            lent = { socket, greeting: Buffer.concat(greeting), borrower: null }
            resolve(lent)
            continue
          }
          const client = lent.borrower
          client?.socket.write(frame)
          if (client === null || !isReady) continue
          client.owed -= 1
          client.inTransaction = frame[5] !== 'I'.charCodeAt(0)
          if (client.owed === 0 && !client.inTransaction) giveBack(client)
        }
      })
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the pooler has no port')
  return {
    port: address.port,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** The first whole message; null while it is not all there. */
function frameOf(buffer: Buffer): Buffer | null {
  if (buffer.length < 5) return null
  const length = buffer.readInt32BE(1) + 1
  return buffer.length < length ? null : buffer.subarray(0, length)
}

/** The message that tells a client its process, with a number that is none of the server's. */
function madeUpKey(frame: Buffer): Buffer {
  const made = Buffer.from(frame)
  made.writeInt32BE(made.readInt32BE(5) ^ 0x5a5a5a, 5)
  return made
}
