//! When code keeps its offsets, and what is said when it cannot.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod support;

use std::fmt::Write;

use raddle_threadify::{CodeOffsets, Options, Threadified, threadify};
use support::assert_preserved;

/// A module of `functions` functions, the first of which moves the stack pointer in two bytes.
fn module(functions: usize, more: &str) -> Vec<u8> {
    let mut text = String::from(
        r#"(module
            (import "env" "memory" (memory 1 4 shared))
            (global $__stack_pointer (mut i32) (i32.const 65536))
            (func (export "f") (param i32)
                (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 16)))
                (block (br_if 0 (local.get 0)) (nop))
                (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 16))))"#,
    );
    for _ in 1..functions {
        text.push_str("(func)");
    }
    write!(text, "{more})").unwrap();
    wat::parse_str(text).unwrap()
}

/// A section that is attached to an instruction of function 0.
const HINTS: &str = r#"(@custom "metadata.code.branch_hint" (before code) "\01\00\01\0c\01\00")"#;

fn done(wasm: &[u8], options: &Options) -> Threadified {
    let done = threadify(wasm, options).unwrap();
    assert_preserved(wasm, &done);
    done
}

#[test]
fn a_function_count_that_keeps_its_length_moves_nothing() {
    for functions in [1, 120, 128, 200] {
        assert_eq!(done(&module(functions, ""), &Options::new()).report.code_offsets, CodeOffsets::Kept, "{functions}");
    }
}

#[test]
fn a_function_count_that_grows_moves_all_code_by_a_byte_where_nothing_is_padded() {
    for functions in [126, 127, 16382, 16383] {
        let offsets = done(&module(functions, ""), &Options::new()).report.code_offsets;
        assert_eq!(offsets, CodeOffsets::Shifted { bytes: 1, functions }, "{functions}");
    }
}

/// The module with the first `global.get 0` of its code written as linkers do, in six bytes.
fn with_padding(wasm: &[u8]) -> Vec<u8> {
    let mut padded = wasm[..8].to_vec();
    for section in support::sections(wasm) {
        if section.id != 10 {
            padded.extend_from_slice(section.whole);
            continue;
        }
        let at = section.content.windows(2).position(|bytes| bytes == [0x23, 0]).unwrap();
        let (before, after) = section.content.split_at(at);
        let mut content = [before, &[0x23, 0x80, 0x80, 0x80, 0x80, 0], &after[2..]].concat();
        // The first body, which holds it, has four bytes more; its size stands behind the count.
        let size = support::leb(section.content).1;
        assert!(content[size] < 0x7c);
        content[size] += 4;
        padded.push(10);
        wasm_encoder::Encode::encode(&content[..], &mut padded);
    }
    padded
}

#[test]
fn padding_in_the_code_makes_up_for_a_function_count_that_grows() {
    for functions in [126, 127, 16382, 16383] {
        let offsets = done(&with_padding(&module(functions, "")), &Options::new()).report.code_offsets;
        assert_eq!(offsets, CodeOffsets::Shifted { bytes: 1, functions: 1 }, "{functions}");
    }
    let offsets = done(&with_padding(&module(127, HINTS)), &Options::new()).report.code_offsets;
    assert_eq!(offsets, CodeOffsets::Shifted { bytes: 1, functions: 127 }, "hints count the bytes of a function");
}

/// A module of many functions, the first of which fills memory by an instruction of three bytes.
fn filling(before: &str, more: &str) -> Vec<u8> {
    let functions = "(func)".repeat(17_000);
    wat::parse_str(format!(
        r#"(module
            (import "env" "memory" (memory 1 4 shared))
            (global $__stack_pointer (mut i32) (i32.const 65536))
            (func (export "f") (param i32) {before}
                (block (br_if 0 (local.get 0)) (nop))
                (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
                (memory.fill (i32.const 0) (i32.const 2) (local.get 0)))
            {functions} {more})"#
    ))
    .unwrap()
}

#[test]
fn a_short_operation_is_replaced_by_a_call_with_a_high_index() {
    let offsets = |wasm: &[u8]| done(wasm, &Options::new()).report.code_offsets;
    let read = "(drop (global.get 0))";
    // Two calls lack a byte each, and a number that is written as linkers do has four to spare.
    let padded = with_padding(&filling(read, ""));
    assert_eq!(offsets(&padded), CodeOffsets::Shifted { bytes: 2, functions: 1 });
    assert_eq!(offsets(&filling(read, "")), CodeOffsets::Moved { functions: 1 });
    assert_eq!(offsets(&with_padding(&filling(read, HINTS))), CodeOffsets::Moved { functions: 1 });
}

#[test]
fn debug_information_goes_where_code_has_moved() {
    let dwarf = r#"(@custom ".debug_info" (after data) "any") (@custom ".debug_line" (after data) "any")"#;
    let dropped = |wasm: &[u8]| done(wasm, &Options::new()).report.dropped;
    assert_eq!(dropped(&filling("", dwarf)), [".debug_info", ".debug_line"]);
    assert!(dropped(&with_padding(&filling("(drop (global.get 0))", dwarf))).is_empty());
}

#[test]
fn a_padded_function_count_has_room() {
    let wasm = module(127, "");
    let mut padded = wasm[..8].to_vec();
    for section in support::sections(&wasm) {
        if section.id == 10 {
            // 127 in five bytes.
            let content = [&[0xff, 0x80, 0x80, 0x80, 0][..], &section.content[1..]].concat();
            padded.push(10);
            wasm_encoder::Encode::encode(&content[..], &mut padded);
        } else {
            padded.extend_from_slice(section.whole);
        }
    }
    assert_eq!(done(&padded, &Options::new()).report.code_offsets, CodeOffsets::Kept);
}

#[test]
fn a_short_move_of_the_stack_pointer_grows_where_the_check_has_a_high_index() {
    let options = Options::new().stack_check(true);
    assert_eq!(done(&module(100, ""), &options).report.code_offsets, CodeOffsets::Kept);
    let moved = done(&module(130, ""), &options).report;
    assert_eq!(moved.code_offsets, CodeOffsets::Moved { functions: 1 });
    assert_eq!(moved.stack_moves, 2);
    assert!(moved.to_string().contains("threadify the linker's output before wasm-opt"), "{moved}");
}

#[test]
fn what_is_attached_to_instructions_goes_only_when_they_move() {
    let options = Options::new().stack_check(true);
    assert!(done(&module(100, HINTS), &options).report.dropped.is_empty());
    assert_eq!(done(&module(130, HINTS), &options).report.dropped, ["metadata.code.branch_hint"]);
}
