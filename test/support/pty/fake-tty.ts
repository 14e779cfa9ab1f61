/** The two streams of a terminal without one: what is written to them is seen, what is typed is pushed. */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'

/** A keyboard: `write` types. It knows whether anybody reads it and whether it is raw. */
export class FakeKeyboard extends PassThrough {
  isRaw = false

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}

/** A display of a size; `writes` are the texts that it got, one each. */
export class FakeDisplay extends EventEmitter {
  readonly fd = -1
  readonly writes: string[] = []
  columns: number
  rows: number

  constructor(columns: number, rows: number) {
    super()
    this.columns = columns
    this.rows = rows
  }

  write(text: string): boolean {
    this.writes.push(text)
    return true
  }

  resize(columns: number, rows: number): void {
    this.columns = columns
    this.rows = rows
    this.emit('resize')
  }
}
