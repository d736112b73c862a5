// The package's API: what Rust exports, with its module loaded on first use.

import init, { Runtime as Made } from "./raddle_web.js";

export { Notifier, Process, Program } from "./raddle_web.js";

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

/** Why the package's own module is not there. All else is told by Rust, which is in that module. */
function notLoaded(cause) {
  const message = String(cause?.message ?? cause);
  const mend = /CSP|Content.Security.Policy|unsafe-eval/i.test(message)
    ? "have the page's Content-Security-Policy allow `script-src 'wasm-unsafe-eval'`"
    : "serve raddle_web_bg.wasm beside raddle_web.js; Vite before version 8 does in development with `optimizeDeps: { exclude: [\"raddle-web\"] }`";
  const error = new Error(`BW0016: the package's module raddle_web_bg.wasm cannot be loaded: ${message}; ${mend}`, { cause });
  return Object.assign(error, { name: "RaddleError", code: "BW0016" });
}

/** What is thrown has this name, and a code. */
export class RaddleError extends Error {
  static [Symbol.hasInstance](value) {
    return value?.name === "RaddleError" && typeof value.code === "string";
  }
}
