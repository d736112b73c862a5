// Where the host module's instances have their data: slabs of one memory, because browsers allow few.

import { PAGE } from "./constants.js";

/** Takes a slab of so many bytes in the name of its owner, and sees to it that its memory is there. */
export function takeSlab({ slabs: { memory, first, count }, control }, owner, length) {
  const words = new Int32Array(control.buffer);
  let slab = 0;
  while (Atomics.compareExchange(words, first + slab, 0, owner) !== 0) {
    slab += 1;
    if (slab === count) throw new Error("there are more workers than the page may have");
  }
  const begin = slab * length;
  growTo(memory, (begin + length) / PAGE);
  return { begin, free: () => Atomics.store(words, first + slab, 0) };
}

/**
 * Sees to it that a memory has so many pages, and that its buffer shows them. Other workers may grow it meanwhile: that
 * the buffer tells late; what growing by nothing returns does not.
 */
function growTo(memory, pages) {
  while (memory.buffer.byteLength < pages * PAGE) {
    const size = memory.grow(0);
    try {
      if (size < pages) memory.grow(pages - size);
    } catch (error) {
      if (memory.grow(0) === size) throw error;
    }
  }
}
