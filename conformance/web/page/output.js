// What a program writes, kept, and watched for the word that makes the embedder kill it.

/** How many bytes of a stream are kept. */
const MOST = 4 << 20;

export class Output {
  #bytes = new Uint8Array(1 << 12);
  #length = 0;
  #word;
  #found;

  constructor(word, found) {
    this.#word = word ? new TextEncoder().encode(word) : null;
    this.#found = found;
  }

  /** Takes some bytes. */
  write = (bytes) => {
    const from = this.#length;
    const taken = bytes.subarray(0, MOST - from);
    if (this.#bytes.length < from + taken.length) {
      const larger = new Uint8Array(Math.min(MOST, 2 * (from + taken.length)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(taken, from);
    this.#length += taken.length;
    this.#look(from);
  };

  /** As the suite's protocol has it: a string if it is text, else its bytes. */
  json() {
    const bytes = this.#bytes.subarray(0, this.#length);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return { bytes: Array.from(bytes) };
    }
  }

  /** Looks for the word where it may end in what has just come. */
  #look(from) {
    const word = this.#word;
    if (!word) return;
    for (let at = Math.max(0, from - word.length + 1); at + word.length <= this.#length; at++) {
      if (word.every((byte, index) => byte === this.#bytes[at + index])) {
        this.#word = null;
        this.#found();
        return;
      }
    }
  }
}
