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

/// What an instance of a module with these parts takes.
fn instance_size(parts: &str) -> u64 {
    let wasm = wat::parse_str(format!("(module (memory 1 1 shared) (func $f) {parts})")).unwrap();
    threadify(&wasm, &Options::new()).unwrap().section.instance_size
}

#[test]
fn what_each_instance_has_of_its_own_is_counted() {
    let none = instance_size("");
    for (parts, at_least) in [
        ("(global (mut i64) (i64.const 0)) ".repeat(1000), 16_000),
        ("(import \"a\" \"b\" (func)) ".repeat(1000), 32_000),
        ("(table 100000 funcref)".to_owned(), 800_000),
        ("(table 1 funcref)".repeat(50), 800),
        (format!("(elem func {})", "$f ".repeat(1000)), 16_000),
        ("(elem declare func)".repeat(1000), 16_000),
        ("(data \"\")".repeat(1000), 8_000),
        ((0..1000).map(|number| format!("(func (export \"{number}\"))")).collect(), 32_000),
    ] {
        let parts = if parts.starts_with("(import") {
            // Imports come before everything else.
            let wasm = wat::parse_str(format!("(module {parts} (memory 1 1 shared))")).unwrap();
            threadify(&wasm, &Options::new()).unwrap().section.instance_size - none
        } else {
            instance_size(&parts) - none
        };
        assert!((at_least..at_least * 5).contains(&parts), "{parts} for {at_least}");
    }
    // Functions alone are everybody's.
    assert_eq!(instance_size(&"(func)".repeat(1000)), none);
}

#[test]
fn a_section_that_tells_less_is_not_believed() {
    let globals = "(global (mut i64) (i64.const 0)) ".repeat(1000);
    let done = threadify(&wat::parse_str(format!("(module (memory 1 1 shared) {globals})")).unwrap(), &Options::new());
    let done = done.unwrap();
    let told = |size: u64| {
        let section = raddle_threadify::ThreadsSection { instance_size: size, ..done.section.clone() };
        let text = wasmprinter::print_bytes(&done.wasm).unwrap();
        let (module, _) = text.split_once("(@custom \"raddle.threads\"").unwrap();
        let bytes: String = section.encode().iter().map(|byte| format!("\\{byte:02x}")).collect();
        let wasm = wat::parse_str(format!("{module} (@custom \"raddle.threads\" \"{bytes}\"))")).unwrap();
        read_section(&wasm).unwrap().unwrap().instance_size
    };
    assert_eq!(told(done.section.instance_size), done.section.instance_size);
    assert_eq!(told(1 << 40), 1 << 40);
    assert!(told(0) >= done.section.instance_size);
}
