import { Runtime } from "raddle-web";

const runtime = await Runtime.create(); // one for the whole page
const response = await fetch(new URL("./program.wasm", import.meta.url));
const program = await runtime.compile(await response.arrayBuffer()); // compiled once, for any number of processes
const process = await program.start({
  maxMemory: 64 << 20,
  timeLimit: 60_000,
  stdout: (bytes) => console.log(new TextDecoder().decode(bytes)),
});
const outcome = await process.wait(); // every thread has stopped now, whatever the outcome
console.log(outcome);
