//! A runtime whose engine has settings of the embedder's own.
//!
//! `cargo run --release -p raddle-backend-native --example config`

use std::error::Error;

use raddle_backend_native::{Outcome, Program, Runtime, wasmtime::OptLevel};

fn main() -> Result<(), Box<dyn Error>> {
    // ANCHOR: config
    let mut config = Runtime::config(); // as raddle usually has it
    config
        .cranelift_opt_level(OptLevel::None) // compile quickly, run slowly
        .wasm_simd(false)
        .wasm_relaxed_simd(false)
        .max_wasm_stack(128 << 10);
    let runtime = Runtime::builder().config(config).host_stack(256 << 10).build()?;
    // ANCHOR_END: config

    let wasm = wat::parse_str(r#"(module (memory 1 1 shared) (func (export "main")))"#)?;
    assert_eq!(Program::new(&runtime, &wasm)?.process().run()?, Outcome::Returned(vec![]));
    let simd = wat::parse_str(r#"(module (memory 1 1 shared) (func (drop (v128.const i64x2 0 0))))"#)?;
    assert!(Program::new(&runtime, &simd).is_err(), "it is off");
    Ok(())
}

#[test]
fn the_settings_hold() -> Result<(), Box<dyn Error>> {
    main()
}
