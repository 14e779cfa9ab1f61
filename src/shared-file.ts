/**
 * The nameless file between a child and its parent. A pipe wakes the parent at every piece, for which
 * the child pays; of a file the parent sees as much when it wants to know.
 */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from './errors.js'

/** Where the answer begins; the line is written over and over before it. */
const ANSWER_AT = 65_536

/**
 * An open file that no folder lists any more, in the first folder where it can be `begun`.
 * @throws Error where no folder takes one
 */
export function openSharedFile(begin: (file: number) => void = () => undefined): number {
  const refused: string[] = []
  // Containers whose disk is only for reading have the second.
  for (const folder of [tmpdir(), '/dev/shm', '.']) {
    try {
      return openIn(folder, begin)
    } catch (thrown) {
      refused.push(messageOf(thrown))
    }
  }
  throw new Error(`No temporary file could be made: ${refused.join('; ')}`)
}

function openIn(folder: string, begin: (file: number) => void): number {
  const name = `migrate-tui-${process.pid}-${Math.random().toString(36).slice(2)}`
  const path = join(folder, name)
  // Made by this call and by nobody before it.
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  try {
    begin(file)
    return file
  } catch (thrown) {
    closeSync(file)
    throw thrown
  }
}

/** Writes a line of less than 64 KiB over the one before. */
export function writeLine(file: number, line: string): void {
  writeSync(file, `${line}\n`, 0)
}

/** What was written last. */
export function readLine(file: number): string {
  const text = readText(file, 0, ANSWER_AT)
  return text.slice(0, text.indexOf('\n'))
}

/** Writes an answer over the one before, and gives its bytes. @throws where the disk is full */
export function writeAnswer(file: number, text: string): number {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, ANSWER_AT + done)
  }
  return bytes.length
}

export function readAnswer(file: number, bytes: number): string {
  return readText(file, ANSWER_AT, bytes)
}

function readText(file: number, from: number, most: number): string {
  const read = Buffer.allocUnsafe(most)
  let length = 0
  while (length < most) {
    const more = readSync(file, read, length, most - length, from + length)
    if (more === 0) break
    length += more
  }
  return read.toString('utf8', 0, length)
}
