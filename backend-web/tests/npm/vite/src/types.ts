// What the package's types allow, and what they refuse.
import { RaddleError, Runtime } from "raddle-web";
import type { Notifier, Outcome, Process, Program, TrapKind } from "raddle-web";

export function describe(outcome: Outcome): string {
  switch (outcome.outcome) {
    case "returned":
      return outcome.results.map(({ type, value }) => `${type}:${value}`).join();
    case "exited":
      return `${outcome.code}`;
    case "aborted":
      return `${outcome.thread.name}: ${outcome.message}`;
    case "trapped":
      return `${outcome.kind} in ${outcome.thread.id}: ${outcome.backtrace.map((frame) => frame.function).join()}`;
    case "deadlocked":
      return outcome.threads.map(({ waiting }) => (waiting.for === "join" ? waiting.thread : waiting.address)).join();
    case "killed":
    case "timed-out":
      return outcome.outcome;
  }
}

export async function options(wasm: Uint8Array<ArrayBuffer>): Promise<Process> {
  const runtime = await Runtime.create({ maxWorkers: 8, spares: 0, workerUrl: "worker.js" });
  const program = await runtime.compile(wasm, { stackCheck: true });
  const process = await program.start({
    entry: "main",
    entryArgs: [1, 2n, { type: "f32", value: 3 }],
    timeLimit: 1000,
    signal: AbortSignal.timeout(500),
  });
  const threads: number = process.stats.live;
  const again: Outcome | undefined = await process.waitTimeout(threads);
  void again;
  return process;
}

export function refused(process: Process): void {
  // @ts-expect-error: there is no such option.
  void Runtime.create({ workers: 8 });
  // @ts-expect-error: an outcome may be missing while the process runs.
  const outcome: Outcome = process.outcome;
  // @ts-expect-error: counts are not to be written.
  process.stats = undefined;
  void outcome;
}

export const wake = (notifier: Notifier): number => notifier.notify(16) + notifier.notify(16, Infinity);

export async function freed(program: Program): Promise<void> {
  using process = await program.start();
  const { notifier, process: other } = await program.startWithNotifier();
  for (const handle of [notifier, other]) handle.free();
  await process.wait();
}

export const isOfEmbedder = (kind: TrapKind): boolean => kind === "host" || kind === "wait-limit";

// @ts-expect-error: there is no such kind.
export const otherKind: TrapKind = "of-no-kind";

export const isOurs = (error: unknown): error is RaddleError => error instanceof RaddleError;
