// A guest's instances in this worker, one after another: each thread has a fresh one, or one in which the thread before
// has left nothing.

import { ABI, EXPORT } from "./constants.js";
import { encode, list } from "./values.js";

/** What runs guest code answers 0, or 1 when it threw. */
export class Guest {
  thrown = undefined;
  called = 0n;
  #job;
  #imports;
  #host;
  #hooks;
  #next;
  #instance;
  #pointer;

  constructor(job) {
    this.#job = job;
    // A pointer comes as a BigInt, and goes on as what the guest's memory has.
    this.#pointer = job.is64 ? (value) => value : (value) => Number(BigInt.asUintN(32, value));
  }

  /** Takes the host module's exports, its calls by the names that guests import, and what the guest imports. */
  link(host, abi, imports) {
    this.#host = host;
    this.#imports = imports;
    this.#hooks = ABI.hooks.map((name) => abi.get(name));
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
    return new WebAssembly.Instance(this.#job.module, this.#imports).exports;
  }

  /** Makes an instance ahead of need, if there is none. */
  prepare() {
    if (!this.#next) this.#attempt(() => (this.#next = this.#make()));
  }

  instantiate() {
    return this.#attempt(() => {
      this.#instance = this.#next ?? this.#make();
      this.#next = undefined;
    });
  }

  fillHooks() {
    return this.#attempt(() => this.#hooks.forEach((hook, slot) => this.#instance[EXPORT.hooks].set(slot, hook)));
  }

  init(isFirst) {
    return this.#attempt(() => this.#instance[EXPORT.init](isFirst));
  }

  enter(...stack) {
    const addresses = this.#job.is64 ? stack.map(BigInt) : stack;
    return this.#attempt(() => this.#instance[EXPORT.enter](...addresses));
  }

  callConstructors() {
    const { constructors } = this.#job;
    return constructors ? this.#attempt(() => this.#instance[constructors]()) : 0;
  }

  callEntry() {
    const { entry, args, results } = this.#job;
    return this.#attempt(() => {
      const values = list(this.#instance[entry](...args), results);
      values.forEach((value, place) => this.#host.push_result(...encode(value, results[place])));
    });
  }

  call(entry, arg) {
    const pointer = this.#pointer;
    return this.#attempt(() => {
      const value = this.#instance[EXPORT.call](pointer(entry), pointer(arg));
      this.called = this.#job.is64 ? value : BigInt.asUintN(32, BigInt(value));
    });
  }

  callDestructor(destructor, value) {
    const pointer = this.#pointer;
    return this.#attempt(() => this.#instance[EXPORT.callDestructor](pointer(destructor), pointer(value)));
  }

  /** Has the guest's own trap thrown. */
  probe() {
    return this.#attempt(() => this.#instance[EXPORT.trap]());
  }

  /** Lets go of the instance, unless the next thread may have it. */
  release() {
    if (this.#job.reusable) this.#next = this.#instance;
    this.#instance = undefined;
  }

  /** Whether the check of the stack pointer has trapped. */
  stackOverflowed() {
    return this.#instance?.[EXPORT.stackOverflowed]?.value ?? 0;
  }
}
