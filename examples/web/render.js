// One run of the renderer: starts a process, draws what it writes, and says what came of it.
import { Records } from "./records.js";

/** The side of the renderer's tiles, in pixels. */
const TILE = 32;

/** A run that goes on. */
export class Run {
  threads;
  width;
  height;
  /** How many tiles there are, and how many are done; of each thread, too. */
  tiles;
  done = 0;
  doneBy = [];
  /** When it was started, and how long it took to the first tile and altogether, in milliseconds. */
  begun = performance.now();
  first;
  total;
  #process;
  #stopped;

  constructor({ threads, width, height }) {
    Object.assign(this, { threads, width, height });
    this.tiles = Math.ceil(width / TILE) * Math.ceil(height / TILE);
    this.doneBy = Array(threads).fill(0);
  }

  /** Renders to the end, whatever that is. */
  async render(program, picture) {
    const records = new Records((record) => this.#draw(record, picture));
    const complaints = [];
    this.#process = await program.start({
      entry: "render_tiles",
      entryArgs: [this.threads, this.width, this.height],
      // Every thread finds a worker that is there already, or about to be.
      poolSize: this.threads,
      stdout: records.write,
      stderr: (bytes) => complaints.push(new TextDecoder().decode(bytes)),
    });
    if (this.#stopped !== undefined) this.#process.kill();
    const outcome = await this.#process.wait();
    this.total = performance.now() - this.begun;
    return { outcome, complaint: complaints.join("") };
  }

  /** Ends it: all threads stop. */
  stop() {
    this.#stopped = performance.now();
    this.#process?.kill();
  }

  /** How long it took from the stop until every thread had stopped, in milliseconds. */
  get stopTook() {
    return this.begun + this.total - this.#stopped;
  }

  /** How many threads live now, without the main one, which only waits. */
  get live() {
    return Math.max(0, (this.#process?.stats.live ?? 0) - 1);
  }

  /** How long it has run, in milliseconds. */
  get elapsed() {
    return this.total ?? performance.now() - this.begun;
  }

  #draw(record, picture) {
    if (!record.pixels) return picture.begin(record);
    picture.done(record);
    this.first ??= performance.now() - this.begun;
    this.done += 1;
    this.doneBy[record.thread] += 1;
  }
}
