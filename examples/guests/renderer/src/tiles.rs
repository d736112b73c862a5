//! The image as it comes about: a record on standard output for each step of a thread.
//!
//! A record is six 32-bit numbers, the lowest byte first: 0 when a thread begins with a tile or 1 when the tile is done, the thread from 0,
//! then the tile's left edge, upper edge, width and height in pixels. Behind those of a tile that is done is the tile: red, green and blue, row by row from
//! the top.

use std::io::{self, Write};

use raddle_guest::io::stdout;

use crate::image::Step;

/// How long a record is without the tile.
const HEADER: usize = 6 * size_of::<u32>();

/// Writes a record, which no other thread's bytes get into.
pub(crate) fn write(step: Step<'_>) -> io::Result<()> {
    let Step { thread, tile, done } = step;
    let pixels = done.unwrap_or_default();
    let mut record = Vec::with_capacity(HEADER + pixels.len());
    for number in [usize::from(done.is_some()), thread, tile.left, tile.top, tile.width, tile.height] {
        record.extend((number as u32).to_le_bytes());
    }
    record.extend(pixels);
    stdout().write_all(&record)
}
