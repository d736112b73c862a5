import { RaddleError, Runtime, type Outcome, type RuntimeOptions } from "raddle-web";

// `?url` gives the workers' script as a file of its own, as a page with a strict policy does.
const workerUrl = new URL("raddle-web/worker.js", import.meta.url);
const options: RuntimeOptions = location.search === "?url" ? { workerUrl } : {};

async function run(): Promise<{ outcome: Outcome; stdout: string }> {
  const runtime = await Runtime.create(options);
  const response = await fetch(new URL("./program.wasm", import.meta.url));
  const program = await runtime.compile(await response.arrayBuffer());
  let stdout = "";
  const write = (bytes: Uint8Array) => (stdout += new TextDecoder().decode(bytes));
  const outcome = await program.run({ entryArgs: [41], stdout: write });
  return { outcome, stdout };
}

const shown = await run().catch((error: unknown) => {
  if (error instanceof RaddleError) return { code: error.code, message: error.message };
  return { message: String(error) };
});
document.getElementById("result")!.textContent = JSON.stringify(shown);
