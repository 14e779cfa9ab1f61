/** A wire before a real PostgreSQL on which what follows an error comes later than the error. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds between an error and the next message. */
const LATER = 30

/** The port of the wire to the server at `url`. */
export async function startSlowErrors(url: URL): Promise<{ readonly port: number; stop(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(url.port), url.hostname)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => other.destroy())
    }
    client.setNoDelay()
    client.pipe(upstream)
    let rest = Buffer.alloc(0)
    let sent = Promise.resolve()
    upstream.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      for (let size = sizeOf(rest); size !== null; size = sizeOf(rest)) {
        const message = rest.subarray(0, size)
        rest = rest.subarray(size)
        sent = sent.then(async () => {
          client.write(message)
          if (message[0] === 'E'.charCodeAt(0)) await sleep(LATER)
        })
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the wire has no port')
  return {
    port: address.port,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Bytes of the first message; null while it is not all there. */
function sizeOf(buffer: Buffer): number | null {
  if (buffer.length < 5) return null
  const size = buffer.readInt32BE(1) + 1
  return buffer.length < size ? null : size
}
