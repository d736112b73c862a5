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
  for (const { module, name, kind } of WebAssembly.Module.imports(job.module)) {
    let value;
    if (module === job.memoryImport.module && name === job.memoryImport.name) {
      value = job.memory;
    } else if (module === ABI.module && abi.has(name)) {
      value = abi.get(name);
    } else {
      value = ownProperty(ownProperty(own, module), name);
      if (!isOf(kind, value)) unfit.push({ module, name, kind, found: value === undefined ? undefined : typeof value });
    }
    imports[module] ??= Object.create(null);
    imports[module][name] = value;
  }
  return { imports, unfit };
}

/** A property that an object has itself; `undefined` where it has none, and of what is no object. */
function ownProperty(object, name) {
  return object != null && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether a value can be imported as one of a kind. */
function isOf(kind, value) {
  switch (kind) {
    case "function":
      return typeof value === "function";
    case "table":
      return value instanceof WebAssembly.Table;
    case "memory":
      return value instanceof WebAssembly.Memory;
    default:
      // A global may be a plain value; whether it is of the right type, and a tag one, the browser says.
      return value !== undefined;
  }
}
