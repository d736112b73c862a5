// raddle's side.
import { Runtime } from "./pkg/index.js";
import { median } from "./figures.js";

/** How many workers stay for the next threads. */
export const POOL = 4;

const runtime = await Runtime.create();
const program = await runtime.compile(await (await fetch("guests/threads.wasm")).arrayBuffer());

/** The words of the guest's memory that the page reads and writes. */
const GO = 72;
const DONE = 76;

/** A process with what it tells. */
class Speaking {
  process;
  notifier;
  #told = [];
  #hears;

  static async start(entry, entryArgs) {
    const speaking = new Speaking();
    const options = { entry, entryArgs, poolSize: POOL, stdout: (bytes) => speaking.#hear(bytes.slice()) };
    Object.assign(speaking, await program.startWithNotifier(options));
    // Whoever waits for a word hears of the end.
    speaking.process.wait().then(() => speaking.#hears?.());
    return speaking;
  }

  #hear(bytes) {
    this.#told.push(bytes);
    this.#hears?.();
  }

  /** The next thing that it tells. */
  async next() {
    while (this.#told.length === 0) {
      if (this.process.outcome) throw new Error(JSON.stringify(this.process.outcome));
      await new Promise((resolve) => (this.#hears = resolve));
    }
    return this.#told.shift();
  }

  /** The next times that it tells, in milliseconds. */
  async times() {
    const bytes = await this.next();
    return Array.from(new BigInt64Array(bytes.buffer), (time) => Number(time) / 1e6);
  }

  /** Waits for the end. */
  async end(expected = "returned") {
    this.notifier.free();
    const outcome = await this.process.wait();
    if (outcome.outcome !== expected) throw new Error(JSON.stringify(outcome));
    // The next measurement begins when this one has gone.
    while (runtime.workers > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Spawns a thread that does nothing and joins it: one after another, on a worker that is there. */
export async function spawnAndJoin() {
  const speaking = await Speaking.start("spawn_join", [60, 10]);
  const times = await speaking.times();
  await speaking.end();
  return median(times);
}

/**
 * Has so many threads at once, and joins them, by a main thread that does nothing else. While the page spins, if it is
 * to: then `undefined` when nothing comes of that within so long.
 */
export async function crowd(count, { spins = false, patience = 10_000 } = {}) {
  const speaking = await Speaking.start("crowd", [count, POOL]);
  await speaking.next();
  const words = new Int32Array(speaking.process.memory.buffer);
  Atomics.store(words, GO >> 2, 1);
  speaking.notifier.notify(GO, 1);
  const end = performance.now() + patience;
  while (spins && !Atomics.load(words, DONE >> 2) && performance.now() < end);
  const isDone = Atomics.load(words, DONE >> 2) !== 0;
  const [time] = await speaking.times();
  await speaking.end();
  return spins && !isDone ? undefined : time;
}

/** Kills a process of so many threads, which block or spin: the time until its end is known. */
export async function stop(count, what) {
  const speaking = await Speaking.start("hold", [{ block: 3, spin: 4 }[what], count]);
  await speaking.next();
  const begin = performance.now();
  speaking.process.kill();
  await speaking.process.wait();
  const time = performance.now() - begin;
  await speaking.end("killed");
  return time;
}

/** One wake-up, when two threads wake each other in turn. */
export async function wake() {
  const speaking = await Speaking.start("ping_pong", [2000]);
  const [time] = await speaking.times();
  await speaking.end();
  return time;
}
