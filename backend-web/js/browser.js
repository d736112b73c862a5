// The script of raddle's workers in browsers. The build joins this folder's files into it, so that it is one file which
// loads no other: it starts as a `blob:`, too. Begin with `begin.js`.

import { begin } from "./begin.js";
import { POLICY } from "./constants.js";

/**
 * The URL of this script, as a worker is started with it. Where Trusted Types are asked for, that is not a string. This
 * worker was started with the same URL, so it is trusted already.
 */
function trusted(url) {
  try {
    return trustedTypes.createPolicy(POLICY, { createScriptURL: () => url }).createScriptURL("");
  } catch {
    // There are none, or this policy is not allowed; a default policy may be.
    return url;
  }
}

let source;

/** @type {import("./platform.js").Platform} */
const browser = {
  receive(take) {
    self.onmessage = ({ data }) => take(data);
    // Whoever has made this worker is told.
    self.onmessageerror = () => {
      throw new Error("the browser cannot hand on a message to a worker");
    };
  },
  post: (message, transfer) => postMessage(message, transfer),
  close: () => close(),
  startWorker(url, name, { message, failure }) {
    source ??= trusted(url);
    const worker = new Worker(source, { type: "module", name });
    worker.onmessage = ({ data }) => message(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      failure(event.message ?? "its script could not be loaded");
    };
    return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
  },
  hold: (lock) =>
    new Promise((resolve, reject) => {
      const held = () => {
        resolve();
        return new Promise(() => {});
      };
      navigator.locks.request(lock, { mode: "shared" }, held).catch(reject);
    }),
  whenFree: (lock) => navigator.locks.request(lock, () => {}),
  after: (run, milliseconds) => void setTimeout(run, milliseconds),
  load: (url) => import(url),
  show: (text) => console.error(text),
};

begin(browser);
