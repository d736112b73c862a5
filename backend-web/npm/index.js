// The package's API: what Rust exports, with its module loaded on first use.

import init, { Runtime as Made, Notifier, Process, Program } from "./raddle_web.js";

export { Notifier, Process, Program };

// wasm-bindgen's own `free` fails the second time, and then every method fails without a reason. So these let go of what
// they stand for, and say so if they are used again; what is left of them, the garbage collector takes.
for (const { prototype } of [Made, Notifier, Process, Program]) {
  prototype.free = prototype.release;
  if (Symbol.dispose) prototype[Symbol.dispose] = prototype.release;
  delete prototype.release;
}

let loaded;

export const Runtime = {
  async create(options) {
    loaded ??= init();
    try {
      await loaded;
    } catch (error) {
      // The next attempt may find the network again.
      loaded = undefined;
      throw notLoaded(error);
    }
    return Made.create(options);
  },
  [Symbol.hasInstance]: (value) => value instanceof Made,
};

/** The package's own module is not there. All other errors are Rust's, which is in that module. */
function notLoaded(cause) {
  const message = String(cause?.message ?? cause);
  const hint = /CSP|Content.Security.Policy|unsafe-eval/i.test(message)
    ? "have the page's Content-Security-Policy allow `script-src 'wasm-unsafe-eval'`"
    : "serve raddle_web_bg.wasm beside raddle_web.js; Vite before version 8 does in development with " +
      '`optimizeDeps: { exclude: ["raddle-web"] }`';
  const told = `BW0007: the package's module raddle_web_bg.wasm cannot be loaded: ${message}\nhint: ${hint}`;
  return Object.assign(new Error(told, { cause }), { name: "RaddleError", code: "BW0007", hint });
}

/** An error of the package has this name, and a code. Rust makes most of them, so they are no instances. */
export class RaddleError extends Error {
  static [Symbol.hasInstance](value) {
    return value?.name === "RaddleError" && typeof value.code === "string";
  }
}
