/** How a test file comes to a running database server. */
import { once } from 'node:events'
import { createConnection } from 'node:net'

/**
 * The URL of a server of this test run, started when nobody asked for it before: `postgres-15`,
 * `postgres-18`, `mariadb`.
 * @throws Error with the server's name when it cannot be had
 */
export async function serverUrl(name: string): Promise<string> {
  const broker = process.env.MIGRATE_TUI_TEST_SERVERS
  if (broker === undefined) {
    throw new Error(
      `${name}: run the tests with --config .config/vitest.config.ts, which starts it`,
    )
  }
  const socket = createConnection(broker)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  socket.write(`${name}\n`)
  await once(socket, 'end')
  const answer = JSON.parse(text) as { url?: string; error?: string } // from global-setup.ts
  if (answer.url === undefined) throw new Error(`${name} cannot be had: ${answer.error ?? text}`)
  return answer.url
}
