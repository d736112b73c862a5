// What the objects of the API do over their lives: some outlive what they are of.
import { Runtime } from "/pkg/index.js";
import { compile, until } from "./tools.js";

/** A notifier of a process that has ended, beside the next process, which has the same control words. */
export const notifierOfAnEndedProcess = async () => {
  const runtime = await Runtime.create();
  const blocked = await compile(runtime, "blocked");
  const first = await blocked.startWithNotifier();
  first.process.kill();
  await first.process.wait();
  await until(() => runtime.workers <= 1);

  const second = await blocked.startWithNotifier({ entry: "wait" });
  const woken = first.notifier.notify(16, 1);
  const late = first.process.notifier();
  first.notifier.free();
  late.free();
  // The second one has a notifier, and so is not deadlocked.
  const early = await second.process.waitTimeout(500);
  await until(() => second.notifier.notify(16, 1) === 1);
  return { woken, early: early ?? null, outcome: await second.process.wait() };
};
