//! Modules made at random: each gives a valid module that holds all that was there, or an error; never a panic.
//!
//! `RADDLE_SMITH_MODULES` says how many, 1000 by default.

mod splice;
mod support;

use std::collections::BTreeMap;

use arbitrary::Unstructured;
use raddle_threadify::{CodeOffsets, Options, inspect, threadify};
use support::{Random, assert_preserved};
use wasm_smith::{Config, MemoryOffsetChoices, Module};

#[test]
fn random_modules_are_rewritten_or_refused() {
    let count: u64 = std::env::var("RADDLE_SMITH_MODULES").map_or(1000, |count| count.parse().expect("a number"));
    let shapes = Shapes::new();
    let mut outcomes = BTreeMap::<&str, u64>::new();
    let mut rewritten = BTreeMap::<&str, u64>::new();
    let mut note = |what: &'static str, is: bool| *rewritten.entry(what).or_default() += u64::from(is);
    for seed in 0..count {
        let wasm = module(&shapes, seed);
        let mut random = Random(!seed);
        let options = Options::new().stack_check(random.below(2) == 0);
        let inspection = inspect(&wasm).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let outcome = threadify(&wasm, &options);
        match &outcome {
            Ok(done) => {
                assert!(inspection.is_accepted(), "seed {seed}");
                assert_preserved(&wasm, done);
                assert_eq!(threadify(&done.wasm, &options).unwrap_err().code(), "TF0006", "seed {seed}");
                note("waits", done.report.waits > 0);
                note("bulk operations", done.report.bulk_operations > 0);
                note("moves of the stack pointer", done.report.stack_moves > 0);
                note("tables of its own, imported before", done.report.tables_made > 0);
                note("active segments", done.report.segments > 0);
                note("a memory of its own", done.report.memory_was_defined);
                note("an imported memory", !done.report.memory_was_defined);
                note("code that stays", done.report.code_offsets == CodeOffsets::Kept);
                note("code that moves", done.report.code_offsets != CodeOffsets::Kept);
                note("64-bit addresses", inspection.memories[0].address_bits == 64);
                *outcomes.entry("rewritten").or_default() += 1;
            }
            Err(error) => {
                // The input is valid, so it is neither invalid nor does it become so.
                assert!(!["TF0005", "TF0018", "TF0019"].contains(&error.code()), "seed {seed}: {error}");
                assert_eq!(inspection.refusal.as_ref(), Some(error), "seed {seed}");
                *outcomes.entry(error.code()).or_default() += 1;
            }
        }
        assert_eq!(threadify(&wasm, &options.validate(false)), outcome, "seed {seed}, not validated");
    }
    println!("{outcomes:?}\namong the rewritten: {rewritten:?}");
    // The test is worth something only while modules of all kinds come through.
    assert!(outcomes["rewritten"] * 2 > count, "{outcomes:?}");
    for (what, number) in rewritten {
        assert!(number > 0, "no module with {what}");
    }
}

/// A valid module: of wasm-smith, with what it seldom makes by itself added.
fn module(shapes: &Shapes, seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    // Some bytes make no module that has what is asked for; others are tried.
    let mut wasm = loop {
        let bytes: Vec<u8> = (0..256 + random.below(4 << 10)).map(|_| random.number() as u8).collect();
        if let Ok(module) = Module::new(shapes.config(&mut random), &mut Unstructured::new(&bytes)) {
            break module.to_bytes();
        }
    };
    if random.below(8) != 0 {
        splice::share_memories(&mut wasm);
    }
    let most = if random.below(8) == 0 { 200 } else { 4 };
    let more = 1 + random.below(most);
    splice::add_functions(&wasm, more, &mut random)
}

/// What modules are asked to have.
struct Shapes {
    imports: Vec<u8>,
    exports: Vec<u8>,
}

impl Shapes {
    fn new() -> Shapes {
        let imports = r#"(module
            (import "env" "memory" (memory 1 16 shared))
            (import "env" "base" (global i32))
            (import "raddle_v1" "wait32" (func (param i32 i32 i64) (result i32)))
            (import "raddle_v1" "wait64" (func (param i32 i64 i64) (result i32)))
            (import "raddle_v1" "notify" (func (param i32 i32) (result i32))))"#;
        let exports = r#"(module
            (global (export "__stack_pointer") (mut i32) (i32.const 0)))"#;
        Shapes { imports: wat::parse_str(imports).unwrap(), exports: wat::parse_str(exports).unwrap() }
    }

    fn config(&self, random: &mut Random) -> Config {
        let mut one_in = |n| random.below(n) == 0;
        let mut config = Config {
            min_memories: 1,
            max_memories: if one_in(16) { 2 } else { 1 },
            memory64_enabled: one_in(4),
            memory_max_size_required: true,
            gc_enabled: one_in(2),
            max_tables: 4,
            min_data_segments: if one_in(2) { 2 } else { 0 },
            max_imports: 20,
            min_funcs: 1,
            max_funcs: 20,
            generate_custom_sections: true,
            allow_start_export: true,
            memory_offset_choices: MemoryOffsetChoices(10, 10, 1),
            custom_page_sizes_enabled: one_in(8),
            ..Config::default()
        };
        if one_in(3) {
            config.memory64_enabled = false;
            config.exports = Some(self.exports.clone());
        } else if one_in(2) {
            config.memory64_enabled = false;
            config.available_imports = Some(self.imports.clone());
            config.min_imports = 1;
            config.min_memories = 0;
        }
        config
    }
}
