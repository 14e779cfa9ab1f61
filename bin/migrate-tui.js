#!/usr/bin/env node
// Node 22 and newer keep the compiled program between runs.
;(await import('node:module')).enableCompileCache?.()
await import('../dist/cli.js')
