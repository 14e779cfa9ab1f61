/** Node's cryptography, loaded when it is first used: that takes 8 ms, and many commands need none of it. */
import type * as Crypto from 'node:crypto'

export function nodeCrypto(): typeof Crypto {
  return process.getBuiltinModule('node:crypto')
}
