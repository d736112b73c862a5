//! A program of WASI with arguments, a directory, a file in memory, and output that is collected.
//!
//! `cargo run -p raddle-backend-native --features wasi --example wasi -- app.wasm data`

use std::{env, error::Error, fs};

use raddle_backend_native::{
    Program, Runtime,
    wasi::{Output, Wasi},
};

fn main() -> Result<(), Box<dyn Error>> {
    let (Some(module), Some(data)) = (env::args().nth(1), env::args().nth(2)) else {
        return Err("name a module for wasm32-wasip1-threads, and a directory for it".into());
    };
    let program = Program::new(&Runtime::new()?, &fs::read(module)?)?;

    // ANCHOR: wasi
    let (stdout, collected) = Output::collect(1 << 20);
    let wasi = Wasi::new()
        .argv0("app")
        .arg("--fast")
        .env("LANG", "C")
        .dir_read_only(data, "/data")?
        .file("/etc/app.conf", "x = 1\n")?
        .stdout(stdout);
    let outcome = program.process().wasi(wasi)?.run()?;
    println!("{outcome}: {}", String::from_utf8_lossy(&collected.bytes()));
    // ANCHOR_END: wasi
    Ok(())
}
