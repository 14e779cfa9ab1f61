import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtProgram } from '../../support/pty/built.js'
import type { PtyScreen } from '../../support/pty/pty-screen.js'
import { normalText } from '../../support/pty/screen-text.js'
import { start } from '../../support/pty/start.js'

const program = await builtProgram('screen.tsx')

async function started(columns = 80, rows = 24): Promise<PtyScreen> {
  const screen = start([process.execPath, program], { columns, rows })
  await screen.waitFor('ready')
  return screen
}

/** The column of the right border in every row but the first and the last. */
function rightBorders(screen: PtyScreen): readonly (number | null)[] {
  const { buffer, cols, rows } = screen.terminal
  return Array.from({ length: rows - 2 }, (_, row) => {
    const line = buffer.active.getLine(row + 1)
    for (let x = cols - 1; x >= 0; x -= 1) {
      const cell = line?.getCell(x)?.getChars() ?? ''
      if (cell !== '') return cell === '│' ? x + 1 : null
    }
    return null
  })
}

test('300 arrow keys at once are all counted', async () => {
  const screen = await started()
  screen.type('\u001b[B'.repeat(300))
  await screen.waitFor('keys 300 last down')
})

test('a key costs the lines that it changes', async () => {
  const screen = await started(120, 35)
  await screen.press('j')
  await screen.waitFor('keys 1 last j')
  const before = screen.bytes
  await screen.press('k')
  await screen.waitFor('keys 2 last k')
  expect(screen.bytes - before).toBeLessThan(300)
})

test('what follows characters of all kinds stands in its column', async () => {
  const screen = await started()
  const { active } = screen.terminal.buffer
  const bars = Array.from({ length: 24 }, (_, row) => active.getLine(row)).flatMap((line) =>
    Array.from({ length: 80 }, (_, x) => x).filter((x) => line?.getCell(x)?.getChars() === '┃'),
  )
  expect(bars).toEqual(Array.from({ length: 9 }, () => 13))
  expect(new Set(rightBorders(screen))).toEqual(new Set([80]))
})

test('a storm of resizes ends in a whole screen of the last size', async () => {
  const screen = await started()
  const sizes = [
    [40, 10],
    [200, 50],
    [61, 15],
    [120, 35],
    [80, 24],
    [50, 12],
    [100, 30],
  ] as const
  for (const [columns, rows] of [...sizes, ...sizes.toReversed(), [91, 27] as const]) {
    screen.resize(columns, rows)
    await wait(15)
  }
  await screen.waitFor('91x27')
  await screen.press('j')
  await screen.waitFor('keys 1 last j')
  expect(screen.lines()[0]).toBe(`╭${'─'.repeat(89)}╮`)
  expect(screen.lines()[26]).toBe(`╰${'─'.repeat(89)}╯`)
  expect(new Set(rightBorders(screen))).toEqual(new Set([91]))
  expect(screen.text().match(/╭/g)).toHaveLength(1)
})

test('a paste arrives whole, and is no key', async () => {
  const screen = await started()
  screen.paste('q\nT e\u001b[A 用户')
  await screen.waitFor(/pasted "q\\nT e\\u001b\[A 用户"/)
  expect(screen.text()).toContain('keys 0')
})

test('a muted keyboard drops what is typed until it opens again', async () => {
  const screen = await started()
  screen.type('mqqq')
  await screen.waitFor('muted')
  await screen.press('q', 'q')
  await screen.waitFor('open')
  await screen.press('j')
  await screen.waitFor('keys 2 last j')
})

test('what is typed while the process is busy is dropped with the mute that it outlasts', async () => {
  const screen = await started()
  await screen.press('M')
  await wait(150)
  screen.type('qqq')
  await screen.waitFor('open')
  await screen.press('j')
  await screen.waitFor('keys 2 last j')
})

test('a copy reaches the terminal as one command', async () => {
  const screen = await started()
  await screen.press('c')
  const text = Buffer.from('copied text').toString('base64')
  await screen.waitFor((shown) => shown.raw().includes(`\u001b]52;c;${text}\u0007`))
})

test('the scrollback is left alone, and nothing is added to it', async () => {
  const screen = start(['sh', '-c', `seq 1 100; ${process.execPath} ${program}; echo after`])
  await screen.waitFor('ready')
  for (const [columns, rows] of [
    [70, 20],
    [100, 30],
    [80, 24],
  ] as const) {
    screen.resize(columns, rows)
    await screen.waitFor(`${columns}x${rows}`)
  }
  await screen.press('j', 'q')
  expect(await screen.exit).toBe(0)
  await screen.waitFor('after')
  const expected = Array.from({ length: 100 }, (_, index) => String(index + 1))
  expect(normalText(screen.terminal).split('\n').slice(0, 100)).toEqual(expected)
  expect(screen.raw()).not.toContain('\u001b[3J')
})
