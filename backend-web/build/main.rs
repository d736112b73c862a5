//! Builds what every worker loads: its script, which is joined from the files in `js/`; the host module; and the
//! modules through which that reaches memories that are not its own.
//!
//! The host module is a crate for wasm32-unknown-unknown, as this one is; cargo is called once more for it, with a
//! target directory of its own. For any other target there is nothing to build: this crate is for browsers.

mod constants;
mod script;
mod slab;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The stack of the host module, in bytes.
const STACK: u32 = 256 << 10;

/// How many pages each worker has for it: 1 MiB. The crate takes it from here.
const SLAB: u32 = 16;

/// The worker's script in browsers, of the files in `js/`.
const SCRIPT: &str = "browser.js";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    for name in ["words", "memory32", "memory64"] {
        let source = root.join("wat").join(name).with_extension("wat");
        println!("cargo::rerun-if-changed={}", source.display());
        let wasm = wat::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
        write(&out.join(name), &wasm);
    }
    join_script(&root.join("js"), &out.join("worker.js"));
    println!("cargo::rustc-env=RADDLE_SLAB_PAGES={SLAB}");
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        build_host(&root, &out);
    }
}

fn join_script(folder: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let version = env::var("CARGO_PKG_VERSION").expect("cargo sets it");
    let read = |file: &str| match file {
        constants::FILE => Ok(constants::text(&version)),
        file => fs::read_to_string(folder.join(file)).map_err(|error| format!("js/{file}: {error}").into()),
    };
    let script = script::join(SCRIPT, read).unwrap_or_else(|error| panic!("the script of workers: {error}"));
    fs::write(out, script).unwrap_or_else(|error| panic!("{}: {error}", out.display()));
}

fn build_host(root: &Path, out: &Path) {
    for crate_ in ["worker", "shared", "../runtime-api"] {
        println!("cargo::rerun-if-changed={}", root.join(crate_).join("src").display());
    }
    let target_dir = out.join("host");
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets it"));
    cargo
        .args(["build", "--quiet", "--package", "raddle-web-worker", "--profile", "web"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target_dir)
        .current_dir(root)
        // They are for the crate whose build this is part of.
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", format!("-Clink-arg=-zstack-size={STACK}"))
        .env_remove("RUSTC_WORKSPACE_WRAPPER");
    let status = cargo.status().unwrap_or_else(|error| panic!("cargo cannot be run: {error}"));
    assert!(status.success(), "the host module of workers cannot be built: see above");
    let built = target_dir.join("wasm32-unknown-unknown/web/raddle_web_worker.wasm");
    let wasm = fs::read(&built).unwrap_or_else(|error| panic!("{}: {error}", built.display()));
    let wasm = slab::rewrite(&wasm, SLAB).unwrap_or_else(|error| panic!("the host module: {error}"));
    write(&out.join("host.wasm"), &wasm);
}

fn write(path: &Path, wasm: &[u8]) {
    let path = path.with_extension("wasm");
    fs::write(&path, wasm).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
