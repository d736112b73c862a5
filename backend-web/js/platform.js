// What differs between the places where workers can run. Everything else in this folder is WebAssembly and plain
// JavaScript, and is given one of these.

import { LONGEST_TIMER } from "./constants.js";

/**
 * The platform of a worker. `browser.js` is the one there is.
 *
 * @typedef {object} Platform
 * @property {(take: (message: object) => void) => void} receive
 *   Says who is given each message of this worker's maker.
 * @property {(message: object, transfer?: Transferable[]) => void} post
 *   Sends its maker a message.
 * @property {() => void} close
 *   Ends this worker when what runs has returned.
 * @property {(url: string, name: string, on: Listener) => Worker} startWorker
 *   Starts a worker that runs the script at a URL.
 * @property {(lock: string) => Promise<void>} hold
 *   Waits until this worker shares a lock, which it does as long as it is there, whatever ends it.
 * @property {(lock: string) => Promise<void>} whenFree
 *   Waits until nobody holds a lock any more.
 * @property {(run: () => void, milliseconds: number) => void} after
 *   Runs something once, after at most `LONGEST_TIMER`.
 * @property {(url: string) => Promise<object>} load
 *   Loads a JavaScript module.
 * @property {(text: string) => void} show
 *   Shows a text to whoever looks for mistakes.
 *
 * Who hears of a worker: `message` of each that it posts, `failure` once, when its script cannot be loaded or throws.
 * @typedef {{ message: (message: object) => void, failure: (message: string) => void }} Listener
 *
 * A worker that was started.
 * @typedef {{ post: (message: object) => void, terminate: () => void }} Worker
 */

/** A timer that may take longer than the platform's. */
export function setTimer(platform, run, milliseconds) {
  if (milliseconds <= LONGEST_TIMER) return platform.after(run, milliseconds);
  platform.after(() => setTimer(platform, run, milliseconds - LONGEST_TIMER), LONGEST_TIMER);
}

/**
 * Hands each message to the taker that is named by one of its fields. A message with another name is ignored: the
 * embedder's own imports may send some, too.
 */
export function byType(field, takers) {
  const known = new Map(Object.entries(takers));
  return (message, ...rest) => known.get(message?.[field])?.(message, ...rest);
}
