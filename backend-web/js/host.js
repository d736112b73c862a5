// The host module's instance in this worker: what threads mean.

import { TELL, THROWN } from "./constants.js";
import { takeSlab } from "./slab.js";
import { describe } from "./thrown.js";

/**
 * Makes it, for a process; its data is the owner's. `tell` sends the nursery a message, `guest` holds the functions
 * that reach the guest's instance. `free` gives the data's place back: nothing of the instance is used after that.
 */
export function attach(platform, job, owner, tell, guest) {
  const instance = (module, imports) => new WebAssembly.Instance(module, imports).exports;
  const words = instance(job.wordsModule, { "": { memory: job.control } });
  const memory = instance(job.memoryModule, { "": { memory: job.memory } });
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let host;
  let slab;
  // Copies: what is shared with other agents, browsers neither decode nor send.
  const bytes = (at, length) => new Uint8Array(job.slabs.memory.buffer, slab.begin + (at >>> 0), length).slice();
  const text = (at, length) => decoder.decode(bytes(at, length));
  const put = (string) => {
    const encoded = new Uint8Array(host.text_capacity());
    const { written } = encoder.encodeInto(string, encoded);
    const buffer = new Uint8Array(job.slabs.memory.buffer, slab.begin + host.text_buffer(), encoded.length);
    buffer.set(encoded.subarray(0, written));
    return written;
  };

  const script = {
    now: () => performance.timeOrigin + performance.now(),
    ended: () => tell({ type: TELL.ended }),
    ask_for_worker: (at, length) => tell({ type: TELL.worker, name: text(at, length) }),
    output(number, stream, at, length) {
      const copy = bytes(at, length);
      tell({ type: TELL.output, number, stream, bytes: copy }, [copy.buffer]);
    },
    event(number, at, length) {
      const copy = bytes(at, length);
      tell({ type: TELL.event, number, bytes: copy }, [copy.buffer]);
    },
    show: (at, length) => platform.show(text(at, length)),
    thrown: (part) => put(describe(guest.thrown)[THROWN[part]]),
    prepare: () => guest.prepare?.(),
    instantiate: () => guest.instantiate(),
    fill_hooks: () => guest.fillHooks(),
    init: (isFirst) => guest.init(isFirst),
    enter: (top, limit, tls) => guest.enter(top, limit, tls),
    call_constructors: () => guest.callConstructors(),
    call_entry: () => guest.callEntry(),
    call: (entry, arg) => guest.call(entry, arg),
    call_destructor: (destructor, value) => guest.callDestructor(destructor, value),
    probe: () => guest.probe(),
    called: () => guest.called,
    release: () => guest.release(),
    stack_overflowed: () => guest.stackOverflowed(),
  };
  host = instance(job.hostModule, { words, guest: memory, script, slabs: { memory: job.slabs.memory } });
  slab = takeSlab(job, owner, host.slab_bytes.value);
  host.place(slab.begin);
  host.attach(job.base);
  return { host, put, free: slab.free };
}
