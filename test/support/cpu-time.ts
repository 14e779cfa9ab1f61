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
