// A report of a deadlock, for people: who waits for what, and a picture of the ring in which they wait.

const SVG = "http://www.w3.org/2000/svg";
const hex = (address) => `0x${address.toString(16)}`;

/** The report of an outcome `deadlocked`, as elements. */
export function report({ threads, cycles }) {
  const byId = new Map(threads.map((entry) => [entry.thread.id, entry]));
  const name = (id) => byId.get(id)?.thread.name || (id === 1 ? "main" : `thread ${id}`);
  const lines = threads.map((entry) => line(entry, name));
  const summary = element("p", `Deadlock: all ${threads.length} threads wait for ever.`);
  const rings = cycles.map((cycle) => element("p", `In a ring: ${[...cycle, cycle[0]].map(name).join(" → ")}.`));
  return [summary, ...rings, ...cycles.map((cycle) => ring(cycle, byId, name)), element("ul", ...lines)];
}

/** What a thread waits for, in words; where it does, on demand. */
function line({ thread, waiting, backtrace }, name) {
  const holder = waiting.owner == null ? "" : `, which ${name(waiting.owner)} holds`;
  const what = {
    memory: () => `to be notified at ${hex(waiting.address)}`,
    mutex: () => `for the lock at ${hex(waiting.address)}${holder}`,
    condvar: () => `for the condition variable at ${hex(waiting.address)}`,
    join: () => `for the end of ${name(waiting.thread)}`,
  }[waiting.for]();
  const who = element("strong", name(thread.id));
  if (backtrace.length === 0) return element("li", who, ` waits ${what}.`);
  const frames = backtrace.map((frame) => element("li", frame.function ?? `function ${frame.index}`));
  return element("li", element("details", element("summary", who, ` waits ${what}.`), element("ol", ...frames)));
}

/** Threads in a ring, each with an arrow to the one that it waits for. */
function ring(cycle, byId, name) {
  const [middle, radius, node] = [170, 118, 42];
  const label = `${cycle.length} threads wait in a ring`;
  const svg = shape("svg", { viewBox: "0 0 340 340", role: "img", "aria-label": label });
  const angle = (place) => (2 * Math.PI * place) / cycle.length - Math.PI / 2;
  const at = (radians, distance) => [middle + distance * Math.cos(radians), middle + distance * Math.sin(radians)];
  // How far from a node's middle an arrow ends, as an angle of the ring.
  const gap = (node + 8) / radius;
  cycle.forEach((id, place) => {
    const to = angle(place + 1) - gap;
    const [x, y] = at(angle(place) + gap - 0.08, radius);
    const [toX, toY] = at(to, radius);
    const isLong = cycle.length < 2 ? 1 : 0;
    svg.append(shape("path", { class: "ring", d: `M${x} ${y}A${radius} ${radius} 0 ${isLong} 1 ${toX} ${toY}` }));
    const tip = at(to + 0.09, radius);
    const [left, right] = [at(to - 0.03, radius - 7), at(to - 0.03, radius + 7)];
    svg.append(shape("path", { class: "head", d: `M${tip}L${left}L${right}Z` }));
    const { waiting } = byId.get(id);
    if (waiting.address !== undefined) {
      const [lockX, lockY] = at((angle(place) + angle(place + 1)) / 2, radius - 40);
      svg.append(shape("text", { class: "lock", x: lockX, y: lockY }, hex(waiting.address)));
    }
  });
  cycle.forEach((id, place) => {
    const [x, y] = at(angle(place), radius);
    svg.append(shape("circle", { cx: x, cy: y, r: node }), shape("text", { x, y }, name(id)));
  });
  return svg;
}

function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

function shape(tag, attributes, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(text);
  return made;
}
