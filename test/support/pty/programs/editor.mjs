// Stands for a person's editor: takes every key in raw mode until Q, writes them into the file, and says
// when it is ready. With COOKED it waits for a line instead, and counts the interrupts of the keyboard.
import { writeFileSync } from 'node:fs'

const file = process.argv.at(-1)
const isCooked = process.env.COOKED === '1'
let taken = ''
let interrupts = 0

process.on('SIGINT', () => {
  interrupts += 1
  console.log(`interrupts ${interrupts}`)
})
if (!isCooked) process.stdin.setRawMode(true)
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text) => {
  taken += text
  if (!taken.includes(isCooked ? '\n' : 'Q')) return
  writeFileSync(file, taken)
  process.stdin.setRawMode(false)
  process.exit(Number(process.env.EDITOR_EXIT ?? '0'))
})
console.log(`editor is ready, process ${process.pid} of ${process.ppid}`)
