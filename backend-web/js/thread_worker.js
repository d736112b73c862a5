// A worker for threads: runs one after another until it is not needed any more.

import { begins, leaves } from "./birth.js";
import { TELL } from "./constants.js";
import { Guest } from "./guest.js";
import { attach } from "./host.js";
import { abiCalls, link, ownImports } from "./imports.js";
import { summary } from "./thrown.js";

/** How many functions a backtrace can have. */
const BACKTRACE = 64;

export async function threadWorker(platform, job) {
  try {
    // Held as long as this worker is there, whatever ends it: so others learn that it is gone. One that comes late,
    // when they have learnt it or have given it up, touches nothing: the words are another process's by then.
    await Promise.all([platform.hold(job.lock), platform.hold(job.own)]);
    if (Atomics.load(job.over, 0) || !begins(job)) return platform.close();
    Error.stackTraceLimit = BACKTRACE;
    const guest = new Guest(job);
    const agent = attach(platform, job, job.base, platform.post, guest);
    agent.host.begin();
    const abi = abiCalls(job, agent.host);
    const { imports, unfit } = link(job, abi, await ownImports(platform, job, agent.host));
    // Whoever has started the process waits for the first of these.
    if (job.imports) platform.post({ type: TELL.linked, unfit });
    if (unfit.length > 0) throw new TypeError(`own imports are missing, such as ${unfit[0].module}.${unfit[0].name}`);
    guest.link(agent.host, abi, imports);
    agent.host.run();
    agent.free();
    platform.post({ type: TELL.left });
  } catch (error) {
    platform.post({ type: TELL.crashed, message: summary(error) });
  }
  leaves(job);
  platform.close();
}
