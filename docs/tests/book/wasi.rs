//! The chapter on WASI has the calls and the bounds of the code.

use raddle_wasi::for_each_wasi_call;

use crate::text::{held, page, read};

macro_rules! rows {
    ([] $module:literal; $(
        $(#[doc = $line:literal])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        &[$((stringify!($name), &[$($line),*])),*]
    };
}

/// The name of each call, and what the table says of it, in lines.
const CALLS: &[(&str, &[&str])] = for_each_wasi_call!(rows);

#[test]
fn every_call_is_in_the_chapter() {
    let row = |(name, lines): &(&str, &[&str])| format!("| `{name}` |{} |\n", lines.concat().trim_end_matches('.'));
    let rows: String = CALLS.iter().map(row).collect();
    held("docs/src/wasi.md", "| call | what it does |\n|---|---|\n", "", &rows);
}

#[test]
fn bounds_are_those_of_the_code() {
    let chapter = page("wasi.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let bounds = [
        ("builder.rs", "MAX_DESCRIPTORS: usize = 1024", "1,024 descriptors"),
        ("memory.rs", "MAX_BUFFERS: u32 = 1024", "1,024 buffers"),
        ("memory.rs", "CHUNK: usize = 256 * 1024", "pieces of 256 KiB"),
        ("calls/poll.rs", "MAX_SUBSCRIPTIONS: u32 = 8192", "8,192 subscriptions"),
        ("path.rs", "MAX_PATH: usize = 4095", "4,095 bytes of a path"),
    ];
    for (file, constant, text) in bounds {
        assert!(read(format!("wasi/src/{file}")).contains(constant), "{file} has no {constant}");
        assert!(chapter.contains(text), "the chapter does not say: {text}");
    }
}
