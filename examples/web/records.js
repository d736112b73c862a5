// What the renderer's `render_tiles` writes: a record for each step of a thread. It may come in any pieces.

/** How long a record is without the tile's pixels: six 32-bit numbers. */
const HEADER = 24;

/**
 * Puts the pieces of a stream together, and hands on each record that is whole: `{ thread, left, top, width, height,
 * pixels }`, without pixels when a thread begins with the tile.
 */
export class Records {
  #rest = new Uint8Array(0);
  #take;

  constructor(take) {
    this.#take = take;
  }

  /** Takes the next bytes. */
  write = (bytes) => {
    let rest = bytes;
    if (this.#rest.length > 0) {
      rest = new Uint8Array(this.#rest.length + bytes.length);
      rest.set(this.#rest);
      rest.set(bytes, this.#rest.length);
    }
    while (rest.length >= HEADER) {
      const view = new DataView(rest.buffer, rest.byteOffset, HEADER);
      const numbers = Array.from({ length: 6 }, (_, place) => view.getUint32(4 * place, true));
      const [isDone, thread, left, top, width, height] = numbers;
      const end = HEADER + (isDone ? 3 * width * height : 0);
      if (rest.length < end) break;
      this.#take({ thread, left, top, width, height, pixels: isDone ? rest.subarray(HEADER, end) : undefined });
      rest = rest.subarray(end);
    }
    this.#rest = rest.slice();
  };
}
