// Runs the job whose number stands behind the page's `#`: fetches it, runs it, posts what was seen. All of it in the
// words of the suite's protocol, conformance/schemas/protocol.schema.json.
import { observe } from "./observe.js";

const number = Number(location.hash.slice(1));
const log = document.getElementById("log");

// What nobody caught. It is told only where the run itself comes to nothing: the backend may have dealt with it.
const uncaught = [];
addEventListener("error", (event) => uncaught.push(event.message));
addEventListener("unhandledrejection", (event) => uncaught.push(String(event.reason)));

/** JSON as the suite reads it: an i64 is a number whatever its size; a float that JSON cannot write is a string. */
function json(answer) {
  return JSON.stringify(answer, (_, value) => {
    if (typeof value === "bigint") return JSON.rawJSON(value.toString());
    if (Object.is(value, -0)) return JSON.rawJSON("-0.0");
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    return Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
  });
}

async function answer() {
  const response = await fetch(`/jobs/${number}/request.json`);
  if (!response.ok) throw new Error(`there is no job ${number}: the server has given it up`);
  const job = await response.json();
  log.textContent = `running ${job.case}`;
  const module = new Uint8Array(await (await fetch(job.module)).arrayBuffer());
  return observe(job, module);
}

let seen;
try {
  seen = await answer();
} catch (error) {
  const { stack = "", message } = error;
  const told = stack.includes(message) ? stack : `${error}\n${stack}`;
  seen = { error: [told, ...uncaught].join("\n") };
}
const text = json({ id: number, ...seen });
log.textContent = text;
await fetch(`/jobs/${number}/answer`, { method: "POST", body: text });
