// The table: filters, runs what is clicked, and shows what the suite makes of it. Each job of a case runs in a frame of
// its own, which goes when the next step comes; with it goes whatever still ran there.

/** How many cases run at once. */
const AT_ONCE = 2;

const element = (id) => document.getElementById(id);
const suite = await (await fetch("/suite.json")).json();
const rows = new Map();
let queue = [];
let running = 0;

element("about").textContent = crossOriginIsolated
  ? `${suite.cases.length} cases in ${suite.browser}`
  : "This page is not cross-origin isolated, so no thread can run: open it as http://localhost, not by another name " +
    "of this machine.";

function cell(row, kind, text = "") {
  const cell = row.insertCell();
  cell.className = kind;
  cell.textContent = text;
  return cell;
}

function add(one, words) {
  const row = element("cases").insertRow();
  const button = document.createElement("button");
  button.textContent = "run";
  button.disabled = one.error !== undefined;
  button.onclick = () => enqueue([one.id]);
  row.insertCell().append(button);
  cell(row, "id", one.id);
  const entry = { one, row, verdict: cell(row, "verdict"), time: cell(row, "number"), text: cell(row, "text", words) };
  rows.set(one.id, entry);
  return entry;
}

for (const one of suite.cases) add(one, one.summary);
for (const one of suite.broken) show(add(one, one.error), "error", one.error);

/** What there is to say of a result. */
function words({ verdict, difference, reason, message }, summary) {
  const { what, expected, found } = difference ?? {};
  const differs = difference && `${what}\n  expected  ${expected}\n  found     ${found}`;
  return [summary, reason, differs, message].filter((part) => part && verdict !== "pass").join("\n") || summary;
}

function show(entry, verdict, text, time = "") {
  entry.row.dataset.verdict = verdict;
  entry.verdict.textContent = verdict;
  entry.text.textContent = text;
  entry.time.textContent = time;
  count();
}

function count() {
  const counts = new Map();
  for (const { row } of rows.values()) {
    const { verdict } = row.dataset;
    if (verdict) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  element("counts").textContent = [...counts].map(([verdict, number]) => `${number} ${verdict}`).join(", ");
}

/** Runs a case to its result. */
async function run(id) {
  const entry = rows.get(id);
  const { summary } = entry.one;
  show(entry, "running", summary);
  let frame;
  try {
    const begun = await fetch("/runs", { method: "POST", body: id });
    const { run } = await begun.json();
    for (;;) {
      const step = await (await fetch(`/runs/${run}`)).json();
      frame?.remove();
      if (step.result) {
        show(entry, step.result.verdict, words(step.result, summary), step.result.elapsed_ms.toFixed(0));
        return;
      }
      frame = document.createElement("iframe");
      frame.src = `/run.html#${step.job}`;
      element("frames").append(frame);
    }
  } catch (error) {
    frame?.remove();
    show(entry, "error", `${summary}\nthe server does not answer: ${error}`);
  }
}

/** Has cases run, after those that wait already. */
function enqueue(ids) {
  queue.push(...ids.filter((id) => !queue.includes(id)));
  for (const entry of ids.map((id) => rows.get(id))) {
    if (entry.row.dataset.verdict !== "running") show(entry, "waiting", entry.one.summary);
  }
  while (running < AT_ONCE && queue.length > 0) work();
}

async function work() {
  running += 1;
  element("stop").disabled = false;
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) await run(id);
  running -= 1;
  element("stop").disabled = running === 0;
}

const shown = () => [...rows.values()].filter(({ row, one }) => !row.hidden && one.error === undefined);

element("run").onclick = () => enqueue(shown().map(({ one }) => one.id));
element("rerun").onclick = () => {
  const isUnwell = ({ row }) => ["fail", "error", "xpass"].includes(row.dataset.verdict);
  enqueue(shown().filter(isUnwell).map(({ one }) => one.id));
};
element("stop").onclick = () => {
  for (const id of queue) {
    delete rows.get(id).row.dataset.verdict;
    rows.get(id).verdict.textContent = "";
  }
  queue = [];
  count();
};

element("filter").oninput = filter;
function filter() {
  const parts = element("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { one, row } of rows.values()) {
    const text = [one.id, ...(one.clauses ?? []), one.profile, row.dataset.verdict ?? ""].join(" ").toLowerCase();
    row.hidden = !parts.every((part) => text.includes(part));
  }
}

// `#join/` as the first filter; `#run:join/` runs it, too.
const asked = decodeURIComponent(location.hash.slice(1));
element("filter").value = asked.replace(/^run:/, "");
filter();
if (asked.startsWith("run:")) enqueue(shown().map(({ one }) => one.id));
