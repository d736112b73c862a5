// The embedder's own imports.

/** Those of its module: an object, or a function that makes one for each worker. */
export async function ownImports(platform, job, host) {
  if (!job.imports) return {};
  const module = await platform.load(job.imports);
  const made = module.default ?? module.imports;
  if (typeof made !== "function") return made ?? {};
  return made({
    memory: job.memory,
    threadId: () => host.current_thread(),
    hasEnded: () => host.has_ended() !== 0,
    waitEnded: (milliseconds) => host.wait_ended(milliseconds) !== 0,
    notify(address, count = Infinity) {
      const woken = Number(host.notify_waiters(BigInt(address), count));
      if (woken < 0) throw new RangeError(`nobody can wait at ${address}: it is outside of memory or unaligned`);
      return woken;
    },
  });
}
