//! Real programs: those of `examples/guests`, prebuilt or built when a row wants them.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use wasm_encoder::RawSection;
use wasmparser::{Parser, Payload};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The workspace of the guest programs.
fn guests() -> PathBuf {
    repository().join("examples/guests")
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The ray tracer as its linker wrote it.
pub(crate) fn renderer() -> Result<Vec<u8>, String> {
    read(&repository().join("examples/prebuilt/renderer.wasm"))
}

/// The ray tracer of the same source as a native program, with the same optimisations.
pub(crate) fn native_renderer() -> Result<PathBuf, String> {
    const PROFILE: &str = "prebuilt";
    cargo(&["build", "--quiet", "--profile", PROFILE, "--package", "renderer", "--target-dir", "target"])?;
    Ok(guests().join("target").join(PROFILE).join(format!("renderer{}", env::consts::EXE_SUFFIX)))
}

/// A program in Rust as its linker wrote it. It takes the nightly toolchain.
pub(crate) fn linked(name: &str, is_release: bool) -> Result<Vec<u8>, String> {
    let manifest = repository().join("Cargo.toml");
    let manifest = manifest.to_str().ok_or("a path that is no text")?;
    let raddle = ["run", "--quiet", "--release", "--package", "raddle", "--manifest-path", manifest, "--"];
    let build = ["build", "--bin", name, "--target-dir", "target"];
    let release: &[&str] = if is_release { &["--release"] } else { &[] };
    cargo(&[&raddle[..], &build, release].concat())?;
    let profile = if is_release { "release" } else { "debug" };
    read(&guests().join("target/wasm32-unknown-unknown").join(profile).join(name).with_extension("wasm"))
}

/// The module without its debug information.
pub(crate) fn without_debug_information(wasm: &[u8]) -> Vec<u8> {
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.expect("a module");
        let is_debug = matches!(&payload, Payload::CustomSection(section) if section.name().starts_with(".debug_"));
        if let Some((id, range)) = payload.as_section().filter(|_| !is_debug) {
            module.section(&RawSection { id, data: &wasm[range] });
        }
    }
    module.finish()
}

/// Runs cargo in the guest programs' workspace.
fn cargo(args: &[&str]) -> Result<(), String> {
    let mut cargo = Command::new(env!("CARGO"));
    // What the tools say is of interest only if they fail.
    let output = cargo.args(args).current_dir(guests()).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("cargo: {error}"))?;
    let last = || String::from_utf8_lossy(&output.stderr).trim().lines().last().unwrap_or_default().to_owned();
    if output.status.success() { Ok(()) } else { Err(format!("`cargo {}` failed: {}", args.join(" "), last())) }
}
