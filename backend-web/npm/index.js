// The package's API: what Rust exports, with its module loaded on first use.

import init, { Runtime as Made, Notifier, Process, Program } from "./raddle_web.js";

export { Notifier, Process, Program };

// wasm-bindgen's own `free` fails the second time, and after it every method fails without a reason. With `release`, an
// object lets go of what it stands for and says so if it is used again; the garbage collector takes what is left.
for (const { prototype } of [Made, Notifier, Process, Program]) {
  prototype.free = prototype.release;
  if (Symbol.dispose) prototype[Symbol.dispose] = prototype.release;
  delete prototype.release;
}

let loaded;

export const Runtime = {
  async create(options) {
    if (!isBrowser()) throw failure("BW0011", "this is not a browser, and the package needs one", IN_A_PAGE);
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

const IN_A_PAGE = "import it in a page, or in a worker of one; natively, raddle is a crate and a command";

/** Node, for one, has neither pages nor their workers, and loads the package's module otherwise. */
const isBrowser = () => typeof document === "object" || typeof WorkerGlobalScope === "function";

/** The package's own module is not there. All other errors are Rust's, which is in that module. */
function notLoaded(cause) {
  const message = String(cause?.message ?? cause);
  const hint = /CSP|Content.Security.Policy|unsafe-eval/i.test(message)
    ? "have the page's Content-Security-Policy allow `script-src 'wasm-unsafe-eval'`"
    : "serve raddle_web_bg.wasm beside raddle_web.js; Vite before version 8 does in development with " +
      '`optimizeDeps: { exclude: ["raddle-web"] }`';
  const told = `the package's module raddle_web_bg.wasm cannot be loaded: ${message}`;
  return failure("BW0007", told, hint, { cause });
}

/** An error as Rust makes them. */
function failure(code, message, hint, options) {
  const error = new Error(`${code}: ${message}\nhint: ${hint}`, options);
  return Object.assign(error, { name: "RaddleError", code, hint });
}

/** An error of the package has this name, and a code. Rust makes most of them, and they are not instances of this. */
export class RaddleError extends Error {
  static [Symbol.hasInstance](value) {
    return value?.name === "RaddleError" && typeof value.code === "string";
  }
}
