// Does what a job says, by the package's public API, and tells what came of it: one of `ended`, `refused` and `hung`.
// It never judges. What goes wrong otherwise is thrown, and is an error of the adapter.
import { Output } from "./output.js";

/** Runs a job to its end. */
export async function observe(job, module) {
  const { Runtime, RaddleError } = await import("/pkg/index.js");
  const runtime = await Runtime.create();
  try {
    return await run(runtime, job, module);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refusal };
    throw error;
  } finally {
    runtime.close();
  }

  async function run(runtime, job, module) {
    const program = await stage("load", runtime.compile(module, { stackCheck: job.threadify.stack_check }));
    let process;
    let killed = false;
    const kill = () => {
      killed = true;
      // The word may come before the process is known.
      process?.kill();
    };
    const stdout = new Output(job.embedder.kill_on_output, kill);
    const stderr = new Output();
    const begin = performance.now();
    process = await stage("start", program.start({ ...options(job), stdout: stdout.write, stderr: stderr.write }));
    if (killed) process.kill();
    const timer = killLater(job, kill);
    const outcome = await process.waitTimeout(job.timeout_ms);
    clearTimeout(timer);
    if (outcome === undefined) {
      process.kill();
      return { hung: true };
    }
    const elapsed = performance.now() - begin;
    const { spawned, peakLive, live, slotsInUse } = process.stats;
    const counts = { spawned, live, peak_live: peakLive, slots_in_use: slotsInUse };
    return { ended: { ...outcome, ...counts, elapsed_ms: elapsed }, stdout: stdout.json(), stderr: stderr.json() };
  }

  /** What a step gives. An error of the package's own says that the program is refused there. */
  async function stage(name, step) {
    try {
      return await step;
    } catch (error) {
      if (!(error instanceof RaddleError)) throw error;
      const { code, message } = error;
      throw new Refused({ stage: code.startsWith("TF") ? "threadify" : name, code, message });
    }
  }
}

class Refused {
  constructor(refusal) {
    this.refusal = refusal;
  }
}

/** The job's entry, arguments and limits, as the package takes them. What is not set is the package's default. */
function options(job) {
  const limits = Object.entries(job.limits).map(([name, limit]) => [camelCase(name.replace(/_ms$/, "")), limit]);
  const all = [["entry", job.entry], ["entryArgs", job.entry_args.map(value)], ...limits];
  return Object.fromEntries(all.filter(([, value]) => value !== null && value !== undefined));
}

function camelCase(name) {
  return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** The numbers that JavaScript writes otherwise. */
const INFINITE = new Map([["inf", Infinity], ["-inf", -Infinity]]);

/** `i32:-1` as a type and a value. */
function value(text) {
  const [type, number] = text.split(":");
  return { type, value: type === "i64" ? BigInt(number) : (INFINITE.get(number) ?? Number(number)) };
}

function killLater(job, kill) {
  const after = job.embedder.kill_after_ms;
  return after !== null && after < job.timeout_ms ? setTimeout(kill, after) : undefined;
}
