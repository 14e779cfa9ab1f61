/** Times commands as whole processes, A B A B, so that a drift of the machine's speed hits both alike. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const PEAK = new URL('peak.cjs', import.meta.url).pathname

/**
 * Several runs of each command: the median and the best in seconds, the median of the peaks in MB (the
 * largest process of each run), and the median over the rounds of how much longer each took than the
 * first entry in the same round.
 * @param {{name: string, command: string[], cwd: string, before?: () => void, env?: object}[]} entries
 */
export function measure(entries, runs) {
  const samples = entries.map(() => ({ seconds: [], megabytes: [] }))
  for (let run = -1; run < runs; run += 1) {
    entries.forEach((entry, i) => {
      entry.before?.()
      const sample = once(entry)
      if (run < 0) return
      samples[i].seconds.push(sample.seconds)
      samples[i].megabytes.push(sample.megabytes)
    })
  }
  const [first] = samples
  return entries.map((entry, i) => ({
    name: entry.name,
    seconds: median(samples[i].seconds),
    best: Math.min(...samples[i].seconds),
    megabytes: median(samples[i].megabytes),
    ratio: median(samples[i].seconds.map((seconds, run) => seconds / first.seconds[run])),
  }))
}

function once({ name, command, cwd, env, allowed = [0] }) {
  const peakFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'peak-')), 'peak')
  const started = performance.now()
  const [program, ...args] = command
  const result = spawnSync(program, args, {
    cwd,
    env: {
      ...process.env,
      ...env,
      PEAK_FILE: peakFile,
      NODE_OPTIONS: program === process.execPath ? `--require ${PEAK}` : '',
    },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const seconds = (performance.now() - started) / 1000
  if (!allowed.includes(result.status)) {
    throw new Error(
      `${name}: exit ${result.status}\n${result.stdout.slice(-2000)}\n${result.stderr.slice(-2000)}`,
    )
  }
  const peaks = fs.existsSync(peakFile) ? fs.readFileSync(peakFile, 'utf8').trim().split('\n') : []
  fs.rmSync(path.dirname(peakFile), { recursive: true })
  return { seconds, megabytes: Math.max(0, ...peaks.map(Number)) / 1024 }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
