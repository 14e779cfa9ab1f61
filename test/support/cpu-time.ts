/** How long work takes the processor: other work on the machine does not count. */

/** The least CPU time in ms of so many rounds; the first ones also compile the code. */
export async function leastCpuTime(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  return Math.min(...times)
}

/**
 * How many times as much CPU the larger work takes. Ten times the work that takes far more than ten
 * times as long does not grow with its size; a busy machine slows both.
 */
export async function costRatio(small: () => unknown, large: () => unknown): Promise<number> {
  const least = await leastCpuTime(4, small)
  return (await leastCpuTime(3, large)) / Math.max(1, least)
}

/** Above this, ten times the work did not take about ten times as long. */
export const TEN_TIMES = 30
