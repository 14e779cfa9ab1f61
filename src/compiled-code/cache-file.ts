/** The file in which compiled code is kept. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { crc32 } from 'node:zlib'

/** The code of a file, with the sums of its source and of itself. */
export interface KeptCode {
  readonly sourceSum: number
  readonly codeSum: number
  readonly code: Buffer
}

/** A line of the list that a cache file begins with. */
type Listed = readonly [path: string, sourceSum: number, codeSum: number, bytes: number]

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

/** What is kept of a file. */
export function keptCode(source: string, code: Buffer): KeptCode {
  return { sourceSum: crc32(source), codeSum: crc32(code), code }
}

/** Whether code was made of a source, and is as it was: V8 only compares lengths, and trusts it. */
export function isOf({ sourceSum, codeSum, code }: KeptCode, source: string): boolean {
  return sourceSum === crc32(source) && codeSum === crc32(code)
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
  for (const [path, sourceSum, codeSum, length] of list) {
    kept.set(path, { sourceSum, codeSum, code: bytes.subarray(at, at + length) })
    at += length
  }
  if (at !== bytes.length) kept.clear()
  return kept
}

/** Writes code, as far as its files are still there. Where it cannot be written, nothing is kept. */
export function writeCache(file: string, all: ReadonlyMap<string, KeptCode>): void {
  const there = [...all].filter(([path]) => existsSync(path))
  const list = there.map(([path, { sourceSum, codeSum, code }]): Listed => [
    path,
    sourceSum,
    codeSum,
    code.length,
  ])
  const head = Buffer.from(JSON.stringify(list))
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(head.length)
  const bytes = Buffer.concat([length, head, ...there.map(([, { code }]) => code)])
  // Containers that share the folder have the same process numbers.
  const partial = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(partial, bytes, { flag: 'wx' })
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
