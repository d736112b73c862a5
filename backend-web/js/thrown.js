// What was thrown, which may be anything.

/** Its class, its message and its stack. */
export function describe(thrown) {
  const name = thrown instanceof WebAssembly.Exception ? "WebAssembly.Exception" : thrown?.name;
  return { name: text(name ?? "Error"), message: text(thrown?.message ?? thrown), stack: text(thrown?.stack ?? "") };
}

/** It in one line. */
export function summary(thrown) {
  const { name, message } = describe(thrown);
  return `${name}: ${message}`;
}

function text(part) {
  try {
    return String(part);
  } catch {
    return "";
  }
}
