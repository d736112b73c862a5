// What the objects of the API do over their lives: some outlive what they are of.
import { Runtime } from "/pkg/index.js";
import { code, compile, soon, until, workerAfter } from "./tools.js";

/** A notifier of a process that has ended, beside the next process, which has the same control words. */
export const notifierOfAnEndedProcess = async () => {
  const runtime = await Runtime.create();
  const blocked = await compile(runtime, "blocked");
  const first = await blocked.startWithNotifier();
  first.process.kill();
  await first.process.wait();
  await until(() => runtime.workers <= 1);

  const second = await blocked.startWithNotifier({ entry: "wait" });
  const woken = first.notifier.notify(16, 1);
  const late = first.process.notifier();
  first.notifier.free();
  late.free();
  // The second one has a notifier, and so is not deadlocked.
  const early = await second.process.waitTimeout(500);
  await until(() => second.notifier.notify(16, 1) === 1);
  return { woken, early: early ?? null, outcome: await second.process.wait() };
};

/** Times that timers cannot take, and what is not a time. */
export const longTimes = async () => {
  const runtime = await Runtime.create();
  const blocked = await compile(runtime, "blocked");
  const { process, notifier } = await blocked.startWithNotifier({ entry: "wait" });
  const waiting = [Infinity, 2 ** 31, 1e12, Number.MAX_VALUE].map((time) => process.waitTimeout(time));
  const short = await process.waitTimeout(50);
  await until(() => notifier.notify(16, 1) === 1);
  const outcomes = (await Promise.all(waiting)).map((outcome) => outcome?.outcome ?? null);
  const refused = [];
  for (const time of [NaN, -1, undefined]) refused.push(await code(() => process.waitTimeout(time)));
  return { short: short ?? null, outcomes, refused };
};

/** Limits of time that are none. */
export const endlessLimits = async () => {
  const hello = await compile(await Runtime.create(), "hello");
  const options = { entryArgs: [1], stdout: () => {} };
  const seen = { outcomes: [], refused: [] };
  for (const time of [Infinity, 1e300, 2 ** 40]) {
    seen.outcomes.push((await hello.run({ ...options, timeLimit: time, maxWait: time })).outcome);
  }
  for (const timeLimit of [NaN, -1, -Infinity]) {
    seen.refused.push(await code(() => hello.run({ ...options, timeLimit })));
  }
  return seen;
};

/** Arguments at the ends of their types, and beyond. */
export const argumentsOfAnyRange = async () => {
  const echo = await compile(await Runtime.create(), "echo");
  const result = async (entry, value) => (await echo.run({ entry, entryArgs: [value] })).results[0].value;
  const seen = { given: [], wide: [], refused: [] };
  for (const value of [-1, 2 ** 32 - 1, -(2 ** 31)]) seen.given.push(await result("echo32", value));
  for (const value of [-1n, 2n ** 64n - 1n, 7]) seen.wide.push(String(await result("echo64", value)));
  const beyond = {
    echo32: [2 ** 32, -(2 ** 31) - 1, 0.5, NaN, Infinity],
    echo64: [2n ** 64n, -(2n ** 63n) - 1n, 2 ** 53, 0.5, "1"],
  };
  for (const [entry, values] of Object.entries(beyond)) {
    for (const value of values) seen.refused.push(await code(() => result(entry, value)));
  }
  return seen;
};

/** What has no bytes, or none any more. */
export const noBytes = async () => {
  const runtime = await Runtime.create();
  const view = new Uint8Array(8);
  const buffer = view.buffer;
  structuredClone(buffer, { transfer: [buffer] });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const refused = [];
  for (const bytes of [buffer, view, Object.create(null), proxy]) {
    refused.push(await code(() => soon(runtime.compile(bytes))));
  }
  return refused;
};

/** The memory of control words cannot grow for a while. */
export const noRoomForControlWords = async () => {
  const runtime = await Runtime.create();
  const blocked = await compile(runtime, "blocked");
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError("there is no more");
  };
  const refused = await code(() => soon(blocked.start({ maxThreads: 20_000 })));
  WebAssembly.Memory.prototype.grow = grow;
  const { process, notifier } = await soon(blocked.startWithNotifier({ entry: "wait", maxThreads: 20_000 }));
  await until(() => notifier.notify(16, 1) === 1);
  return { refused, outcome: await process.wait() };
};

/** A runtime that is closed while a process waits for its workers. */
export const closeDuringStart = async () => {
  const runtime = await Runtime.create({ spares: 0 });
  const blocked = await compile(runtime, "blocked");
  const first = await blocked.start();
  const refused = code(() => blocked.start());
  await new Promise((resolve) => setTimeout(resolve));
  runtime.close();
  const seen = { refused: await refused, first: await first.wait() };
  await until(() => runtime.workers === 0);
  return seen;
};

/** Nurseries that fail as they start a process: more of them than there may be workers. */
export const failingNurseries = async () => {
  const workerUrl = await workerAfter(`addEventListener("message", ({ data }) => {
    if (data.type === "start") throw new Error("this nursery is not meant to start anything");
  });`);
  const runtime = await Runtime.create({ workerUrl, maxWorkers: 4 });
  const blocked = await compile(runtime, "blocked");
  const kinds = [];
  for (let round = 0; round < 4; round += 1) {
    kinds.push((await soon(blocked.run())).kind);
    await until(() => runtime.workers <= 1);
  }
  return kinds;
};

/** What a page has of a runtime: URLs of blobs, listeners and workers. */
function watchThings() {
  const things = { urls: 0, listeners: 0, workers: 0 };
  const count = (object, name, thing, step) => {
    const original = object[name];
    object[name] = function (...args) {
      things[thing] += step;
      return original.apply(this, args);
    };
  };
  count(URL, "createObjectURL", "urls", 1);
  count(URL, "revokeObjectURL", "urls", -1);
  count(globalThis, "addEventListener", "listeners", 1);
  count(globalThis, "removeEventListener", "listeners", -1);
  globalThis.Worker = class extends Worker {
    #isThere = true;

    constructor(...options) {
      super(...options);
      things.workers += 1;
    }

    terminate() {
      if (this.#isThere) things.workers -= 1;
      this.#isThere = false;
      super.terminate();
    }
  };
  return things;
}

/** A runtime that is closed, and two that cannot be made: nothing of them is left. */
export const nothingIsLeft = async () => {
  const things = watchThings();
  const runtime = await Runtime.create();
  const before = { ...things };
  runtime.close();
  const seen = { before, closed: { ...things } };
  seen.refused = await code(() => Runtime.create({ workerUrl: "/refusing-worker.js" }));
  const { Worker } = globalThis;
  globalThis.Worker = class {
    constructor() {
      throw new Error("this page starts no workers");
    }
  };
  seen.withoutWorkers = await code(() => Runtime.create());
  globalThis.Worker = Worker;
  return { ...seen, after: things };
};

/** Notifies of all that wait, by the page and by an import. */
export const notifyAll = async () => {
  const runtime = await Runtime.create();
  const blocked = await compile(runtime, "blocked");
  const { process, notifier } = await blocked.startWithNotifier({ entry: "many", entryArgs: [6] });
  const seen = {};
  let woken = 0;
  await until(() => (woken += notifier.notify(16, 2)) >= 2);
  await until(() => (woken += notifier.notify(16)) >= 5);
  await until(() => (woken += notifier.notify(16, Infinity)) >= 6);
  seen.refused = [];
  for (const address of [-8, NaN, 0.5, Infinity, 2, 2 ** 40]) {
    seen.refused.push(await code(() => notifier.notify(address)));
  }
  process.kill();
  await process.wait();
  const wake = await compile(runtime, "wake");
  seen.outcome = await wake.run({ imports: "/wake.js", timeLimit: 10_000 });
  return { ...seen, woken };
};

/** More processes than a page can have memories, each with a handle that is let go of and kept. */
export const freedHandles = async () => {
  const runtime = await Runtime.create();
  const chain = await compile(runtime, "chain");
  const handles = [];
  const outcomes = new Set();
  for (let round = 0; round < 200; round += 1) {
    const process = await chain.start({ entryArgs: [1, 1] });
    outcomes.add((await process.wait()).outcome);
    process.free();
    handles.push(process);
  }
  return { count: handles.length, outcomes: [...outcomes] };
};

/** Handles that are released, and then released and used again. */
export const releasedTwice = async () => {
  const runtime = await Runtime.create();
  const program = await compile(runtime, "hello");
  const { process, notifier } = await program.startWithNotifier({ entryArgs: [41], stdout: () => {} });
  const outcome = await process.wait();
  const uses = {
    Runtime: [runtime, ["compile", "workers", "close"]],
    Program: [program, ["exports", "report", "start", "startWithNotifier", "run"]],
    Process: [process, ["wait", "waitTimeout", "outcome", "outcomeJson", "kill", "notifier", "stats", "memory"]],
    Notifier: [notifier, ["notify"]],
  };
  const seen = { outcome };
  for (const [name, [handle, members]] of Object.entries(uses)) {
    handle.free();
    handle[Symbol.dispose]();
    handle.free();
    seen[name] = [];
    for (const member of members) {
      const use = () => (typeof handle[member] === "function" ? handle[member](1) : handle[member]);
      seen[name].push(await code(use));
    }
  }
  return seen;
};

/** What a promise is rejected with. */
const rejected = (promise) => soon(promise).then(() => "nothing", String);

/** Signals that are aborted before a process starts, while it starts or loads its imports, and while it runs. */
export const signals = async () => {
  const runtime = await Runtime.create({ spares: 0 });
  const blocked = await compile(runtime, "blocked");
  const own = await compile(runtime, "own");
  const seen = { rejected: [] };
  const abortedDuring = async (begin) => {
    const controller = new AbortController();
    const result = rejected(begin(controller.signal));
    await new Promise((resolve) => setTimeout(resolve));
    controller.abort("no more");
    seen.rejected.push(await result);
  };
  seen.rejected.push(await rejected(blocked.start({ signal: AbortSignal.abort("no more") })));
  // This one takes the nursery that is there; the others start theirs.
  await abortedDuring((signal) => blocked.run({ signal }));
  await abortedDuring((signal) => blocked.start({ signal }));
  await abortedDuring((signal) => own.start({ signal, imports: "/never.js" }));
  seen.wrong = await code(() => blocked.start({ signal: {} }));

  const controller = new AbortController();
  let listeners = 0;
  for (const [name, step] of [["addEventListener", 1], ["removeEventListener", -1]]) {
    controller.signal[name] = (...args) => {
      listeners += step;
      EventTarget.prototype[name].apply(controller.signal, args);
    };
  }
  const { signal } = controller;
  seen.timedOut = (await blocked.run({ signal, timeLimit: 200 })).outcome;
  await until(() => listeners === 0);
  const process = await blocked.start({ signal });
  controller.abort();
  seen.killed = (await process.wait()).outcome;
  await until(() => listeners === 0 && runtime.workers === 0);
  return seen;
};

/** How many workers a process has at its start. */
export const workersAhead = async () => {
  const runtime = await Runtime.create();
  const blocked = await compile(runtime, "blocked");
  const counts = [];
  for (const [maxThreads, poolSize] of [[1, 4], [3, 8], [8, 2]]) {
    const process = await blocked.start({ maxThreads, poolSize });
    counts.push(process.stats.workers);
    process.kill();
    await process.wait();
  }
  return counts;
};
