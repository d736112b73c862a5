// The page: what its buttons do, and what it shows. `render.js` is a run of the renderer, `picture.js` draws it,
// `report.js` tells of a deadlock.
import { Picture, colour } from "./picture.js";
import { Run } from "./render.js";
import { report } from "./report.js";

const id = (name) => document.getElementById(name);
const page = document.querySelector("main");
const picture = new Picture(id("image"), id("marks"));
const cores = navigator.hardwareConcurrency || 2;
const seconds = (milliseconds) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** The run that goes on, if one does. */
let run;
/** The times of whole runs, in milliseconds, by size and number of threads. */
const times = new Map();

/** Shows what keeps the page from working, and what helps. */
function trouble(title, message, hint) {
  page.dataset.state = "failed";
  const [heading, text, help] = ["h2", "p", "pre"].map((tag) => document.createElement(tag));
  [heading.textContent, text.textContent, help.textContent] = [title, message, hint];
  id("trouble").replaceChildren(heading, text, help);
  id("trouble").hidden = false;
  id("status").textContent = "Nothing can run in this page.";
}

/** Loads the package and the programs. */
async function load() {
  let raddle;
  try {
    raddle = await import("./pkg/index.js");
  } catch (error) {
    return trouble("The package raddle-web is not there", String(error), "cargo xtask demo");
  }
  try {
    const runtime = await raddle.Runtime.create();
    const compile = async (name) => {
      const response = await fetch(`programs/${name}.wasm`);
      if (!response.ok) throw new Error(`programs/${name}.wasm: ${response.status} ${response.statusText}`);
      return runtime.compile(await response.arrayBuffer());
    };
    return await Promise.all([compile("renderer"), compile("philosophers")]);
  } catch (error) {
    if (error.code !== "BW0001") {
      return trouble("The page cannot start threads", String(error.message ?? error), "cargo xtask demo");
    }
    const headers = "Cross-Origin-Opener-Policy: same-origin\nCross-Origin-Embedder-Policy: require-corp";
    const why =
      "A browser has shared memory only in pages that are, over HTTPS or from this machine. Its server has to send " +
      "these headers; `raddle serve` and `cargo xtask demo` do.";
    return trouble("The page is not cross-origin isolated", why, headers);
  }
}

/** Shows the run as it is now. */
function show() {
  id("time").textContent = seconds(run.elapsed);
  id("first").textContent = run.first === undefined ? "–" : seconds(run.first);
  id("live").textContent = run.live;
  id("tiles").textContent = `${run.done} / ${run.tiles}`;
  id("progress").value = run.done / run.tiles;
  const most = Math.max(1, ...run.doneBy);
  run.doneBy.forEach((count, thread) => {
    const item = id("workers").children[thread];
    item.querySelector(".bar").style.setProperty("--share", count / most);
    item.lastChild.textContent = count;
  });
}

/** A place for each thread. */
function listThreads(count) {
  const items = Array.from({ length: count }, (_, thread) => {
    const [item, bar, number] = ["li", "span", "span"].map((tag) => document.createElement(tag));
    item.style.setProperty("--own", colour(thread));
    item.title = `renderer ${thread}`;
    bar.className = "bar";
    item.append(bar, number);
    return item;
  });
  id("workers").replaceChildren(...items);
}

async function render(program) {
  const [width, height] = id("size").value.split("×").map(Number);
  run = new Run({ threads: id("threads").valueAsNumber, width, height });
  picture.clear(width, height);
  listThreads(run.threads);
  busy(true);
  id("status").textContent = `Rendering on ${run.threads === 1 ? "one thread" : `${run.threads} threads`}.`;
  show();
  const frame = () => {
    if (page.dataset.state !== "rendering") return;
    show();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  let ended;
  try {
    ended = told(await run.render(program, picture));
  } catch (error) {
    ended = ["failed", `It could not start: ${error.message ?? error}`];
  }
  picture.end();
  show();
  id("status").textContent = ended[1];
  busy(false);
  page.dataset.state = ended[0];
}

/** What a run's end makes of the page's state, and how it is told. */
function told({ outcome, complaint }) {
  switch (outcome.outcome) {
    case "returned":
      if (complaint) return ["failed", complaint];
      note();
      return ["done", `Done in ${seconds(run.total)}.`];
    case "killed":
      return ["stopped", `Stopped: every thread had ended ${seconds(run.stopTook)} after the click.`];
    default:
      return ["failed", `It ended as ${outcome.outcome}: ${outcome.message ?? ""} ${complaint}`];
  }
}

/** Puts a whole run among the others. */
function note() {
  const size = `${run.width} × ${run.height}`;
  times.set(`${size} ${run.threads}`, { size, threads: run.threads, time: run.total });
  const bySize = (a, b) => a.size.localeCompare(b.size, undefined, { numeric: true });
  const rows = [...times.values()].sort((a, b) => bySize(a, b) || a.threads - b.threads);
  id("no-runs").hidden = true;
  const table = document.querySelector("#runs table");
  table.hidden = false;
  table.tBodies[0].replaceChildren();
  for (const { size, threads, time } of rows) {
    const one = times.get(`${size} 1`)?.time;
    const row = table.tBodies[0].insertRow();
    const cells = [size, threads, seconds(time), one ? `${(one / time).toFixed(2)} ×` : "–"];
    for (const text of cells) row.insertCell().textContent = text;
  }
}

/** Sets what can be clicked while a run goes on, or not. */
function busy(is) {
  if (is) page.dataset.state = "rendering";
  for (const name of ["render", "size", "threads"]) id(name).disabled = is;
  id("stop").disabled = !is;
}

async function dine(program) {
  const part = id("deadlock");
  part.dataset.state = "running";
  id("dine").disabled = true;
  try {
    const begun = performance.now();
    const outcome = await program.run({ entry: "deadlock" });
    const took = performance.now() - begun;
    if (outcome.outcome !== "deadlocked") throw new Error(`the process ended as ${outcome.outcome}`);
    const elements = report(outcome);
    elements[0].append(` Found ${seconds(took)} after the start.`);
    id("report").replaceChildren(...elements);
    part.dataset.state = "found";
  } catch (error) {
    id("report").textContent = `It could not run: ${error.message ?? error}`;
    part.dataset.state = "failed";
  }
  id("dine").disabled = false;
}

const threads = id("threads");
const showThreads = () => (id("threads-shown").value = threads.value);
threads.max = Math.min(32, Math.max(8, 2 * cores));
threads.value = cores;
threads.addEventListener("input", showThreads);
showThreads();

const programs = await load();
if (programs) {
  const [renderer, philosophers] = programs;
  id("controls").addEventListener("submit", (event) => {
    event.preventDefault();
    render(renderer);
  });
  id("stop").addEventListener("click", () => run.stop());
  id("dine").addEventListener("click", () => dine(philosophers));
  id("trouble").hidden = true;
  id("dine").disabled = false;
  id("status").textContent = `This machine runs ${cores} threads at once.`;
  busy(false);
  page.dataset.state = "ready";
}
