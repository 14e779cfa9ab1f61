import { expect, test } from 'vitest'
import { FrameStream } from '../../../src/tui/terminal/frame-stream.js'
import { FakeDisplay } from '../../support/pty/fake-tty.js'

const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'

function shown(columns: number, rows: number): { display: FakeDisplay; frames: FrameStream } {
  const display = new FakeDisplay(columns, rows)
  return { display, frames: new FrameStream(display) }
}

/** Waits until the frame of this tick is painted. */
const painted = () => new Promise((resolve) => setImmediate(resolve))

/** What was sent for a frame on an otherwise empty display. */
async function sentFor(frames: FrameStream, display: FakeDisplay, frame: string): Promise<string> {
  display.writes.length = 0
  frames.write(frame)
  await painted()
  return display.writes.join('')
}

test('the first frame is painted whole, with the rest of the screen erased', async () => {
  const { display, frames } = shown(10, 3)
  expect(await sentFor(frames, display, 'ab\ncd')).toBe(
    `${BEGIN}\u001b[1;1H\u001b[Kab\u001b[0m\u001b[2;1H\u001b[Kcd\u001b[0m\u001b[3;1H\u001b[K${END}`,
  )
})

test('only the lines that changed are painted again', async () => {
  const { display, frames } = shown(10, 3)
  await sentFor(frames, display, 'ab\ncd\nef')
  expect(await sentFor(frames, display, 'ab\nXY\nef')).toBe(
    `${BEGIN}\u001b[2;1H\u001b[KXY\u001b[0m${END}`,
  )
  expect(await sentFor(frames, display, 'ab\nXY\nef')).toBe('')
})

test('lines that a shorter frame does not have are erased', async () => {
  const { display, frames } = shown(10, 3)
  await sentFor(frames, display, 'ab\ncd\nef')
  expect(await sentFor(frames, display, 'ab')).toBe(
    `${BEGIN}\u001b[2;1H\u001b[K\u001b[3;1H\u001b[K${END}`,
  )
})

test('a line as wide as the screen keeps its last character', async () => {
  const { display, frames } = shown(4, 1)
  expect(await sentFor(frames, display, 'ab用')).toBe(
    `${BEGIN}\u001b[1;1H\u001b[Kab用\u001b[0m${END}`,
  )
})

test('of the frames of one tick the last is painted', async () => {
  const { display, frames } = shown(10, 1)
  frames.write('one')
  frames.write('two')
  await painted()
  expect(display.writes).toEqual([`${BEGIN}\u001b[1;1H\u001b[Ktwo\u001b[0m${END}`])
})

test('what does not fit below is left out', async () => {
  const { display, frames } = shown(10, 2)
  expect(await sentFor(frames, display, 'a\nb\nc\nd')).not.toMatch(/[cd]/)
})

test("Ink's cursor commands are no frames", async () => {
  const { display, frames } = shown(10, 1)
  await sentFor(frames, display, 'ab')
  expect(await sentFor(frames, display, '\u001b[?25l')).toBe('')
})

test('a resize tells Ink and paints everything', async () => {
  const { display, frames } = shown(10, 2)
  await sentFor(frames, display, 'ab\ncd')
  display.writes.length = 0
  frames.on('resize', () => frames.write(`${frames.columns}x${frames.rows}\ncd`))
  display.resize(20, 2)
  await painted()
  expect(display.writes.join('')).toContain('20x2')
  expect(display.writes.join('')).toContain('cd')
})

test('while paused nothing is painted; then the newest frame is, whole', async () => {
  const { display, frames } = shown(10, 2)
  await sentFor(frames, display, 'ab\ncd')
  display.writes.length = 0
  frames.pause()
  frames.write('ab\nnew')
  await painted()
  expect(display.writes).toEqual([])
  frames.resume()
  expect(display.writes.join('')).toMatch(/ab.*new/)
})

test('a screen that did not change meanwhile is painted whole after a pause', async () => {
  const { display, frames } = shown(10, 2)
  await sentFor(frames, display, 'ab\ncd')
  display.writes.length = 0
  frames.pause()
  frames.resume()
  expect(display.writes.join('')).toMatch(/ab.*cd/)
})

test('after its end nothing is painted', async () => {
  const { display, frames } = shown(10, 1)
  frames.write('late')
  frames.dispose()
  await painted()
  display.resize(5, 1)
  await painted()
  expect(display.writes).toEqual([])
})

test('bytes are counted as they are sent', async () => {
  const { display, frames } = shown(10, 1)
  await sentFor(frames, display, '用户')
  expect(frames.bytesWritten).toBe(Buffer.byteLength(display.writes.join('')))
})

test('a terminal that does not say its size is taken for 80x24', () => {
  const { frames } = shown(0, 0)
  expect([frames.columns, frames.rows]).toEqual([80, 24])
})
