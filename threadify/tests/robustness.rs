//! Damaged modules: whatever the bytes are, there is an answer, and an output that was asked to be valid is.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod support;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use raddle_threadify::{Error, Options, inspect, read_section, threadify};
use support::Random;

/// The golden inputs, and what becomes of them.
fn modules() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let inputs: Vec<Vec<u8>> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
        .filter(|path| !path.to_string_lossy().ends_with(".out.wat"))
        .map(|path| wat::parse_file(path).unwrap())
        .collect();
    let options = Options::new().stack_check(true);
    let outputs = inputs.iter().filter_map(|wasm| threadify(wasm, &options).ok()).map(|done| done.wasm);
    let all: Vec<_> = inputs.iter().cloned().chain(outputs).collect();
    assert!(all.len() > inputs.len());
    all
}

/// Asks for everything; says whether it was accepted.
fn ask(wasm: &[u8]) -> bool {
    let _ = inspect(wasm);
    let _ = read_section(wasm);
    for stack_check in [false, true] {
        let _ = threadify(wasm, &Options::new().validate(false).stack_check(stack_check));
    }
    match threadify(wasm, &Options::new().stack_check(true)) {
        Ok(_) => true,
        Err(error @ Error::Output { .. }) => panic!("{error}"),
        Err(_) => false,
    }
}

#[test]
fn every_truncation_is_answered() {
    for wasm in modules() {
        for len in 0..wasm.len() {
            ask(&wasm[..len]);
        }
    }
}

#[test]
fn every_flipped_bit_is_answered() {
    let mut accepted = 0;
    for wasm in modules() {
        for bit in 0..wasm.len() * 8 {
            let mut damaged = wasm.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            accepted += u32::from(ask(&damaged));
        }
    }
    assert!(accepted > 100, "only {accepted} damaged modules were still good: the test does not reach far");
}

#[test]
fn bytes_put_in_left_out_and_repeated_are_answered() {
    let mut random = Random(1);
    for wasm in modules() {
        for _ in 0..300 {
            let mut damaged = wasm.clone();
            for _ in 0..1 + random.below(4) {
                let at = random.below(damaged.len());
                let to = at + random.below(damaged.len() - at);
                match random.below(3) {
                    0 => damaged.insert(at, random.number() as u8),
                    1 => drop(damaged.drain(at..to.min(at + 8))),
                    _ => {
                        let part = damaged[at..to].to_vec();
                        damaged.splice(at..at, part);
                    }
                }
                if damaged.is_empty() {
                    break;
                }
            }
            ask(&damaged);
        }
    }
}

#[test]
fn counts_that_promise_more_than_there_is_cost_nothing() {
    // Each kind of section, with a count of 2^32 - 1 and nothing behind it.
    for id in 0..=13 {
        let wasm = [b"\0asm\x01\0\0\0".as_slice(), &[id, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]].concat();
        assert!(!ask(&wasm));
    }
}

/// Nothing takes time that grows faster than the module: each of these would take hours if it did.
#[test]
fn many_of_anything_is_answered_soon() {
    const MANY: usize = 100_000;
    let many = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<String>();
    let memory = "(memory 1 4 shared)";
    let texts = [
        // Names that a memory of its own might take as an import.
        format!(
            r#"(module {} (import "env" "memory" (func)) {memory})"#,
            many(MANY, &|n| format!(r#"(import "env" "memory{n}" (func))"#))
        ),
        // Nameless globals, and exports to look them up in.
        format!(
            r#"(module {memory} (global (export "__stack_pointer") (mut i32) (i32.const 16)) {} {})"#,
            many(MANY, &|_| "(global (mut i32) (i32.const 0))".to_owned()),
            many(MANY, &|n| format!(r#"(export "g{n}" (global {}))"#, n % 2)),
        ),
        // Globals that keep what they are set to, and moves of the stack pointer, which might be among them.
        format!(
            r#"(module {memory} (global (export "__stack_pointer") (mut i32) (i32.const 16)) {} (func {}))"#,
            many(3 * MANY, &|_| "(global (mut i32) (i32.const 7))".to_owned()),
            many(3 * MANY, &|_| "(global.set 0 (i32.const 16))".to_owned()),
        ),
        // Moves of what may be a stack pointer, by ever different amounts.
        format!(
            "(module {memory} (global (mut i32) (i32.const 16)) (func {}))",
            many(MANY, &|n| format!("(global.set 0 (i32.sub (global.get 0) (i32.const {n}))) "))
        ),
        // Waits at ever different offsets.
        format!(
            "(module {memory} (func {}))",
            many(MANY, &|n| format!("(drop (memory.atomic.notify offset={n} (i32.const 0) (i32.const 0)))"))
        ),
        // Segments to write, and sections to keep in their places.
        format!("(module {memory} {})", many(MANY, &|n| format!(r#"(data (i32.const {n}) "")"#))),
        format!("(module {memory} {})", many(MANY, &|_| r#"(@custom "a" (after last) "")"#.to_owned())),
    ];
    for text in texts {
        let wasm = wat::parse_str(text).unwrap();
        let start = Instant::now();
        assert!(ask(&wasm));
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}

#[test]
fn what_exceeds_the_limits_of_engines_is_named() {
    let functions = |count| format!("(module (memory 1 4 shared) (table 1 funcref) {})", "(func)".repeat(count));
    let answer = |count| threadify(&wat::parse_str(functions(count)).unwrap(), &Options::new());
    assert!(answer(1_000_000 - 4).is_ok());
    let error = answer(1_000_000 - 3).unwrap_err();
    assert!(matches!(error, Error::TooMany { what: "functions", count: 1_000_001, .. }), "{error}");
    let tables = format!(
        "(module (memory 1 4 shared) {} (func (drop (memory.atomic.notify (i32.const 0) (i32.const 0)))))",
        "(table 1 funcref)".repeat(100)
    );
    let error = threadify(&wat::parse_str(tables).unwrap(), &Options::new()).unwrap_err();
    assert!(matches!(error, Error::TooMany { what: "tables", count: 101, .. }), "{error}");
}

#[test]
fn what_is_no_module_is_named() {
    let code = |bytes: &[u8]| threadify(bytes, &Options::new()).unwrap_err().code();
    assert_eq!(code(b"(module)"), "TF0001");
    assert_eq!(code(b"\n  ;; comment\n(module)"), "TF0001");
    assert_eq!(code(b""), "TF0002");
    assert_eq!(code(b"\x7fELF"), "TF0002");
    assert_eq!(code(b"\0as"), "TF0002");
    assert_eq!(code(b"\0asm"), "TF0005");
    assert_eq!(code(b"\0asm\x02\0\0\0"), "TF0005");
    assert_eq!(code(b"\0asm\x0d\0\x01\0"), "TF0003");
    let truncated = threadify(b"\0asm\x01\0\0\0\x01\x10", &Options::new()).unwrap_err();
    assert!(matches!(truncated, Error::Invalid { offset: 10, .. }), "{truncated:?}");
}
