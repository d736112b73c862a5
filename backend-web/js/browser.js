// The script of raddle's workers in browsers. The build joins this folder's files into it, so that it is one file which
// loads no other: it starts as a `blob:`, too. Begin with `begin.js`.

import { begin } from "./begin.js";

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
    const worker = new Worker(url, { type: "module", name });
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
  after: (run, milliseconds) => void setTimeout(run, milliseconds),
  load: (url) => import(url),
  show: (text) => console.error(text),
};

begin(browser);
