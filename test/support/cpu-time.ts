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
 * How many times as much CPU the larger work takes, of ten times the size. The smaller is done ten
 * times a round: both rounds take about as long then, and what one collection of garbage or a late
 * optimisation adds does not decide. Of work of a few ms there are more rounds, for that is much of it.
 */
export async function costRatio(small: () => unknown, large: () => unknown): Promise<number> {
  const tenfold = async (): Promise<void> => {
    for (let time = 0; time < 10; time += 1) await small()
  }
  const first = await leastCpuTime(4, tenfold)
  if (first > 50) return ((await leastCpuTime(4, large)) / first) * 10
  const least = Math.min(first, await leastCpuTime(20, tenfold))
  return ((await leastCpuTime(20, large)) / Math.max(1, least)) * 10
}

/**
 * Above this, ten times the work did not take about ten times as long: what it leaves behind costs the
 * larger up to twice its share, and work that grows with the square comes near 100.
 */
export const TEN_TIMES = 45
