// What a worker is: the first message says which of these. A process has a *nursery*, which adds workers and never
// blocks, and workers that run its threads, of which one is there ahead of need.
//
// Reading order: `platform.js` is what differs between the places where workers run. `nursery.js` and
// `thread_worker.js` are the two kinds of workers; `birth.js` is how a nursery learns whether one of the latter begins
// and whether it is lost. A worker for threads has a host module's instance, from `host.js`, whose data lies in a slab,
// `slab.js`; the guest's instances, `guest.js`; and the embedder's own imports, `imports.js`. `values.js` and
// `thrown.js` are about numbers and errors. `constants.js` is written by the build: what Rust says.
//
// What threads mean is in the host module, which is Rust; here is only what wasm cannot do itself: to instantiate, to
// catch a trap, to start a worker and to send a message.

import { ROLE, TELL } from "./constants.js";
import { nursery } from "./nursery.js";
import { byType } from "./platform.js";
import { threadWorker } from "./thread_worker.js";

export function begin(platform) {
  const become = byType("role", {
    [ROLE.nursery]: ({ url, lock }) => nursery(platform, url, lock),
    // The next message is its job.
    [ROLE.spare]: () => platform.post({ type: TELL.here }),
    [ROLE.worker]: (job) => threadWorker(platform, job),
  });
  platform.receive(become);
}
