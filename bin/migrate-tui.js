#!/usr/bin/env node
// Node 22 and newer keep the compiled program between runs.
;(await import('node:module')).enableCompileCache?.()
// Node 20's V8 optimises after so few calls that a command is over before it pays: a quarter of the
// time of a first migrate. Later ones wait longer by themselves, and do not know the flag.
if (process.version.startsWith('v20.')) {
  ;(await import('node:v8')).setFlagsFromString('--interrupt-budget=500000')
}
await import('../dist/cli.js')
