// The image as it comes about, and above it a frame around each tile that a thread is at work on.

/** A colour for a thread: neighbours' are far from each other. */
export const colour = (thread) => `oklch(0.74 0.16 ${(thread * 137.5 + 40) % 360})`;

export class Picture {
  #image;
  #marks;

  constructor(image, marks) {
    this.#image = image.getContext("2d");
    this.#marks = marks.getContext("2d");
  }

  /** Begins an image of that size. */
  clear(width, height) {
    for (const { canvas } of [this.#image, this.#marks]) {
      canvas.width = width;
      canvas.height = height;
    }
  }

  /** A thread begins with a tile. */
  begin({ thread, left, top, width, height }) {
    const marks = this.#marks;
    const line = Math.max(2, marks.canvas.width / 400);
    marks.strokeStyle = colour(thread);
    marks.lineWidth = line;
    marks.strokeRect(left + line / 2, top + line / 2, width - line, height - line);
  }

  /** A tile is done: red, green and blue, row by row. */
  done({ left, top, width, height, pixels }) {
    const tile = this.#image.createImageData(width, height);
    for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
      tile.data.set(pixels.subarray(from, from + 3), to);
      tile.data[to + 3] = 255;
    }
    this.#image.putImageData(tile, left, top);
    this.#marks.clearRect(left, top, width, height);
  }

  /** Nobody is at work any more. */
  end() {
    const { canvas } = this.#marks;
    this.#marks.clearRect(0, 0, canvas.width, canvas.height);
  }
}
