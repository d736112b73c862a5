// The script of raddle's workers: of a process's nursery, which adds workers and never blocks, and of the workers that run its threads. The
// first message says which one this is.
//
// What threads mean is in the host module, which is Rust; here is only what wasm cannot do itself: to instantiate, to catch a trap, to start a
// worker and to send a message.

/** The version of the package that this script is of. */
const VERSION = "0.1.0";

/** Takes a slab for an instance of the host module, in the name of its owner, and sees to it that its memory is there. */
function takeSlab({ slabs: { memory, first, count }, control }, owner, length) {
  const words = new Int32Array(control.buffer);
  let slab = 0;
  while (Atomics.compareExchange(words, first + slab, 0, owner) !== 0) {
    slab += 1;
    if (slab === count) throw new Error("there are more workers than the page may have");
  }
  const begin = slab * length;
  growTo(memory, (begin + length) / 65536);
  return { begin, free: () => Atomics.store(words, first + slab, 0) };
}

/**
 * Sees to it that a memory has so many pages, and that its buffer shows them. Other workers may grow it meanwhile: that the buffer tells late; what growing
 * by nothing returns does not.
 */
function growTo(memory, pages) {
  while (memory.buffer.byteLength < pages * 65536) {
    const size = memory.grow(0);
    try {
      if (size < pages) memory.grow(pages - size);
    } catch (error) {
      if (memory.grow(0) === size) throw error;
    }
  }
}

/**
 * Makes the host module's instance for a process, whose data is the owner's; `guest` holds the functions that reach the guest's instance. `free` gives the
 * data's place back: nothing of the instance is used after that.
 */
function attach(job, owner, guest) {
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
    stopped: () => guest.tellNursery({ type: "stopped" }),
    ask_for_worker: (at, length) => guest.tellNursery({ type: "worker", name: text(at, length) }),
    output(number, stream, at, length) {
      const copy = bytes(at, length);
      guest.tellNursery({ type: "output", number, stream, bytes: copy }, [copy.buffer]);
    },
    event(number, kind, thread, limitAt, limitLength, value, nameAt, nameLength) {
      const event = [
        () => ({ event: "thread-started", thread, name: text(nameAt, nameLength) }),
        () => ({ event: "thread-named", thread, name: text(nameAt, nameLength) }),
        () => ({ event: "thread-ended", thread }),
        () => ({ event: "limit-reached", limit: text(limitAt, limitLength), value: Number(BigInt.asUintN(64, value)) }),
      ][kind]();
      guest.tellNursery({ type: "event", number, event });
    },
    show: (at, length) => console.error(text(at, length)),
    thrown: (part) => put(describe(guest.thrown)[part]),
    prepare: () => guest.prepare?.(),
    instantiate: () => guest.instantiate(),
    enter: (isMain, top, limit, tls) => guest.enter(isMain, top, limit, tls),
    main: () => guest.main(),
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

/** The class, the message and the stack of what was thrown, which may be anything. */
function describe(thrown) {
  const name = thrown instanceof WebAssembly.Exception ? "WebAssembly.Exception" : thrown?.name;
  const parts = [name ?? "Error", thrown?.message ?? thrown, thrown?.stack ?? ""];
  return parts.map((part) => {
    try {
      return String(part);
    } catch {
      return "";
    }
  });
}

/** The results of a call as a list: JavaScript has none, one, or a list of several. */
const list = (results, types) => (types.length === 1 ? [results] : types.length === 0 ? [] : [...results]);

/** The bits of a result, as an unsigned 64-bit integer, and its type's number. */
function encode(value, type) {
  const view = new DataView(new ArrayBuffer(8));
  switch (type) {
    case "i32":
      return [0, BigInt.asUintN(32, BigInt(value))];
    case "i64":
      return [1, BigInt.asUintN(64, value)];
    case "f32":
      view.setFloat32(0, value);
      return [2, BigInt(view.getUint32(0))];
    default:
      view.setFloat64(0, value);
      return [3, view.getBigUint64(0)];
  }
}

/** A guest's instances in this worker, one after another: each thread has a fresh one, or one in which the thread before has left nothing. */
class Guest {
  thrown = undefined;
  called = 0n;
  #job;
  #imports;
  #host;
  #next;
  #instance;
  #pointer;

  constructor(job) {
    this.#job = job;
    // A pointer comes as a BigInt, and goes on as what the guest's memory has.
    this.#pointer = job.is64 ? (value) => value : (value) => Number(BigInt.asUintN(32, value));
  }

  tellNursery(message, transfer) {
    postMessage(message, transfer);
  }

  /** Takes the host module, whose exports the guest imports, and the embedder's own imports. */
  link({ host }, own) {
    const job = this.#job;
    const suffix = job.is64 ? "_64" : "";
    const abi = Object.fromEntries(job.abi.names.map((name) => [name, host[name + suffix]]));
    this.#host = host;
    this.#imports = { ...own, [job.abi.module]: abi };
    this.#imports[job.memoryImport.module] = {
      ...this.#imports[job.memoryImport.module],
      [job.memoryImport.name]: job.memory,
    };
    this.hooks = job.abi.hooks.map((name) => abi[name]);
  }

  #attempt(run) {
    try {
      run();
      return 0;
    } catch (thrown) {
      this.thrown = thrown;
      return 1;
    }
  }

  #make() {
    const { exports } = new WebAssembly.Instance(this.#job.module, this.#imports);
    this.hooks.forEach((hook, slot) => exports.raddle_hooks?.set(slot, hook));
    return exports;
  }

  prepare() {
    if (!this.#next) this.#attempt(() => (this.#next = this.#make()));
  }

  instantiate() {
    return this.#attempt(() => {
      this.#instance = this.#next ?? this.#make();
      this.#next = undefined;
    });
  }

  enter(isMain, ...stack) {
    const addresses = this.#job.is64 ? stack.map(BigInt) : stack;
    return this.#attempt(() => {
      this.#instance.raddle_init?.(isMain);
      this.#instance.raddle_enter(...addresses);
    });
  }

  main() {
    const { entry, args, results, constructors } = this.#job;
    return this.#attempt(() => {
      if (constructors) this.#instance[constructors]();
      const values = list(this.#instance[entry](...args), results);
      values.forEach((value, place) => this.#host.push_result(...encode(value, results[place])));
    });
  }

  call(entry, arg) {
    const pointer = this.#pointer;
    return this.#attempt(() => {
      const value = this.#instance.raddle_call(pointer(entry), pointer(arg));
      this.called = this.#job.is64 ? value : BigInt.asUintN(32, BigInt(value));
    });
  }

  callDestructor(destructor, value) {
    const pointer = this.#pointer;
    return this.#attempt(() => this.#instance.raddle_call_destructor(pointer(destructor), pointer(value)));
  }

  probe() {
    return this.#attempt(() => this.#instance.raddle_trap());
  }

  release() {
    if (this.#job.reusable) this.#next = this.#instance;
    this.#instance = undefined;
  }

  stackOverflowed() {
    return this.#instance?.raddle_stack_overflowed?.value ?? 0;
  }
}

/** The embedder's own imports, from its module: an object, or a function that makes one for each worker. */
async function ownImports(job, { host }) {
  if (!job.imports) return {};
  const module = await import(job.imports);
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

/** Waits until this worker shares a lock, which it does as long as it is there. */
const hold = (lock) =>
  new Promise((resolve, reject) => {
    const held = () => {
      resolve();
      return new Promise(() => {});
    };
    navigator.locks.request(lock, { mode: "shared" }, held).catch(reject);
  });

/** A worker for threads: runs one after another until it is not needed any more. */
async function worker(job) {
  try {
    // Held as long as this worker is there, whatever ends it: so others learn that it is gone. One that comes late, when they have learnt it, touches
    // nothing: the words are another process's by then.
    await hold(job.lock);
    if (Atomics.load(job.over, 0)) return close();
    Error.stackTraceLimit = 64;
    const guest = new Guest(job);
    const agent = attach(job, job.base, guest);
    guest.link(agent, await ownImports(job, agent));
    // Whoever has started the process waits for the first of these.
    if (job.imports) postMessage({ type: "linked" });
    agent.host.run();
    agent.free();
    postMessage({ type: "left" });
  } catch (error) {
    postMessage({ type: "crashed", message: describe(error).slice(0, 2).join(": ") });
  }
  close();
}

/** A process's nursery: adds workers, passes on what they send, and ends those that do not stop. */
function nursery({ url }) {
  let job;
  let agent;
  // The worker that is there ahead of need, once it has said so.
  let spare;
  let isStopped = false;
  let isFinished = false;
  const workers = new Set();

  const crash = (message) => {
    if (isFinished) return;
    if (!agent) return postMessage({ type: "failed", message });
    agent.host.end_by_crash(agent.put(message));
  };
  const make = (name) => {
    const worker = new Worker(url, { type: "module", name });
    worker.onerror = (event) => {
      event.preventDefault?.();
      // Another is made when one is needed.
      if (worker === spare) return void (spare = undefined);
      workers.delete(worker);
      crash(`a worker has failed: ${event.message ?? "its script could not be loaded"}`);
    };
    worker.onmessage = ({ data }) => messages[data.type](data, worker);
    return worker;
  };
  const add = (name) => {
    const worker = spare ?? make(`raddle: ${name || "thread"}`);
    spare = undefined;
    workers.add(worker);
    worker.postMessage({ role: "worker", ...job });
  };

  // A thread that computes looks at nothing, and must be ended. Others may take their time, as long as some of them end.
  const watch = (before) => {
    if (isFinished) return;
    const live = agent.host.live();
    if (live === 0) return;
    if (live < before) return void setTimeout(watch, agent.host.patience(), live);
    for (const worker of workers) worker.terminate();
    workers.clear();
    postMessage({ type: "terminated" });
  };
  const stopped = () => {
    if (isStopped || isFinished || !agent) return;
    isStopped = true;
    setTimeout(watch, agent.host.patience(), Infinity);
  };
  const timeIsOver = () => {
    if (isFinished) return;
    agent.host.end_by_time();
    stopped();
  };
  // The control words are another process's soon. The page ends this worker later: Chromium never ends the thread of a worker, and never lets go of
  // its memory, when the worker that added it is gone first.
  const finish = () => {
    if (isFinished) return;
    isFinished = true;
    spare?.terminate();
    postMessage({ type: "closed" });
  };
  let isClosing = false;
  const closeSoon = () => {
    isClosing = true;
    if (workers.size === 0) return finish();
    // They are on their way; one that has failed says nothing.
    setTimeout(() => {
      for (const worker of workers) worker.terminate();
      finish();
    }, 1000);
  };

  const messages = {
    here(_, worker) {
      spare = worker;
      postMessage({ type: "ready", version: VERSION });
    },
    worker: ({ name }) => add(name),
    left(_, worker) {
      workers.delete(worker);
      if (isClosing && workers.size === 0) finish();
    },
    crashed({ message }, worker) {
      workers.delete(worker);
      crash(message);
    },
    stopped,
    linked: (message) => postMessage(message),
    output: (message) => postMessage(message, [message.bytes.buffer]),
    event: (message) => postMessage(message),
  };
  const orders = {
    start(order) {
      job = order.job;
      agent = attach(job, ~job.base, { tellNursery: (message) => message.type === "stopped" && stopped() });
      if (order.timeLimit !== undefined) setTimer(timeIsOver, order.timeLimit);
      add("main");
      for (let count = 1; count < order.workers; count += 1) add("");
      // It may have been killed before this worker could be told so.
      if (agent.host.has_ended()) stopped();
    },
    stopped,
    close: closeSoon,
  };
  self.onmessage = ({ data }) => orders[data.type](data);
  try {
    // It can start workers when one has answered.
    make("raddle: main").postMessage({ role: "spare" });
  } catch (error) {
    crash(describe(error).slice(0, 2).join(": "));
  }
}

/** A timer that may take longer than timers can: about 25 days. */
function setTimer(run, milliseconds) {
  const most = 2 ** 31 - 1;
  if (milliseconds <= most) return void setTimeout(run, milliseconds);
  setTimeout(() => setTimer(run, milliseconds - most), most);
}

/** A worker that is there ahead of need. */
const spare = () => postMessage({ type: "here" });

const roles = { nursery, spare, worker };
self.onmessage = ({ data }) => roles[data.role](data);
// Whoever has made this worker is told.
self.onmessageerror = () => {
  throw new Error("the browser cannot hand on a message to a worker");
};

// By this, tools know the script for a module.
export {};
