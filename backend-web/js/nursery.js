// A process's nursery: adds workers, passes on what they send, and ends those that do not stop.

import { Births } from "./birth.js";
import { ORDER, ROLE, TELL, VERSION } from "./constants.js";
import { attach } from "./host.js";
import { byType, setTimer } from "./platform.js";
import { summary } from "./thrown.js";

/**
 * How long workers that are on their way out may take, in milliseconds, before they are ended by force: one that has
 * failed says nothing.
 */
const LEAVING = 1000;

/** Becomes one, whose workers run the script at a URL. It holds a lock as long as it is there. */
export async function nursery(platform, url, lock) {
  let job;
  let agent;
  // The worker that is there ahead of need, once it has said so.
  let spare;
  let isWatching = false;
  let isFinished = false;
  let isClosing = false;
  let asked = 0;
  let hasBegun = false;
  let begun;
  const workers = new Set();
  const births = new Births(platform);

  const crash = (message) => {
    if (isFinished) return;
    if (!agent) return platform.post({ type: TELL.failed, message });
    agent.host.end_by_crash(agent.put(message));
  };
  const make = (name) => {
    const worker = platform.startWorker(url, name, {
      message: (message) => hear(message, worker),
      failure(message) {
        // Another is made when one is needed.
        if (worker === spare) return void (spare = undefined);
        workers.delete(worker);
        crash(`a worker has failed: ${message}`);
      },
    });
    return worker;
  };
  const add = (name) => {
    const isSpare = spare !== undefined;
    const worker = spare ?? make(`raddle: ${name || "thread"}`);
    spare = undefined;
    workers.add(worker);
    const certificate = Births.certificate(`${job.lock}-${(asked += 1)}`);
    worker.post({ role: ROLE.worker, ...job, ...certificate });
    births.follow(certificate, {
      begun() {
        hasBegun = true;
      },
      givenUp() {
        if (!workers.delete(worker) || isFinished) return;
        worker.terminate();
        // A spare worker had begun to be one: if it says nothing, it was ended while nobody needed it.
        if (isSpare) return add(name);
        agent.host.give_up_worker();
        if (workers.size === 0 && !hasBegun) crash("the browser starts no more workers for this site");
        closeIfEmpty();
      },
      lost() {
        if (workers.delete(worker) && !isFinished) agent.host.end_by_loss();
        closeIfEmpty();
      },
    });
  };
  const terminateAll = () => {
    for (const worker of workers) worker.terminate();
  };

  // A thread that computes looks at nothing, and must be ended. Others may take their time, as long as some of them
  // end.
  const watch = (before) => {
    if (isFinished) return;
    const live = agent.host.live();
    if (live === 0) return;
    if (live < before) return platform.after(() => watch(live), agent.host.patience());
    terminateAll();
    workers.clear();
    platform.post({ type: TELL.terminated });
  };
  const ended = () => {
    if (isWatching || isFinished || !agent) return;
    isWatching = true;
    platform.after(() => watch(Infinity), agent.host.patience());
  };
  const timeIsOver = () => {
    if (isFinished) return;
    agent.host.end_by_time();
    ended();
  };
  // The control words are another process's soon. The page ends this worker later: Chromium never ends the thread of a
  // worker, and never lets go of its memory, when the worker that added it is gone first.
  const finish = () => {
    if (isFinished) return;
    isFinished = true;
    spare?.terminate();
    platform.post({ type: TELL.closed });
  };
  const closeIfEmpty = () => {
    if (isClosing && workers.size === 0) finish();
  };
  const closeSoon = () => {
    isClosing = true;
    closeIfEmpty();
    platform.after(() => {
      terminateAll();
      finish();
    }, LEAVING);
  };

  /** What workers say. */
  const hear = byType("type", {
    [TELL.here](_, worker) {
      births.firstTook(performance.now() - begun);
      spare = worker;
      platform.post({ type: TELL.ready, version: VERSION });
    },
    [TELL.worker]: ({ name }) => add(name),
    [TELL.left](_, worker) {
      workers.delete(worker);
      closeIfEmpty();
    },
    [TELL.crashed]({ message }, worker) {
      workers.delete(worker);
      crash(message);
    },
    [TELL.ended]: ended,
    [TELL.linked]: (message) => platform.post(message),
    [TELL.output]: (message) => platform.post(message, [message.bytes.buffer]),
    [TELL.event]: (message) => platform.post(message, [message.bytes.buffer]),
  });
  /** What the page says. */
  const obey = byType("type", {
    [ORDER.start](order) {
      job = order.job;
      // Of its own it has one thing to say.
      agent = attach(platform, job, ~job.base, ({ type }) => type === TELL.ended && ended(), {});
      if (order.timeLimit !== undefined) setTimer(platform, timeIsOver, order.timeLimit);
      add("main");
      for (let count = 1; count < order.workers; count += 1) add("");
      // It may have been killed before this worker could be told so.
      if (agent.host.has_ended()) ended();
    },
    [ORDER.ended]: ended,
    [ORDER.close]: closeSoon,
    [ORDER.answer]: () => births.answered(),
  });
  platform.receive(obey);
  try {
    await platform.hold(lock);
    // It can start workers when one has answered.
    begun = performance.now();
    make("raddle: main").post({ role: ROLE.spare });
  } catch (error) {
    crash(summary(error));
  }
}
