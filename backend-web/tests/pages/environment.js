// Pages in which something does not work, or has to be told.
import { Runtime } from "/pkg/index.js";
import { hello, soon, until, workerAfter } from "./tools.js";

const fetched = async (name) => new Uint8Array(await (await fetch(`/guests/${name}.wasm`)).arrayBuffer());

export const plain = async () => hello(await Runtime.create());

export const workerUrl = async () => {
  const runtime = await Runtime.create({ workerUrl: "/pkg/worker.js" });
  const shown = await hello(runtime);
  // The policy must not keep what has ended from being given back.
  await until(() => runtime.workers <= 1);
  return shown;
};

export const trustedWorkerUrl = async () => {
  const policy = trustedTypes.createPolicy("app", { createScriptURL: (url) => url });
  return hello(await Runtime.create({ workerUrl: policy.createScriptURL("/pkg/worker.js") }));
};

export const defaultPolicy = async () => {
  trustedTypes.createPolicy("default", { createScriptURL: (url) => url });
  return workerUrl();
};

export const unwholePackage = async () => (await import("/unwhole/index.js")).Runtime.create();

export const wrongWorkerUrl = () => Runtime.create({ workerUrl: "/pkg/no-such-worker.js" });

export const otherVersion = () => Runtime.create({ workerUrl: "/other-version.js" });

// A frame of an origin of its own gets no locks; neither does a page whose user forbids it to keep data.
export const sandboxedFrame = () => {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.allow = "cross-origin-isolated";
  frame.srcdoc = `<script type="module">
    import { Runtime } from "${location.origin}/pkg/index.js";
    parent.postMessage(await Runtime.create().catch(({ code, message }) => ({ code, message })), "*");
  </script>`;
  const told = new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data)));
  document.body.append(frame);
  return soon(told);
};

export const noLocksForWorkers = async () => {
  const denied = () => Promise.reject(new DOMException("locks are denied", "SecurityError"));
  const workerUrl = await workerAfter(`const denied = ${denied}; LockManager.prototype.request = denied;`);
  return soon(hello(await Runtime.create({ workerUrl })));
};

// The nursery can be started, and then starts no worker.
export const confinedNursery = () => soon(Runtime.create({ workerUrl: "/confined/worker.js" }));

// A script that never answers; here 30 seconds pass in one.
export const silentWorker = () => {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, milliseconds) => setTimeout(run, milliseconds / 30);
  return Runtime.create({ workerUrl: "/own.js" });
};

// A nursery that fails while nobody needs it; the next one is as good as ever.
export const failedSpare = async () => {
  const workerUrl = await workerAfter(`new BroadcastChannel("fail").onmessage = () => {
    close();
    throw new Error("this worker is not meant to stay");
  };`);
  const failed = new Promise((resolve) => {
    globalThis.Worker = class extends Worker {
      constructor(...options) {
        super(...options);
        this.addEventListener("error", resolve);
      }
    };
  });
  const runtime = await Runtime.create({ workerUrl });
  new BroadcastChannel("fail").postMessage("now");
  await soon(failed);
  const shown = await soon(hello(runtime));
  await until(() => runtime.workers <= 1);
  return shown;
};

export const ownImports = async () => {
  const program = await (await Runtime.create()).compile(await fetched("own"));
  return program.run({ imports: "/own.js" });
};

// A page that says itself what its URLs are relative to.
export const pageWithBase = async () => {
  const base = document.head.appendChild(document.createElement("base"));
  base.href = "/pkg/";
  const runtime = await Runtime.create({ workerUrl: "worker.js" });
  base.href = "/";
  return (await runtime.compile(await fetched("own"))).run({ imports: "own.js" });
};

export const missingImports = async () => {
  const runtime = await Runtime.create();
  const program = await runtime.compile(await fetched("own"));
  const refused = program.start({ imports: "/no-such-imports.js" });
  const thrown = await refused.catch(({ code, message }) => ({ code, message }));
  // What was begun is given back, and the runtime is as good as before.
  await until(() => runtime.workers <= 1);
  return { thrown, next: await program.run({ imports: "/own.js" }) };
};

export const brokenImports = async () => {
  const program = await (await Runtime.create()).compile(await fetched("own"));
  return program.start({ imports: "/throws.js" });
};

// What every object inherits is not what an embedder gives; what it gives by the same names is.
export const inheritedImports = async () => {
  const runtime = await Runtime.create();
  const refused = async (guest, imports) => {
    const program = await runtime.compile(await fetched(guest));
    return program.start({ imports }).then(() => "started", ({ code, message }) => ({ code, message }));
  };
  const program = await runtime.compile(await fetched("inherited"));
  return {
    inherited: await refused("inherited", "/own.js"),
    wrong: await refused("own", "/wrong.js"),
    given: await program.run({ imports: "/named.js" }),
  };
};

export const promisingImports = async () => {
  const program = await (await Runtime.create()).compile(await fetched("own"));
  return program.run({ imports: "/promising.js" });
};

// A worker of no one page.
export const sharedWorker = () => {
  const script = `import { Runtime } from "${location.origin}/pkg/index.js";
    const refused = Runtime.create().then(() => "created", ({ code, message }) => ({ code, message }));
    onconnect = async ({ ports: [port] }) => port.postMessage(await refused);`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { port } = new SharedWorker(url, { type: "module" });
  return soon(new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data))));
};

export const noImports = async () => {
  const program = await (await Runtime.create()).compile(await fetched("own"));
  return program.start();
};

// A process takes its nursery and a worker for each thread.
export const workersRunOut = async () => {
  const program = await (await Runtime.create({ maxWorkers: 6, spares: 0 })).compile(await fetched("spawner"));
  return program.run();
};

export const processesRunOut = async () => {
  const runtime = await Runtime.create({ maxWorkers: 2, spares: 0 });
  const program = await runtime.compile(await fetched("blocked"));
  const first = await program.start();
  const thrown = await program.start().catch(({ code, message }) => ({ code, message }));
  first.kill();
  return { thrown, first: await first.wait() };
};

export const noModule = async () => {
  const runtime = await Runtime.create();
  const whole = await fetched("hello");
  const inputs = {
    empty: new Uint8Array(),
    html: new TextEncoder().encode("<!doctype html><title>404</title>"),
    text: new TextEncoder().encode("(module)"),
    marked: new TextEncoder().encode("\u{feff}\n(module)"),
    half: whole.slice(0, whole.length / 2),
    nothing: undefined,
  };
  const seen = {};
  for (const [name, bytes] of Object.entries(inputs)) {
    seen[name] = await runtime.compile(bytes).then(() => "compiled", ({ code }) => code);
  }
  return seen;
};

// Browsers instantiate no such module on a page's own thread at once.
export const large = async () => hello(await Runtime.create(), `hello-${12 << 20}`);
