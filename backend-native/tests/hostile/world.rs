//! Where things lie in the driver's memory, for scripts to name or to miss.

use raddle_runtime_api::abi::{
    PointerWidth,
    attributes::{AttributeLayout, DETACHED},
};

/// The memory's minimum in pages; thread slots lie behind.
pub(crate) const PAGES: u64 = 2;

/// Its maximum: a guest that takes it all does not hurt the machine.
pub(crate) const MOST_PAGES: u64 = 128;

/// The end of the main thread's own stack, which nothing uses.
pub(crate) const MAIN_STACK_TOP: u64 = 0x1_0000;

/// The first of the words that threads share: mutexes, condition variables, words to wait on.
pub(crate) const WORDS: i64 = 0x1000;

/// How many there are.
pub(crate) const WORD_COUNT: i64 = 16;

/// Where a thread's calls store ids and values.
pub(crate) const OUT: i64 = 0x1800;

/// Attributes with a name, a stack size, and no flags.
pub(crate) const ATTRIBUTES: i64 = 0x2000;

/// The same, of a detached thread.
pub(crate) const DETACHED_ATTRIBUTES: i64 = ATTRIBUTES + 64;

/// A text, of [`TEXT_LEN`] bytes.
pub(crate) const TEXT: i64 = ATTRIBUTES + 128;

/// The length of the text.
pub(crate) const TEXT_LEN: i64 = GOOD.len() as i64;

/// Bytes that are no text, as many.
pub(crate) const NO_TEXT: i64 = ATTRIBUTES + 192;

const GOOD: &str = "wärp & wëft";

/// What lies at [`ATTRIBUTES`] and behind, as it stands in WebAssembly text.
pub(crate) fn data(width: PointerWidth) -> String {
    let mut bytes = attributes(width, 0);
    bytes.extend(attributes(width, DETACHED));
    bytes.extend(padded(GOOD.as_bytes()));
    bytes.extend(padded(&[0xff; GOOD.len()]));
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}

fn attributes(width: PointerWidth, flags: u32) -> Vec<u8> {
    let layout = AttributeLayout::new(width);
    let mut bytes = vec![0; 64];
    let mut put = |at: u32, value: &[u8]| bytes[at as usize..][..value.len()].copy_from_slice(value);
    put(layout.size, &layout.len.to_le_bytes());
    put(layout.flags, &flags.to_le_bytes());
    let pointer = width.bytes() as usize;
    put(layout.stack_size, &20_000_u64.to_le_bytes()[..pointer]);
    put(layout.name, &(TEXT as u64).to_le_bytes()[..pointer]);
    put(layout.name_len, &(TEXT_LEN as u64).to_le_bytes()[..pointer]);
    bytes
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(64, 0);
    padded
}
