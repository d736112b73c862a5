// Whether workers begin, and whether they are lost: what their nursery sees of them. A browser may start none any more
// without a word, and may end any of them.

import { STAGE, TELL } from "./constants.js";

/** How long a worker may take until its nursery asks whether that is because the page is busy, in milliseconds. */
const SLOW = 500;

/** How long it may take from the page's answer on: a machine may have much to do. */
const PATIENCE = 5000;

/** The same while the browser has none: the last that was asked for has not come. */
const SHORT_PATIENCE = 500;

/** The births of a process's workers. Whether the page answers, `answered` is told. */
export class Births {
  #platform;
  #asked = [];
  #slowest = 0;
  #patience = PATIENCE;

  constructor(platform) {
    this.#platform = platform;
  }

  /** How long the first worker has taken to begin: if its script comes from far away, others may take as long. */
  firstTook(milliseconds) {
    this.#slowest = 10 * milliseconds;
  }

  /** What a worker is given for it: the lock that it holds as long as it is there, and the word with its stage. */
  static certificate(lock) {
    return { own: lock, stage: new Int32Array(new SharedArrayBuffer(4)) };
  }

  /** Follows a worker: it has begun or is given up, and one that has begun is lost if it does not end as it should. */
  async follow({ own, stage }, { begun, givenUp, lost }) {
    this.#platform.after(() => this.#hurry(stage, givenUp), SLOW);
    await Atomics.waitAsync(stage, 0, STAGE.expected).value;
    if (Atomics.load(stage, 0) === STAGE.givenUp) return;
    this.#patience = PATIENCE;
    begun();
    await this.#platform.whenFree(own);
    if (Atomics.load(stage, 0) !== STAGE.left) lost();
  }

  /** The page has answered. */
  answered() {
    for (const go of this.#asked.splice(0)) go();
  }

  #hurry(stage, givenUp) {
    const isExpected = () => Atomics.load(stage, 0) === STAGE.expected;
    if (!isExpected()) return;
    // Firefox starts workers only while the page is not busy: it may well be.
    this.#asked.push(() => {
      const patience = Math.max(this.#patience, this.#slowest);
      if (isExpected()) this.#platform.after(() => this.#giveUp(stage, givenUp), patience);
    });
    this.#platform.post({ type: TELL.ask });
  }

  #giveUp(stage, givenUp) {
    if (Atomics.compareExchange(stage, 0, STAGE.expected, STAGE.givenUp) !== STAGE.expected) return;
    Atomics.notify(stage, 0);
    this.#patience = SHORT_PATIENCE;
    givenUp();
  }
}

/** In a worker: says that it begins. `false` if it was given up before. */
export function begins({ stage }) {
  const isIn = Atomics.compareExchange(stage, 0, STAGE.expected, STAGE.begun) === STAGE.expected;
  Atomics.notify(stage, 0);
  return isIn;
}

/** In a worker: says that it is done. */
export const leaves = ({ stage }) => void Atomics.store(stage, 0, STAGE.left);
