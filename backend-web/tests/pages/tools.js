// What the scenarios share.

/** A guest's module, compiled. */
export async function compile(runtime, name) {
  const response = await fetch(`/guests/${name}.wasm`);
  return runtime.compile(await response.arrayBuffer());
}

/** Runs a guest that says hello, and what it wrote. */
export async function hello(runtime, name = "hello") {
  const program = await compile(runtime, name);
  let stdout = "";
  const write = (bytes) => (stdout += new TextDecoder().decode(bytes));
  const outcome = await program.run({ entryArgs: [41], stdout: write });
  return { outcome, stdout };
}

/** The code of what an attempt is refused with. */
export const code = async (attempt) => {
  try {
    await attempt();
  } catch (error) {
    return error.code ?? String(error);
  }
  return null;
};

/** The URL of the workers' script with something in front of it. */
export async function workerAfter(begin) {
  const script = await (await fetch("/pkg/worker.js")).text();
  return URL.createObjectURL(new Blob([begin, script], { type: "text/javascript" }));
}

/** Waits until something holds of which no event tells. */
export async function until(holds) {
  const end = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`it does not come to that: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What a promise comes to, which is not to take long. */
export const soon = (promise) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(reject, 20_000, new Error("it takes too long")))]);
