// What a guest is linked with: the host module's calls, its memory, and the embedder's own imports.

import { ABI, WIDE } from "./constants.js";

/** The embedder's own imports: an object, or what a function makes for each worker. */
export async function ownImports(platform, job, host) {
  if (!job.imports) return {};
  const module = await platform.load(job.imports);
  const made = module.default ?? module.imports;
  if (typeof made !== "function") return made ?? {};
  return made({
    memory: job.memory,
    threadId: () => host.current_thread(),
    hasEnded: () => host.has_ended() !== 0,
    waitEnded: (milliseconds) => host.wait_ended(milliseconds) !== 0,
    notify(address, count = Infinity) {
      const woken = Number(host.notify_waiters(BigInt(address), count));
      if (woken < 0) throw new RangeError(`nobody can wait at ${address}: it is outside of memory or unaligned`);
      return woken;
    },
  });
}

/** The host module's calls, by the names that guests import them with. */
export const abiCalls = (job, host) => new Map(ABI.imports.map((name) => [name, host[job.is64 ? name + WIDE : name]]));

/**
 * The object that a module's instances are made with: it has what the module imports, and nothing else, neither of its
 * own nor by inheritance. `unfit` has the embedder's own imports that are not there, or are not of the kind that the
 * module imports; `found` says what they are.
 *
 * A guest chooses the names. So what an object inherits is not looked at: it would be JavaScript itself, not anything
 * that the embedder gives.
 */
export function link(job, abi, own) {
  const imports = Object.create(null);
  const unfit = [];
  const numeric = new Set(job.numeric.map((names) => JSON.stringify(names)));
  for (const { module, name, kind } of WebAssembly.Module.imports(job.module)) {
    let value;
    if (module === job.memoryImport.module && name === job.memoryImport.name) {
      value = job.memory;
    } else if (module === ABI.module && abi.has(name)) {
      value = abi.get(name);
    } else {
      value = ownProperty(ownProperty(own, module), name);
      const found = value === undefined ? undefined : typeof value;
      if (found !== "function") unfit.push({ module, name, kind, found });
      else if (numeric.has(JSON.stringify([module, name]))) value = atOnce(value, `${module}.${name}`);
    }
    imports[module] ??= Object.create(null);
    imports[module][name] = value;
  }
  return { imports, unfit };
}

/**
 * An import that returns a number, checked for one that is not there yet: JavaScript would make 0 of a Promise.
 * Functions that wasm exports return none, and browsers check their types if they are given as they are.
 */
function atOnce(call, what) {
  if (/^function \d+\(\) \{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(call))) return call;
  return (...args) => {
    const answer = call(...args);
    if (typeof answer !== "object" || typeof answer?.then !== "function") return answer;
    throw new TypeError(`${what} has returned a Promise, and an import must return its number at once`);
  };
}

/** A property that an object has itself; `undefined` if it has none, or is not an object. */
function ownProperty(object, name) {
  return object != null && Object.hasOwn(object, name) ? object[name] : undefined;
}
