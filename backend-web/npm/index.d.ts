/** Runs multithreaded WebAssembly in browsers: every thread of a program is an instance of its module in a WebWorker of its own. */

/// <reference lib="esnext.disposable" />

/**
 * What holds memory as long as it is there: a process its guest's memory, also when it has ended. The garbage collector may find it late, so whoever
 * makes many lets go of each, by `free()` or by declaring it with `using`.
 */
export interface Handle {
  /** Lets go of it, and it must not be used again. A process goes on. */
  free(): void;
  /** The same. */
  [Symbol.dispose](): void;
}

/** What all programs of a page share. */
export interface Runtime extends Handle {
  /** Compiles a module: a linker's output, which is made ready for threads first, or one that was threadified before. */
  compile(wasm: BufferSource, options?: ProgramOptions): Promise<Program>;
  /** How many workers there are now, or are about to be: threads' and nurseries. */
  readonly workers: number;
  /** Kills every process, and lets go of the workers that were started ahead. Whatever starts then or waits to start is rejected. */
  close(): void;
}

export const Runtime: {
  /**
   * Makes a runtime. One for each page is enough.
   * @throws {RaddleError} BW0001 where the page is not cross-origin isolated, BW0002 in an old browser and in one that gives the page no locks, BW0003
   * where no worker can be started, BW0016 where the package's own module cannot be loaded.
   */
  create(options?: RuntimeOptions): Promise<Runtime>;
};

export interface RuntimeOptions {
  /** Where the package's `worker.js` is, for pages whose Content-Security-Policy forbids `blob:` workers. */
  workerUrl?: string | URL;
  /** How many workers this page may have at most, 2 to 2048; 480 unless it is set. A spawn beyond answers `AGAIN`. */
  maxWorkers?: number;
  /** How many processes can start without starting a worker first; 1 unless it is set. */
  spares?: number;
  /** What parallelism guests are told; the browser's unless it is set. */
  parallelism?: number;
}

export interface ProgramOptions {
  /** Whether every move of the stack pointer is checked, so that a stack that is full is told where it is. */
  stackCheck?: boolean;
}

/** A module, compiled once, of which any number of processes can be started. */
export interface Program extends Handle {
  /** The functions that can be an entry. */
  readonly exports: { name: string; params: ValueType[]; results: ValueType[] }[];
  /** What threadify did, for people; `undefined` when the module had been threadified before. */
  readonly report: string | undefined;
  /** Starts a process. It is rejected with a {@link RaddleError} when nothing can run. */
  start(options?: ProcessOptions): Promise<Process>;
  /** Starts a process with a notifier that is there before any thread runs. */
  startWithNotifier(options?: ProcessOptions): Promise<{ process: Process; notifier: Notifier }>;
  /** Starts a process and waits for its end. */
  run(options?: ProcessOptions): Promise<Outcome>;
}

export interface ProcessOptions {
  /** The exported function that the main thread calls: `_start`, or else `main`, unless it is set. */
  entry?: string;
  /** The entry's arguments; a 64-bit integer is a `BigInt`. */
  args?: (number | bigint | Value)[];
  /** The most threads that live or were not joined, the main one included; 4096 unless it is set. */
  maxThreads?: number;
  /** The most guest memory in bytes; what the module declares unless it is set. */
  maxMemory?: number;
  /** The size of each thread's stack in guest memory, in bytes; 256 KiB unless it is set. */
  stackSize?: number;
  /** The longest that one wait, join, lock or sleep may take, in milliseconds. */
  maxWait?: number;
  /** The most bytes that the guest may write. */
  maxOutput?: number;
  /** How long the process may run, in milliseconds. */
  timeLimit?: number;
  /** Who is given what the guest writes to standard output, a piece at a time; the console unless it is set. */
  stdout?: (bytes: Uint8Array) => void;
  /** Who is given what the guest writes to standard error. */
  stderr?: (bytes: Uint8Array) => void;
  /** Who is told what happens in the process. */
  onEvent?: (event: ProcessEvent) => void;
  /**
   * The URL of a JavaScript module with imports of your own, relative to the page, which every worker imports. Its default export is {@link Imports}, or a
   * function that makes them for a worker.
   */
  imports?: string | URL;
  /**
   * Kills the process when it is aborted: the outcome is `killed`. A start that is pending is rejected with the signal's reason, and so is a run, once all
   * threads have stopped.
   */
  signal?: AbortSignal;
  /** How many workers without a thread stay for the next threads, and are started ahead of need. */
  poolSize?: number;
}

/** A running process. */
export interface Process extends Handle {
  /** Waits for the end. Every thread has stopped then, and everything that the guest wrote was handed on. */
  wait(): Promise<Outcome>;
  /** Waits for the end, but not longer than so many milliseconds, which may be `Infinity`; then `undefined`, and the process goes on. */
  waitTimeout(milliseconds: number): Promise<Outcome | undefined>;
  /** How the process ended; `undefined` while it runs. */
  readonly outcome: Outcome | undefined;
  /** The outcome as JSON text, in which no integer loses its last digits. */
  readonly outcomeJson: string | undefined;
  /** Ends the process as `killed`, unless it has ended; returns whether this was its end. It does not wait for the threads. */
  kill(): boolean;
  /** Lets the page wake threads of the guest: while there is a notifier, the process is not deadlocked. */
  notifier(): Notifier;
  /** Counts, now or at the end. `memory` is in bytes. */
  readonly stats: { spawned: number; live: number; peakLive: number; slotsInUse: number; memory: number; workers: number };
  /** The guest's memory, which its threads change at any time. */
  readonly memory: WebAssembly.Memory;
}

/** Wakes threads that wait in a process's memory; nobody when the process has ended. */
export interface Notifier extends Handle {
  /** Wakes the threads that wait at an address, at most `count` if it is given, and says how many. Change the word before, by an atomic store. */
  notify(address: number, count?: number): number;
  /** Lets go of it. When the last one is gone and every thread is blocked for ever, the process ends as deadlocked. */
  free(): void;
}

export type ValueType = "i32" | "i64" | "f32" | "f64";

/** A number of a type. */
export type Value = { type: "i32" | "f32" | "f64"; value: number } | { type: "i64"; value: bigint };

export interface Thread {
  /** The id; 1 is the main thread. */
  id: number;
  name: string | null;
}

/** A function of a backtrace. */
export interface Frame {
  function: string | null;
  index: number;
  offset: number | null;
  file: string | null;
  line: number | null;
  column: number | null;
}

/** How a process ended. */
export type Outcome =
  | { outcome: "returned"; results: Value[] }
  | { outcome: "exited"; code: number }
  | { outcome: "aborted"; thread: Thread; message: string }
  | { outcome: "trapped"; thread: Thread; kind: string; message: string; backtrace: Frame[] }
  | { outcome: "killed" }
  | { outcome: "deadlocked"; threads: { thread: Thread; waiting: Waiting; backtrace: Frame[] }[]; cycles: number[][] }
  | { outcome: "timed-out" };

/** What a thread waited for. */
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
  | { event: "limit-reached"; limit: string; value: number };

/** Imports of your own: modules of functions. */
export type Imports = Record<string, Record<string, (...args: any[]) => unknown>>;

/** What a function that makes imports is given, once for each worker. */
export interface ImportContext {
  memory: WebAssembly.Memory;
  /** The thread that runs in this worker; 0 when none does. */
  threadId(): number;
  /** Whether the process has ended: an import that takes long should look, and return. */
  hasEnded(): boolean;
  /** Waits until the process has ended, but at most for so long, and says whether it has. */
  waitEnded(milliseconds: number): boolean;
  /** Wakes the threads that wait at an address, at most `count` if it is given, and says how many. */
  notify(address: number, count?: number): number;
}

/** What is thrown. */
export class RaddleError extends Error {
  name: "RaddleError";
  /** `BW` and a number, or `TF` and a number for a module that was refused. */
  code: string;
}
