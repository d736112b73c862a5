/**
 * Runs multithreaded WebAssembly in browsers. Every thread of a program is an instance of its module, in a WebWorker of
 * its own.
 */

/// <reference lib="esnext.disposable" />

import type { LimitName, TrapKind } from "./names.js";

export type { LimitName, TrapKind };

/**
 * An object that holds memory until it is released; a process holds its guest's memory even after the process has
 * ended. The garbage collector may take long to notice, so a page that makes many should release each of them: with
 * `free()`, or by declaring it with `using`.
 */
export interface Handle {
  /**
   * Releases the memory. Releasing a process does not end it. A second release does nothing; any other use of a
   * released object fails with a {@link RaddleError} (BW0010).
   */
  free(): void;
  /** The same as `free()`. */
  [Symbol.dispose](): void;
}

/** What all programs of a page share. */
export interface Runtime extends Handle {
  /**
   * Compiles a module: a linker's output, which is made ready for threads first, or a module that was threadified
   * before.
   */
  compile(wasm: BufferSource, options?: ProgramOptions): Promise<Program>;
  /** How many workers exist now or are about to: those of threads, and one for each process. */
  readonly workers: number;
  /**
   * Kills every process, and ends the workers that were started ahead of need. Processes that are starting, or are
   * started later, are rejected.
   */
  close(): void;
}

export const Runtime: {
  /**
   * Makes a runtime. A page needs only one.
   * @throws {RaddleError} BW0001 if the page is not cross-origin isolated; BW0002 if the browser is too old; BW0003 if
   * no worker can be started; BW0007 if the package's own module cannot be loaded; BW0009 if the page may hold no
   * locks; BW0011 if this is not a page or a worker of one.
   */
  create(options?: RuntimeOptions): Promise<Runtime>;
};

export interface RuntimeOptions {
  /**
   * The URL of the package's `worker.js`, for pages whose Content-Security-Policy forbids `blob:` workers. If that
   * requires Trusted Types, this must be a `TrustedScriptURL`, unless the page has a default policy.
   */
  workerUrl?: string | URL | TrustedUrl;
  /** The most workers that this page may have: 2 to 2048, by default 480. A spawn beyond that is answered `AGAIN`. */
  maxWorkers?: number;
  /** How many processes can start without having to start a worker first, by default 1. */
  spares?: number;
  /** The parallelism that guests are told, by default the browser's. */
  parallelism?: number;
}

/** A `TrustedScriptURL`, which not every version of TypeScript knows. */
export interface TrustedUrl {
  toJSON(): string;
  toString(): string;
}

export interface ProgramOptions {
  /** Whether every move of the stack pointer is checked, so that a stack overflow is reported where it happens. */
  stackCheck?: boolean;
}

/** A compiled module, of which any number of processes can be started. */
export interface Program extends Handle {
  /** The functions that can be the entry. */
  readonly exports: { name: string; params: ValueType[]; results: ValueType[] }[];
  /** What threadify did, as text for people; `undefined` if the module had been threadified before. */
  readonly report: string | undefined;
  /** Starts a process. Rejects with a {@link RaddleError} if it cannot run. */
  start(options?: ProcessOptions): Promise<Process>;
  /** Starts a process together with a notifier, which exists before any thread runs. */
  startWithNotifier(options?: ProcessOptions): Promise<{ process: Process; notifier: Notifier }>;
  /** Starts a process, waits for its end, and releases it. */
  run(options?: ProcessOptions): Promise<Outcome>;
}

/** What a process may use. */
export interface Limits {
  /** The most threads that are live or not yet joined, including the main one: 1 to 32768. Default: 4096. */
  maxThreads?: number;
  /**
   * The most guest memory, rounded down to pages of 64 KiB; it can only lower what the module declares. In bytes.
   * Default: what the module declares.
   */
  maxMemory?: number;
  /**
   * The size of each thread's stack in guest memory, the main thread's too; less than 4096 is raised to that. In bytes.
   * Default: 262144; the main thread has the linker's stack.
   */
  stackSize?: number;
  /**
   * The most that the instances of all live threads may take in the host: their globals, imports, tables and segments.
   * In bytes. Default: 1073741824.
   */
  maxInstanceMemory?: number;
  /**
   * The longest that one wait, join, lock, sleep or write may take, however often its thread is woken meanwhile. In
   * milliseconds. Default: none.
   */
  maxWait?: number;
  /** The most that the guest may write, to both streams together. In bytes. Default: none. */
  maxOutput?: number;
  /** How long the process may run, from its start. In milliseconds. Default: none. */
  timeLimit?: number;
}

export interface ProcessOptions extends Limits {
  /** The exported function that the main thread calls: by default `_start`, or else `main`. */
  entry?: string;
  /** The entry's arguments. A 64-bit integer is a `BigInt`. One that its type cannot hold is refused. */
  entryArgs?: (number | bigint | Value)[];
  /** Called with each piece of what the guest writes to standard output. By default it goes to the console. */
  stdout?: (bytes: Uint8Array) => void;
  /** Called with each piece of what the guest writes to standard error. By default it goes to the console. */
  stderr?: (bytes: Uint8Array) => void;
  /** Called with what happens in the process. */
  onEvent?: (event: ProcessEvent) => void;
  /**
   * The URL of a JavaScript module with your own imports, relative to the page. Every worker loads it. Its default
   * export is {@link Imports}, or a function that takes an {@link ImportContext} and returns them, once in each worker.
   */
  imports?: string | URL;
  /**
   * Kills the process when the signal is aborted; the outcome is `killed`. A start that is still pending is rejected
   * with the signal's reason, and so is a run, once all threads have stopped.
   */
  signal?: AbortSignal;
  /**
   * How many idle workers are kept for the next threads; as many are started ahead of need if the module can spawn. By
   * default as many as the browser runs at once, but no more than 4.
   */
  poolSize?: number;
}

/** A process, running or ended. */
export interface Process extends Handle {
  /** Waits for the end. By then every thread has stopped, and everything that the guest wrote has been handed on. */
  wait(): Promise<Outcome>;
  /**
   * Waits for the end, but no longer than this many milliseconds, which may be `Infinity`. `undefined` means that the
   * process has not ended yet; it goes on.
   */
  waitTimeout(milliseconds: number): Promise<Outcome | undefined>;
  /** How the process ended; `undefined` until then. */
  readonly outcome: Outcome | undefined;
  /** The outcome as JSON text, in which integers keep all their digits. */
  readonly outcomeJson: string | undefined;
  /**
   * Ends the process as `killed`, unless it has ended already, and returns whether that was its end. It does not wait
   * for the threads to stop.
   */
  kill(): boolean;
  /** Lets the page wake threads of the guest. As long as a notifier exists, the process cannot be deadlocked. */
  notifier(): Notifier;
  /** Counts, as they are now or were at the end. */
  readonly stats: Stats;
  /** The guest's memory, which its threads may change at any time. */
  readonly memory: WebAssembly.Memory;
}

/** Counts of a process. */
export interface Stats {
  /** Threads that were spawned; the main thread is not counted. */
  spawned: number;
  /** Threads that have not ended. */
  live: number;
  /** The most threads that were alive at once. */
  peakLive: number;
  /** Stacks in guest memory that belong to a thread. */
  slotsInUse: number;
  /** The size of the guest's memory, in bytes. */
  memory: number;
  /** Workers that run the process's threads, or are ready to. */
  workers: number;
}

/** Wakes threads that wait in a process's memory. Once the process has ended, it wakes nobody. */
export interface Notifier extends Handle {
  /**
   * Wakes the threads that wait at an address, or at most `count` of them, and returns how many it woke. Change the
   * word at that address first, with an atomic store.
   */
  notify(address: number, count?: number): number;
  /**
   * Releases the notifier. When none is left and every thread is blocked for ever, the process ends as deadlocked.
   */
  free(): void;
}

export type ValueType = "i32" | "i64" | "f32" | "f64";

/** A number with its type. */
export type Value = { type: "i32" | "f32" | "f64"; value: number } | { type: "i64"; value: bigint };

export interface Thread {
  /** The id: 1 is the main thread, and 0 a worker that could not become a thread. */
  id: number;
  /** The name, if it has one. */
  name: string | null;
}

/** A function in a backtrace. */
export interface Frame {
  /** Its name, if the module says it. */
  function: string | null;
  /** Its index in the module. */
  index: number;
  /** The offset of the instruction in the module, in bytes. */
  offset: number | null;
  /** The source file, if the module has debug information. */
  file: string | null;
  /** The line in that file, from 1. */
  line: number | null;
  /** The column in that line, from 1. */
  column: number | null;
}

/** How a process ended. */
export type Outcome =
  /** The entry returned. */
  | { outcome: "returned"; results: Value[] }
  /** The guest ended the process, with an exit code. */
  | { outcome: "exited"; code: number }
  /** The guest gave up: a Rust panic, for instance. */
  | { outcome: "aborted"; thread: Thread; message: string }
  /** A thread trapped. */
  | { outcome: "trapped"; thread: Thread; kind: TrapKind; message: string; backtrace: Frame[] }
  /** The page killed the process. */
  | { outcome: "killed" }
  /** Every thread was blocked for ever. Each of `cycles` is a ring of threads that wait for each other. */
  | { outcome: "deadlocked"; threads: { thread: Thread; waiting: Waiting; backtrace: Frame[] }[]; cycles: number[][] }
  /** The time limit was reached. */
  | { outcome: "timed-out" };

/** What a thread was waiting for. */
export type Waiting =
  | { for: "memory"; address: number }
  | { for: "mutex"; address: number; owner: number | null }
  | { for: "condvar"; address: number }
  | { for: "join"; thread: number };

/** Something that happened in a process. */
export type ProcessEvent =
  | { event: "thread-started"; thread: number; name: string }
  | { event: "thread-named"; thread: number; name: string }
  | { event: "thread-ended"; thread: number }
  | { event: "limit-reached"; limit: LimitName; value: number };

/**
 * Your own imports: modules of functions. Only properties of the objects themselves are provided, not what they
 * inherit, so methods of a class must be copied to an object. A function that returns numbers must return them at once:
 * a `Promise` is an error, which ends the process.
 */
export type Imports = Record<string, Record<string, (...args: any[]) => unknown>>;

/** What a function that makes imports is given, once in each worker. */
export interface ImportContext {
  /** The guest's memory. */
  memory: WebAssembly.Memory;
  /** The id of the thread that runs in this worker, or 0 if none does. */
  threadId(): number;
  /** Whether the process has ended. An import that takes long should check this, and return. */
  hasEnded(): boolean;
  /** Blocks until the process has ended, or for this many milliseconds, and returns whether it has ended. */
  waitEnded(milliseconds: number): boolean;
  /** Wakes the threads that wait at an address, or at most `count` of them, and returns how many it woke. */
  notify(address: number, count?: number): number;
}

/** The error that this package throws. */
export class RaddleError extends Error {
  name: "RaddleError";
  /**
   * `BW` and a number; `ST` and a number if a process could not be started; `TF` and a number if threadify refused the
   * module.
   */
  code: string;
  /** What helps, if there is more to say than what the message says; it is the message's last line. */
  hint?: string;
}
