/** The fingerprint of a script, the same on every system. */
import { nodeCrypto } from '../node-crypto.js'

/** sha256 in hex of a text, its line ends as `\n` and without a byte order mark. */
export function checksumOf(text: string): string {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text
  const normal = bare.includes('\r') ? bare.replace(/\r\n?/g, '\n') : bare
  return nodeCrypto().hash('sha256', normal)
}
