//! Modules that say they were threadified: what a host relies on is looked at.

use raddle_threadify::{Error, Options, inspect, read_section, threadify};

/// A module with the section of one that was threadified, and these parts in place of its own.
fn forged(memory: &str, more: &str) -> Result<bool, Error> {
    let original = r#"(module (import "env" "memory" (memory 1 4 shared)) (func (export "main")))"#;
    let section = threadify(&wat::parse_str(original).unwrap(), &Options::new()).unwrap().section;
    let bytes: String = section.encode().iter().map(|byte| format!("\\{byte:02x}")).collect();
    let text = format!(r#"(module {memory} {more} (@custom "raddle.threads" "{bytes}"))"#);
    let wasm = wat::parse_str(text).unwrap();
    let found = read_section(&wasm);
    // An inspection says the same.
    let inspection = inspect(&wasm).unwrap();
    match &found {
        Ok(_) => assert!(inspection.to_string().starts_with("already threadified, ready to run\n")),
        Err(error) => {
            assert_eq!(inspection.refusal.as_ref(), Some(error));
            assert!(inspection.to_string().starts_with("already threadified\n"), "{inspection}");
        }
    }
    found.map(|found| found == Some(section))
}

const MEMORY: &str = r#"(import "env" "memory" (memory 1 4 shared))"#;

#[track_caller]
fn assert_refused(found: Result<bool, Error>, what: &str) {
    let error = found.unwrap_err();
    assert_eq!(error.code(), "TF0020");
    assert!(error.to_string().contains(what), "{error}");
}

#[test]
fn a_module_that_keeps_its_word_is_taken() {
    // The last function has the bytes of a wait in a constant.
    assert_eq!(forged(MEMORY, "(func (drop (i32.const 0x1fe))) (func (drop (i64.const 0x3f80_fe)))"), Ok(true));
}

#[test]
fn waits_and_notifies_are_refused_wherever_they_are() {
    for wait in [
        "(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))",
        "(drop (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const -1)))",
        "(drop (memory.atomic.notify (i32.const 0) (i32.const 0)))",
    ] {
        assert_refused(forged(MEMORY, &format!("(func {wait})")), "does not call the host");
    }
}

#[test]
fn bulk_operations_that_may_take_long_are_refused_wherever_they_are() {
    for operation in [
        "(memory.fill (i32.const 0) (i32.const 0) (local.get 0))",
        "(memory.copy (i32.const 0) (i32.const 0) (i32.const 0x10000))",
        "(table.fill (i32.const 0) (ref.null func) (local.get 0))",
        "(table.copy (i32.const 0) (i32.const 0) (local.get 0))",
        "(table.init $e (i32.const 0) (i32.const 0) (local.get 0))",
        "(drop (table.grow (ref.null func) (local.get 0)))",
    ] {
        let module = format!("(table 1 funcref) (elem $e func $f) (func $f (param i32) {operation})");
        assert_refused(forged(MEMORY, &module), "goes in no steps");
    }
    assert_eq!(forged(MEMORY, "(func (memory.fill (i32.const 0) (i32.const 0) (i32.const 64)))"), Ok(true));
}

#[test]
fn what_goes_in_steps_is_what_threadify_wrote() {
    let original = r#"(module (import "env" "memory" (memory 1 4 shared))
        (func (export "run") (param i32) (memory.fill (i32.const 0) (i32.const 0) (local.get 0))))"#;
    let done = threadify(&wat::parse_str(original).unwrap(), &Options::new()).unwrap();
    let text = wasmprinter::print_bytes(&done.wasm).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} in {text}");
        read_section(&wat::parse_str(text.replace(from, to)).unwrap()).map(|found| found == Some(done.section.clone()))
    };
    assert_eq!(changed("i32.const 65536", "i32.const 65536"), Ok(true));
    for (from, to) in
        [("i32.const 65536", "i32.const -65536"), ("i32.le_u", "i32.ge_u"), ("memory.fill", "memory.fill nop")]
    {
        assert_refused(changed(from, to), "goes in no steps");
    }
}

#[test]
fn what_instantiating_would_do_is_refused() {
    assert_refused(forged(MEMORY, "(func $start) (start $start)"), "its instantiation runs a start function");
    let segments = r#"(data "passive") (data (i32.const 0) "active")"#;
    assert_refused(forged(MEMORY, segments), "its instantiation writes data segment 1");
}

#[test]
fn memories_that_the_host_does_not_make_are_refused() {
    assert_refused(forged("(memory 1 4 shared)", ""), "imported as env.memory");
    assert_refused(forged(r#"(import "env" "other" (memory 1 4 shared))"#, ""), "imported as env.memory");
    assert_refused(forged(r#"(import "env" "memory" (memory 1 4))"#, ""), "not a shared one");
    assert_refused(forged(MEMORY, "(memory 1 65536)"), "it has 2 memories");
    assert_refused(forged("", ""), "it has 0 memories");
}

/// A program that waits, threadified, and then changed as text.
fn changed(from: &str, to: &str) -> Result<bool, Error> {
    let original = r#"(module (import "env" "memory" (memory 1 4 shared)) (table $own 3 3 funcref) (elem $own (i32.const 0) $run $run $run)
        (func $run (export "run") (drop (memory.atomic.notify (i32.const 0) (i32.const 0)))))"#;
    let done = threadify(&wat::parse_str(original).unwrap(), &Options::new()).unwrap();
    let text = wasmprinter::print_bytes(&done.wasm).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    read_section(&wat::parse_str(text.replace(from, to)).unwrap()).map(|found| found == Some(done.section))
}

#[test]
fn a_hooks_table_that_is_another_one_is_refused() {
    let what = "`raddle_hooks` is not an empty table of 3 functions";
    let export = r#"(export "raddle_hooks" (table 1))"#;
    assert_eq!(changed(export, export), Ok(true));
    // The program's own, which an optimiser may confuse with it: the host would overwrite the program's functions.
    assert_refused(changed(export, r#"(export "raddle_hooks" (table $own))"#), what);
    assert_refused(changed(export, ""), what);
    assert_refused(changed(export, r#"(export "raddle_hooks" (func $run))"#), what);
    let hooks = "(table (;1;) 3 3 funcref)";
    assert_refused(changed(hooks, "(table (;1;) 4 4 funcref)"), what);
    assert_refused(changed(hooks, "(table (;1;) 3 funcref)"), what);
    assert_refused(changed(hooks, "(table (;1;) 3 3 externref)"), what);
}
