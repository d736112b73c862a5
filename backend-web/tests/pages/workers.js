// Workers that the browser ends without being asked, and those that it does not start.
import { Runtime } from "/pkg/index.js";
import { compile, hello, soon, until, workerAfter } from "./tools.js";

/** The workers' script, by which a page can end any of a nursery's workers: it names one by its place among them. */
const endable = () =>
  workerAfter(`{
    const made = [];
    self.Worker = class extends Worker {
      constructor(...options) {
        super(...options);
        made.push(this);
      }
    };
    new BroadcastChannel("end").onmessage = ({ data }) => made.at(data)?.terminate();
  }`);

/** Starts a process of six threads that wait, has something ended, and runs another one. */
async function afterEnd(runtime, end) {
  const blocked = await compile(runtime, "blocked");
  let ready;
  const isReady = new Promise((resolve) => (ready = resolve));
  const process = await blocked.start({ entry: "many", entryArgs: [6], stdout: ready });
  await soon(isReady);
  end();
  const outcome = await soon(process.wait());
  await until(() => runtime.workers <= 2);
  return { outcome, next: await soon(hello(runtime)) };
}

const endingWorker = (place) => async () => {
  const runtime = await Runtime.create({ workerUrl: await endable(), spares: 0 });
  return afterEnd(runtime, () => new BroadcastChannel("end").postMessage(place));
};

export const mainIsEnded = endingWorker(0);

/** The one that was made last. */
export const lastOneIsEnded = endingWorker(-1);

/** Has the page note the workers that it starts itself, which are nurseries. */
function noteNurseries() {
  const nurseries = [];
  globalThis.Worker = class extends Worker {
    constructor(...options) {
      super(...options);
      nurseries.push(this);
    }
  };
  return nurseries;
}

export const nurseryIsEnded = async () => {
  const nurseries = noteNurseries();
  const runtime = await Runtime.create({ spares: 0 });
  return afterEnd(runtime, () => Worker.prototype.terminate.call(nurseries.at(-1)));
};

export const nurseryInReserveIsEnded = async () => {
  const nurseries = noteNurseries();
  const runtime = await Runtime.create();
  const locks = async () => (await navigator.locks.query()).held.length;
  const before = await locks();
  nurseries[0].terminate();
  while ((await locks()) === before);
  return soon(hello(runtime));
};

/** Threads until a spawn is refused, and which limit that was. */
export const allThereAre = async () => {
  const runtime = await Runtime.create();
  const limits = [];
  const onEvent = ({ limit }) => limit && limits.push(limit);
  return { outcome: await (await compile(runtime, "spawner")).run({ onEvent }), limits };
};

/** A time limit that comes while a spawn waits for its worker. */
export const timeLimitWhileWaiting = async () => {
  const runtime = await Runtime.create();
  return { outcome: await (await compile(runtime, "spawner")).run({ timeLimit: 2500 }) };
};
