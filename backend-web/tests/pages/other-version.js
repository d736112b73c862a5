// A script of workers that is of another version.
postMessage({ type: "ready", version: "0.0.9" });
