// A bare worker: an instance, made ahead, and a call for each message.
let exports;
let held;

const roles = {
  begin({ module, memory, lock }) {
    held = new Promise((resolve) => {
      navigator.locks.request(lock, { mode: "shared" }, () => {
        resolve();
        return new Promise(() => {});
      });
    });
    exports = new WebAssembly.Instance(module, { env: { memory } }).exports;
  },
  async call({ name, args }) {
    // A worker that never returns must hold the lock before.
    if (name === "block" || name === "spin") await held;
    const begin = performance.now();
    const value = exports[name](...args);
    postMessage({ value, took: performance.now() - begin });
  },
};

onmessage = ({ data }) => roles[exports ? "call" : "begin"](data);
