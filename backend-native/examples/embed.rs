//! A program from compiling to its outcome: the ray tracer of this repository, its image in a file.
//!
//! `cargo run --release -p raddle-backend-native --example embed`

// ANCHOR: embed
use std::{fs::File, time::Duration};

use raddle_backend_native::{Outcome, Program, Runtime, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wasm = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/prebuilt/renderer.wasm"))?;
    let path = std::env::temp_dir().join("raddle-cloth.png");

    let runtime = Runtime::new()?; // the engine and its OS threads: one for the whole application
    let program = Program::new(&runtime, &wasm)?; // compiled once, for any number of processes
    let process = program
        .process()
        .entry("render")
        .entry_args([Value::I32(2), Value::I32(160), Value::I32(100)]) // threads, width, height
        .stdout(File::create(&path)?)
        .max_memory(64 << 20)
        .time_limit(Duration::from_secs(60))
        .start()?;
    let outcome = process.wait(); // every thread has stopped now, whatever the outcome
    assert_eq!(outcome, Outcome::Returned(vec![Value::I32(0)]));
    println!("{} with {} threads", path.display(), process.stats().peak_live);
    Ok(())
}
// ANCHOR_END: embed

#[test]
fn an_image_is_rendered() -> Result<(), Box<dyn std::error::Error>> {
    main()?;
    let image = std::fs::read(std::env::temp_dir().join("raddle-cloth.png"))?;
    assert!(image.starts_with(b"\x89PNG") && image.ends_with(b"IEND\xaeB`\x82"), "{} bytes", image.len());
    Ok(())
}
