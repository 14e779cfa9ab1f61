/** Reads many small files fast: one buffer for all of them, and nothing asynchronous. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

/** Larger than nearly every script; a larger one is read in the ordinary way. */
const BYTES = 1 << 16

const buffer = Buffer.allocUnsafe(BYTES)

/** The text of a UTF-8 file, without a byte order mark. @throws the error of the file system */
export function readText(path: string): string {
  const text = readWhole(path)
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function readWhole(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = readSync(file, buffer, 0, BYTES, 0)
    if (bytes < BYTES) return buffer.toString('utf8', 0, bytes)
  } finally {
    closeSync(file)
  }
  return readFileSync(path, 'utf8')
}
