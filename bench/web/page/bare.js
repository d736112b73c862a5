// What raddle is compared with: workers with nothing but an instance each, and messages.
import { median } from "./figures.js";

const module = await WebAssembly.compileStreaming(fetch("guests/bare.wasm"));
// As a blob: that starts fastest.
const url = URL.createObjectURL(new Blob([await (await fetch("bare-worker.js")).text()], { type: "text/javascript" }));

/** One memory for all: browsers have few, and a page that is busy does not collect them. */
const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const words = new Int32Array(memory.buffer);
const ARRIVED = 64;
let locks = 0;

/** Workers that are kept for the next call; one is added when none is idle. */
class Pool {
  #lock = `bare-${(locks += 1)}`;
  #idle = [];
  #all = [];

  constructor() {
    // Nobody works there: the pool before has ended.
    words.fill(0);
  }

  /** Calls an export in a worker. */
  call(name, ...args) {
    const worker = this.#idle.pop() ?? this.#add();
    return new Promise((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }) => {
        this.#idle.push(worker);
        resolve(data);
      };
      worker.postMessage({ name, args });
    });
  }

  /** Waits until so many have said that they are there. */
  async arrived(count) {
    for (let there = 0; there < count; there = Atomics.load(words, ARRIVED >> 2)) {
      await Atomics.waitAsync(words, ARRIVED >> 2, there).value;
    }
  }

  /** Ends all workers, and waits until they are gone. No event tells of that, but their lock is free then. */
  async end() {
    for (const worker of this.#all) worker.terminate();
    await navigator.locks.request(this.#lock, () => {});
  }

  #add() {
    const worker = new Worker(url);
    worker.postMessage({ module, memory, lock: this.#lock });
    this.#all.push(worker);
    return worker;
  }
}

/** So many workers that are there. */
async function pool(count) {
  const pool = new Pool();
  await Promise.all(Array.from({ length: count }, () => pool.call("nothing", 0)));
  return pool;
}

/** A call in a worker of a pool, and its answer. */
export async function call() {
  const workers = await pool(4);
  const times = [];
  for (let batch = 0; batch < 60; batch += 1) {
    const begin = performance.now();
    for (let i = 0; i < 10; i += 1) await workers.call("nothing", i);
    times.push((performance.now() - begin) / 10);
  }
  await workers.end();
  return median(times);
}

/** A call in a worker that is made for it. */
export async function cold() {
  const times = [];
  for (let round = 0; round < 10; round += 1) {
    const workers = new Pool();
    const begin = performance.now();
    await workers.call("nothing", round);
    times.push(performance.now() - begin);
    await workers.end();
  }
  return median(times);
}

/** So many calls at once, in a pool that begins with `warm` workers and is as large as it has to be in the end. */
export async function crowd(count, warm) {
  const workers = await pool(warm);
  const begin = performance.now();
  await Promise.all(Array.from({ length: count }, () => workers.call("arrive", count)));
  const time = performance.now() - begin;
  await workers.end();
  return time;
}

/** Ends so many workers that block or spin. */
export async function stop(count, what) {
  const workers = new Pool();
  for (let i = 0; i < count; i += 1) workers.call(what);
  await workers.arrived(count);
  const begin = performance.now();
  await workers.end();
  return performance.now() - begin;
}

/** One message to or from a worker. */
export async function message() {
  return (await call()) / 2;
}

/** One wake-up, by the engine's own instructions. */
export async function wake() {
  const count = 2000;
  const workers = await pool(2);
  const [{ took }] = await Promise.all([workers.call("ping", count), workers.call("pong", count)]);
  await workers.end();
  return took / (2 * count);
}
