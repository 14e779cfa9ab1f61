/** The file in which compiled code is kept. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { crc32 } from 'node:zlib'

/** The code of a file, and what tells its source from others. */
export interface KeptCode {
  readonly sum: number
  readonly code: Buffer
}

/** A line of the list that a cache file begins with. */
type Listed = readonly [path: string, sum: number, bytes: number]

/** Before the list: how many bytes it has. */
const LENGTH = 4

/**
 * Where a cache of that name is: below the `node_modules` that the program itself lies in, where whoever
 * can write could change the program as well. Null where it lies in none.
 */
export function cacheFile(folder: string, name: string): string | null {
  const modules = modulesAround(folder)
  return modules === null ? null : join(modules, '.cache', 'migrate-tui', `compiled-${name}`)
}

function modulesAround(folder: string): string | null {
  const inside = `${sep}node_modules${sep}`
  const at = folder.lastIndexOf(inside)
  if (at >= 0) return folder.slice(0, at + inside.length - 1)
  const beside = join(dirname(folder), 'node_modules')
  return existsSync(beside) ? beside : null
}

/** V8 itself only compares the lengths of sources. */
export function sumOf(source: string): number {
  return crc32(source)
}

/** What is kept, by path; nothing where the file is missing or not whole. */
export function readCache(file: string): Map<string, KeptCode> {
  try {
    return parsed(readFileSync(file))
  } catch {
    return new Map()
  }
}

function parsed(bytes: Buffer): Map<string, KeptCode> {
  const start = LENGTH + bytes.readUInt32LE(0)
  const list = JSON.parse(bytes.toString('utf8', LENGTH, start)) as readonly Listed[] // as written below
  const kept = new Map<string, KeptCode>()
  let at = start
  for (const [path, sum, length] of list) {
    kept.set(path, { sum, code: bytes.subarray(at, at + length) })
    at += length
  }
  if (at !== bytes.length) kept.clear()
  return kept
}

/** Writes code, as far as its files are still there. Where it cannot be written, nothing is kept. */
export function writeCache(file: string, all: ReadonlyMap<string, KeptCode>): void {
  const there = [...all].filter(([path]) => existsSync(path))
  const list = there.map(([path, { sum, code }]): Listed => [path, sum, code.length])
  const head = Buffer.from(JSON.stringify(list))
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(head.length)
  const bytes = Buffer.concat([length, head, ...there.map(([, { code }]) => code)])
  const partial = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(partial, bytes)
    renameSync(partial, file)
  } catch {
    remove(partial)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It was never there.
  }
}
