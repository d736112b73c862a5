// What threads do in a page where all works, with the times that it takes.
import { Runtime } from "/pkg/index.js";
import { compile as compileFor, until } from "./tools.js";

const runtime = await Runtime.create();
const compile = (name) => compileFor(runtime, name);

/** What a step comes to, and how many milliseconds it takes. */
async function timed(step) {
  const begin = performance.now();
  return { ...(await step()), milliseconds: performance.now() - begin };
}

const result = async (program, options) => ({ outcome: await program.run(options) });

/** Compiles the module from whatever may hold its bytes, of another window, too. */
export const bytesOfAnyKind = async () => {
  const buffer = await (await fetch("/guests/chain.wasm")).arrayBuffer();
  const within = new Uint8Array(buffer.byteLength + 24);
  within.set(new Uint8Array(buffer), 8);
  const window = document.body.appendChild(document.createElement("iframe")).contentWindow;
  const others = new window.Uint8Array(buffer.byteLength);
  others.set(new Uint8Array(buffer));
  const view = [within.buffer, 8, buffer.byteLength];
  const kinds = [buffer, new Uint8Array(...view), new DataView(...view), others, others.buffer];
  const outcomes = [];
  for (const bytes of kinds) outcomes.push(await (await runtime.compile(bytes)).run({ entryArgs: [1, 1] }));
  const refused = await runtime.compile("[object ArrayBuffer]").catch((error) => error.code);
  return { outcomes, refused };
};

export const spawnThenBlock = async () => {
  const chain = await compile("chain");
  return timed(() => result(chain, { entryArgs: [1, 100] }));
};

export const nested = async () => {
  const chain = await compile("chain");
  return timed(() => result(chain, { entryArgs: [5, 20] }));
};

export const manyAtOnce = async () => {
  const nest = await compile("nest");
  return timed(async () => {
    const process = await nest.start();
    const outcome = await process.wait();
    return { outcome, peakLive: process.stats.peakLive, spawned: process.stats.spawned };
  });
};

/** This thread is busy for 4 s, from the moment when the process is started on; its threads need new workers. */
export const whileThePageSpins = async () => {
  const chain = await compile("chain");
  return timed(async () => {
    const process = await chain.start({ entryArgs: [12, 3], poolSize: 0 });
    const done = new Int32Array(process.memory.buffer, 4, 1);
    const begin = performance.now();
    let doneAfter = null;
    while (performance.now() < begin + 4000) {
      if (doneAfter === null && Atomics.load(done, 0) === 1) doneAfter = performance.now() - begin;
    }
    return { doneAfter, outcome: await process.wait() };
  });
};

/** Starts a process whose threads are all blocked, and kills it. */
async function killed(program, threads) {
  let ready;
  const isReady = new Promise((resolve) => (ready = resolve));
  const process = await program.start({ entry: "many", entryArgs: [threads], stdout: ready });
  await isReady;
  return timed(async () => {
    process.kill();
    return { outcome: await process.wait(), live: process.stats.live };
  });
}

export const stopOfBlockedThreads = async () => killed(await compile("blocked"), 50);

/** What the page and its workers have of memory, in bytes; `null` where a browser does not tell. */
async function memory() {
  const measured = await performance.measureUserAgentSpecificMemory?.();
  return measured?.bytes ?? null;
}

/** A thousand processes, of 16 MiB each. */
export const oneAfterAnother = async () => {
  const large = await compile("large");
  const before = { workers: runtime.workers };
  let most = 0;
  const outcomes = {};
  const seen = await timed(async () => {
    for (let round = 0; round < 1000; round += 1) {
      const outcome = JSON.stringify(await large.run());
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      most = Math.max(most, runtime.workers);
    }
    return {};
  });
  await until(() => runtime.workers <= before.workers);
  return { ...seen, outcomes, before, most, after: { workers: runtime.workers, bytes: await memory() } };
};

export const trapWhileTheJoinerIsBlocked = async () => {
  const trap = await compile("trap");
  return timed(() => result(trap, {}));
};

/** A process that computes, beside one that traps and one that is killed. */
export const besideEachOther = async () => {
  const [chain, trap, blocked] = await Promise.all(["chain", "trap", "blocked"].map(compile));
  return timed(async () => {
    const answer = await chain.start({ entryArgs: [2, 50] });
    const [trapped, wasKilled] = await Promise.all([trap.run(), killed(blocked, 5)]);
    return { trapped: trapped.outcome, killed: wasKilled.outcome.outcome, outcome: await answer.wait() };
  });
};

/** More events than may be under way, for a page that is busy until no more come. */
export const eventsForABusyPage = async () => {
  const program = await compile("names");
  const seen = { events: 0, last: "" };
  const onEvent = ({ event, name }) => {
    if (event !== "thread-named") return;
    seen.events += 1;
    seen.last = name;
  };
  const process = await program.start({ entryArgs: [40_000], onEvent });
  const words = new Int32Array(process.memory.buffer);
  await until(() => Atomics.load(words, 4) > 0);
  let changed = performance.now();
  for (let now = changed; now < changed + 500; now = performance.now()) {
    const done = Atomics.load(words, 4);
    if (done !== seen.whileBusy) changed = now;
    seen.whileBusy = done;
  }
  seen.outcome = await process.wait();
  return seen;
};
