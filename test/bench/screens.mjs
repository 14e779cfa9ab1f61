/**
 * What the screens cost, as a command: whole processes at a real terminal of 120 columns and 35 rows.
 *   npm run bench:screens
 * Opening, the CPU that a key takes from its press to its painted frame, the bytes of a frame in which
 * only the highlight moves, and what 3,000 frames leave in memory. Linux only: it reads /proc.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import * as generate from './generate.mjs'

const root = new URL('../..', import.meta.url).pathname
const base = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-tui-screens-'))

function project(count) {
  const folder = path.join(base, String(count))
  fs.mkdirSync(folder)
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  generate.revisionHistory(folder, count)
  fs.mkdirSync(path.join(folder, 'models'))
  return folder
}

/** A running program with what it sent; the pid is its own, since no shell stands between. */
function open(folder) {
  const left = new Set(['CI', 'NO_COLOR', 'TMUX'])
  const kept = Object.entries(process.env).filter(([name]) => !left.has(name))
  const env = { ...Object.fromEntries(kept), TERM: 'xterm-256color', LANG: 'C.UTF-8' }
  const started = performance.now()
  const pty = spawn(process.execPath, [path.join(root, 'bin/migrate-tui.js')], {
    cols: 120,
    rows: 35,
    cwd: folder,
    env,
  })
  const run = { pty, sent: '', started, at: new Map(), last: started }
  pty.onData((text) => {
    run.sent += text
    run.last = performance.now()
    for (const mark of ['opening the project', ' pending'])
      if (!run.at.has(mark) && run.sent.includes(mark)) run.at.set(mark, run.last - started)
  })
  return run
}

async function until(run, mark) {
  while (!run.at.has(mark)) await wait(2)
  return run.at.get(mark)
}

/** Resolves when nothing was sent for `ms`. */
async function quiet(run, ms) {
  while (performance.now() - run.last < ms) await wait(10)
}

const TICKS = 100
/** Milliseconds of CPU that the process has used. */
function cpu({ pty }) {
  const fields = fs
    .readFileSync(`/proc/${pty.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS
}

function rss({ pty }) {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pty.pid}/status`, 'utf8'))[1]) / 1024
}

async function pressed(run, key, times, gap) {
  for (let i = 0; i < times; i += 1) {
    run.pty.write(key)
    await wait(gap)
  }
  await quiet(run, 300)
}

async function close(run) {
  const ended = new Promise((resolve) => run.pty.onExit(resolve))
  run.pty.write('q')
  await ended
}

const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]

for (const count of [100, 10_000]) {
  const folder = project(count)
  const firsts = []
  const wholes = []
  for (let i = 0; i < 6; i += 1) {
    const run = open(folder)
    wholes.push(await until(run, ' pending'))
    firsts.push(run.at.get('opening the project'))
    await quiet(run, 400)
    await close(run)
  }
  // The first run is there to warm the disk.
  const print = (name, value) => console.log(`${name.padEnd(64)} ${value}`)
  print(`${count} revisions: first frame, median of 5`, `${Math.round(median(firsts.slice(1)))} ms`)
  print(
    `${count} revisions: the tree is there, median of 5`,
    `${Math.round(median(wholes.slice(1)))} ms`,
  )
  const run = open(folder)
  await until(run, ' pending')
  await quiet(run, 1500)
  await pressed(run, 'j', 20, 120)
  const before = cpu(run)
  await pressed(run, 'j', 200, 120)
  print(
    `${count} revisions: CPU a key, the list scrolls and the script follows`,
    `${((cpu(run) - before) / 200).toFixed(1)} ms`,
  )
  await pressed(run, 'k', 8, 120)
  const still = cpu(run)
  const bytes = run.sent.length
  for (let i = 0; i < 25; i += 1) {
    await pressed(run, 'k', 1, 40)
    await pressed(run, 'j', 1, 40)
  }
  print(
    `${count} revisions: CPU a key, only the highlight moves`,
    `${((cpu(run) - still) / 50).toFixed(1)} ms`,
  )
  print(
    `${count} revisions: bytes a key, highlight and detail`,
    `${Math.round((run.sent.length - bytes) / 50)}`,
  )
  // With the detail out of sight, two rows change.
  await pressed(run, '+', 1, 200)
  const alone = run.sent.length
  for (let i = 0; i < 25; i += 1) {
    await pressed(run, 'k', 1, 40)
    await pressed(run, 'j', 1, 40)
  }
  print(
    `${count} revisions: bytes a key, highlight alone`,
    `${Math.round((run.sent.length - alone) / 50)}`,
  )
  await pressed(run, '+', 1, 200)
  if (count === 10_000) {
    await pressed(run, '<', 1, 100)
    await pressed(run, 'j', 1000, 5)
    const start = rss(run)
    await pressed(run, 'j', 3000, 5)
    print('3,000 frames more leave in memory', `${(rss(run) - start).toFixed(1)} MB`)
  }
  await close(run)
}
fs.rmSync(base, { recursive: true, force: true })
