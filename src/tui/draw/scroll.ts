/** Which part of a list is on the screen. */
import { grouped } from '../../present/text-width.js'

/** Rows kept visible above and below what is selected, where there are any. */
const MARGIN = 2

/** The first row to show so that `selected` is visible, moving as little as possible from `top`. */
export function scrolledTop(
  top: number,
  selected: number,
  { height, count }: { readonly height: number; readonly count: number },
): number {
  const margin = Math.min(MARGIN, Math.max(0, Math.floor((height - 1) / 2)))
  const least = selected - height + 1 + margin
  const most = selected - margin
  const moved = Math.min(Math.max(top, least), most)
  return clamp(moved, 0, Math.max(0, count - height))
}

/** `value` held between both ends. */
export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

/** `12/214`; empty where everything is shown. */
export function placeText(selected: number, count: number): string {
  return count === 0 ? '' : `${grouped(selected + 1)}/${grouped(count)}`
}
