import { RaddleError, Runtime } from "raddle-web";

// `?url` gives the workers' script as a file of its own, as a page with a strict policy does.
const options = location.search === "?url" ? { workerUrl: new URL("raddle-web/worker.js", import.meta.url) } : {};

async function run() {
  const runtime = await Runtime.create(options);
  const response = await fetch(new URL("./program.wasm", import.meta.url));
  const program = await runtime.compile(await response.arrayBuffer());
  let stdout = "";
  const write = (bytes) => (stdout += new TextDecoder().decode(bytes));
  const outcome = await program.run({ entryArgs: [41], stdout: write });
  return { outcome, stdout };
}

run()
  .catch((error) => ({ code: error instanceof RaddleError ? error.code : undefined, message: String(error) }))
  .then((shown) => (document.getElementById("result").textContent = JSON.stringify(shown)));
