#!/usr/bin/env node
// Node 22 and newer keep the compiled program between runs.
;(await import('node:module')).enableCompileCache?.()
// Node 20's V8 optimises after so few calls that a command is over before it pays: a quarter of the
// time of a first migrate. And it grows the space of young objects, though what a command makes mostly
// lives to its end, and is only copied more often: an eighth of the time of a long history. A script that
// goes through many rows gains by the growth, but takes longer than that. Later ones wait longer by
// themselves, and gain little by the second.
if (process.version.startsWith('v20.')) {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--interrupt-budget=500000')
  setFlagsFromString('--semi-space-growth-factor=1')
  setTimeout(() => setFlagsFromString('--semi-space-growth-factor=2'), 1500).unref()
}
await import('../dist/cli.js')
