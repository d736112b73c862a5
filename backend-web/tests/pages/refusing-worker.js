// A script of workers that cannot do what it is for.
postMessage({ type: "failed", message: "this worker refuses" });
