//! Modules that are small and cost a lot to compile.

use raddle_threadify::{Error, Options, inspect, read_section, threadify};

/// What is said of a module in text, by everything that takes one.
fn refusal(text: &str) -> Option<Error> {
    let wasm = wat::parse_str(text).unwrap();
    let refused = threadify(&wasm, &Options::new()).err();
    assert_eq!(inspect(&wasm).unwrap().refusal, refused);
    refused
}

#[track_caller]
fn assert_too_costly(text: &str, expected: u64) {
    let refusal = refusal(text);
    assert!(matches!(refusal, Some(Error::TooCostly { count, .. }) if count == expected), "{refusal:?}");
}

fn nested(count: usize, open: &str) -> String {
    format!("(module (memory 1 1 shared) (func {} {}))", open.repeat(count), "end ".repeat(count))
}

#[test]
fn nested_loops_are_bounded_and_blocks_are_not() {
    assert_eq!(refusal(&nested(256, "loop ")), None);
    assert_too_costly(&nested(257, "loop "), 257);
    let mixed = format!(
        "(module (memory 1 1 shared) (func {} {}))",
        "block loop block ".repeat(300),
        "end end end ".repeat(300)
    );
    assert_too_costly(&mixed, 300);
    assert_eq!(refusal(&nested(5000, "block ")), None);
    // One after the other, and constants that look like them.
    let beside = format!("(module (memory 1 1 shared) (func {}))", "loop end (drop (i32.const 3)) ".repeat(5000));
    assert_eq!(refusal(&beside), None);
}

#[test]
fn elements_that_stay_are_bounded() {
    let module = |kind: &str, count: usize| {
        format!(
            "(module (memory 1 1 shared) (table 70000 funcref) (func $f) (elem {kind} func {}))",
            "$f ".repeat(count)
        )
    };
    for kind in ["", "declare"] {
        assert_eq!(refusal(&module(kind, 65_536)), None);
        assert_too_costly(&module(kind, 65_537), 65_537);
    }
    assert_eq!(refusal(&module("(i32.const 0)", 65_537)), None);
}

#[test]
fn a_module_that_was_threadified_is_looked_at_too() {
    let done = threadify(&wat::parse_str(nested(1, "loop ")).unwrap(), &Options::new()).unwrap();
    let text = wasmprinter::print_bytes(&done.wasm).unwrap();
    let loops = "loop ".repeat(300) + &"end ".repeat(300);
    let wasm = wat::parse_str(text.replacen("loop", &format!("{loops} loop"), 1)).unwrap();
    assert_eq!(read_section(&wasm).unwrap_err().code(), "TF0023");
    assert_eq!(inspect(&wasm).unwrap().refusal.map(|error| error.code()), Some("TF0023"));
}
