// Loaded into each measured process by NODE_OPTIONS: tells its peak memory when it ends.
const fs = require('node:fs')
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage()
  fs.appendFileSync(process.env.PEAK_FILE, `${maxRSS}\n`)
})
