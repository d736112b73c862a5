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
      throw error;
    }
    return Made.create(options);
  },
  [Symbol.hasInstance]: (value) => value instanceof Made,
};

/** What is thrown has this name, and a code. */
export class RaddleError extends Error {
  static [Symbol.hasInstance](value) {
    return value?.name === "RaddleError" && typeof value.code === "string";
  }
}
